"""Who may do what with partnerships and conventions; the codes are those of table.py."""

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
"""
