"""Who may do what with partnerships, conventions and accompaniment; the codes are those of table.py."""

SITE = """
# Partnerships: for their parties' members and the animators; owners and editors of the sides work on them.
partnership-list     -               | LOGIN   200    200   200   200      200
                                     | LOGIN   405    405   405   405      405
partnership-board    -               | LOGIN   403    403   403   200      200
                                     | LOGIN   405    405   405   405      405
partnership-follow   -               | LOGIN   403    403   403   200      200
                                     | LOGIN   403    403   403   405      405
partnership-export   -               | LOGIN   403    403   403   200      200
                                     | LOGIN   405    405   405   405      405
partnership-open     -               | LOGIN   403    403   403   200      200
                                     | LOGIN   403    403   403   DONE     DONE
partnership-start    accepted        | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   DONE     DONE
partnership-start    declined        | LOGIN   405    405   405   405      405
                                     | LOGIN   404    403   404   403      403
partnership-detail   partnership     | LOGIN   404    200   404   200      200
                                     | LOGIN   405    405   405   405      405
partnership-stage    partnership     | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   DONE     DONE
partnership-plan     partnership     | LOGIN   404    200   404   200      200
                                     | LOGIN   404    DONE  404   DONE     DONE
partnership-party    partnership     | LOGIN   404    403   404   200      200
                                     | LOGIN   404    403   404   DONE     DONE
partnership-note     partnership     | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   DONE     DONE
partnership-document partnership     | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   DONE     DONE
milestone-create     partnership     | LOGIN   404    200   404   200      200
                                     | LOGIN   404    DONE  404   DONE     DONE
milestone-edit       milestone       | LOGIN   404    200   404   200      200
                                     | LOGIN   404    DONE  404   DONE     DONE
agreement-create     partnership     | LOGIN   404    200   404   200      200
                                     | LOGIN   404    DONE  404   DONE     DONE
agreement-detail     draft_agreement | LOGIN   404    200   404   200      200
                                     | LOGIN   405    405   405   405      405
agreement-edit       draft_agreement | LOGIN   404    200   404   200      200
                                     | LOGIN   404    DONE  404   DONE     DONE
agreement-edit       signed_agreement | LOGIN  404    GO    404   GO       GO
                                     | LOGIN   404    GO    404   GO       GO
agreement-text       draft_agreement | LOGIN   404    200   404   200      200
                                     | LOGIN   404    DONE  404   DONE     DONE
agreement-text       signed_agreement | LOGIN  404    200   404   200      200
                                     | LOGIN   404    200   404   200      200
agreement-download   draft_agreement | LOGIN   404    200   404   200      200
                                     | LOGIN   405    405   405   405      405
agreement-pdf        draft_agreement | LOGIN   404    200   404   200      200
                                     | LOGIN   405    405   405   405      405
agreement-status     draft_agreement | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   DONE     DONE
agreement-status     sent_agreement  | LOGIN   405    405   405   405      405
                                     | LOGIN   404    GO    404   GO       GO
agreement-signed     sent_agreement  | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   DONE     DONE
agreement-signed     draft_agreement | LOGIN   405    405   405   405      405
                                     | LOGIN   404    GO    404   GO       GO
agreement-transmitted signed_agreement | LOGIN 405    405   405   405      405
                                     | LOGIN   404    DONE  404   DONE     DONE
file                 private_document | 404    404    200   404   200      200
                                     | 405
file                 signed_file     | 404     404    200   404   200      200
                                     | 405

# Accompaniment: its experts are public; requests are for who asks, the expert and the animators.
support              -               | 200
                                     | 405
support-references   approved        | 200
                                     | 405
support-references   draft           | 404
                                     | 405
support-offers       approved        | LOGIN   403    200   403   403      403
                                     | LOGIN   403    DONE  403   403      403
support-offers       draft           | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
support-ask          -               | LOGIN   200    200   200   200      200
                                     | LOGIN   200    DONE  200   200      200
support-list         -               | LOGIN   200    200   200   200      200
                                     | LOGIN   405    405   405   405      405
support-follow       -               | LOGIN   403    403   403   200      200
                                     | LOGIN   403    403   403   405      405
support-export       -               | LOGIN   403    403   403   200      200
                                     | LOGIN   405    405   405   405      405
support-detail       asked_support   | LOGIN   404    200   404   200      200
                                     | LOGIN   405    405   405   405      405
support-detail       helped_support  | LOGIN   404    200   404   200      200
                                     | LOGIN   405    405   405   405      405
support-detail       foreign_support | LOGIN   404    404   404   200      200
                                     | LOGIN   405    405   405   405      405
support-move         asked_support   | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   DONE     DONE
support-move         foreign_support | LOGIN   405    405   405   405      405
                                     | LOGIN   404    404   404   DONE     DONE
support-finish       asked_support   | LOGIN   404    403   404   200      200
                                     | LOGIN   404    403   404   DONE     DONE
support-finish       helped_support  | LOGIN   404    200   404   200      200
                                     | LOGIN   404    DONE  404   DONE     DONE
support-confirm      done_support    | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
support-confirm      asked_support   | LOGIN   404    GO    404   403      403
                                     | LOGIN   404    GO    404   403      403
support-reference    shown_support   | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   403      403
support-plan         asked_support   | LOGIN   404    200   404   200      200
                                     | LOGIN   404    DONE  404   DONE     DONE
support-plan         done_support    | LOGIN   404    GO    404   GO       GO
                                     | LOGIN   404    GO    404   GO       GO
support-note         asked_support   | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   DONE     DONE
"""
