"""Who may do what with registrations; the codes are those of table.py."""

SITE = """
# Registering is for everybody; the signed links of mails answer for their holder, whoever opens them.
registration-list    -               | LOGIN   200    200   200   200      200
                                     | LOGIN   405    405   405   405      405
own-calendar-address -               | LOGIN   405    405   405   405      405
                                     | LOGIN   DONE   DONE  DONE  DONE     DONE
own-calendar         calendar_link   | 200
                                     | 405
own-calendar         forged_token    | 404
                                     | 405
registration-create  bookable        | 200
                                     | DONE
registration-create  event           | GO
                                     | GO
registration-create  draft_event     | 404
                                     | 404
registration-create  hidden_event    | 404
                                     | 404
registration-verify  verify_link     | 200
                                     | DONE
registration-verify  forged_token    | 404
                                     | 404
registration-take    take_link       | 200
                                     | DONE
registration-take    verify_link     | 404
                                     | 404
registration-give-back give_back_link | 200
                                     | DONE
registration-certificate-link certificate_link | 200
                                     | 404
registration-certificate-link early_link | 404
                                     | 404
# Names: who registered, owners and editors of the organiser, who holds the permission. Animators have numbers.
registration-certificate attended    | LOGIN   200    200   404   404      200
                                     | LOGIN   405    405   405   405      405
registration-certificate registered  | LOGIN   404    404   404   404      404
                                     | LOGIN   405    405   405   405      405
registration-withdraw registered     | LOGIN   403    200   404   404      403
                                     | LOGIN   403    DONE  404   404      403
attendance           bookable_date   | LOGIN   403    200   403   403      200
                                     | LOGIN   403    DONE  403   403      403
attendance           draft_occurrence | LOGIN   404    200   404   403      200
                                     | LOGIN   404    GO    404   403      403
attendance-csv       bookable_date   | LOGIN   403    200   403   403      200
                                     | LOGIN   405    405   405   405      405
attendance-sheet     bookable_date   | LOGIN   403    200   403   403      200
                                     | LOGIN   405    405   405   405      405
event-registrations  bookable        | LOGIN   403    200   403   200      200
                                     | LOGIN   405    405   405   405      405
registration-add     bookable        | LOGIN   403    200   403   403      403
                                     | LOGIN   403    DONE  403   403      403
"""
