"""Who may do what with campaigns; the codes are those of table.py. Ours coordinates the ground, the other proposes."""

SITE = """
campaign-current     -               | GO
                                     | 405
campaign             week            | 200
                                     | 405
campaign             draft_week      | 404     404    200   404   200      200
                                     | 405
activity-propose     week            | 200
                                     | DONE
activity-propose     draft_week      | 404     404    GO    404   GO       GO
                                     | 404     404    GO    404   GO       GO
support-propose      week_ask        | 200
                                     | DONE
support-propose      week_nonsense   | 404
                                     | 404
proposal-confirm     pending_token   | 200
                                     | DONE
proposal-confirm     forged_token    | 404
                                     | 404
proposal-follow      follow_token    | 200
                                     | DONE
proposal-follow      forged_token    | 404
                                     | 404
proposal-list        -               | LOGIN   200    200   200   200      200
                                     | LOGIN   405    405   405   405      405
proposal             activity        | LOGIN   404    200   200   200      200
                                     | LOGIN   405    405   405   405      405
proposal             far_activity    | LOGIN   404    404   404   200      200
                                     | LOGIN   405    405   405   405      405
proposal             campaign_offer  | LOGIN   404    200   200   200      200
                                     | LOGIN   405    405   405   405      405
proposal-own         activity        | LOGIN   405    405   405   405      405
                                     | LOGIN   404    403   DONE  403      403
proposal-decide      activity        | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  403   DONE     DONE
proposal-decide      far_activity    | LOGIN   405    405   405   405      405
                                     | LOGIN   404    404   404   DONE     DONE
support-tie          tied_offer      | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  403   DONE     DONE
coordination         week            | LOGIN   403    200   403   200      200
                                     | LOGIN   405    405   405   405      405
coordination-export  week            | LOGIN   403    200   403   200      200
                                     | LOGIN   405    405   405   405      405
programme            week            | LOGIN   403    200   403   200      200
                                     | LOGIN   403    DONE  403   DONE     DONE
programme            draft_week      | LOGIN   404    200   404   200      200
                                     | LOGIN   404    DONE  404   DONE     DONE
poster               event           | LOGIN   403    200   403   403      403
                                     | LOGIN   405    405   405   405      405
poster               week_event      | LOGIN   403    200   200   200      200
                                     | LOGIN   405    405   405   405      405
poster               draft_event     | LOGIN   404    200   404   403      403
                                     | LOGIN   405    405   405   405      405
meeting-create       week            | LOGIN   403    GO    403   GO       GO
                                     | LOGIN   403    DONE  403   DONE     DONE
meeting-done         meeting         | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   DONE     DONE
"""
