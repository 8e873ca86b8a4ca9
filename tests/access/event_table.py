"""Who may do what with events; the codes are those of table.py."""

SITE = """
# The agenda: public once published, and while its organiser is approved; owners and editors of the organiser write.
agenda               -               | 200
                                     | 405
agenda-points        -               | 200
                                     | 405
event-create         -               | LOGIN   GO     200   200   GO       GO
                                     | LOGIN   GO     DONE  200   GO       GO
agenda-calendar      -               | 200
                                     | 405
agenda-news          -               | 200
                                     | 405
event-calendar       event           | 200
                                     | 405
event-calendar       cancelled_event | 200
                                     | 405
event-calendar       draft_event     | 404
                                     | 405
event-calendar       hidden_event    | 404
                                     | 405
event-detail         event           | 200
                                     | 405
event-detail         cancelled_event | 200
                                     | 405
event-detail         draft_event     | 404     404    200   404   200      200
                                     | 405
event-detail         hidden_event    | 404     404    200   404   200      200
                                     | 405
event-edit           event           | LOGIN   403    200   403   403      403
                                     | LOGIN   403    DONE  403   403      403
event-edit           draft_event     | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
event-edit           cancelled_event | LOGIN   403    403   403   403      403
                                     | LOGIN   403    403   403   403      403
event-publish        event           | LOGIN   405    405   405   405      405
                                     | LOGIN   403    GO    403   403      403
event-publish        draft_event     | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   403      403
event-cancel         event           | LOGIN   403    200   403   403      403
                                     | LOGIN   403    DONE  403   403      403
event-cancel         draft_event     | LOGIN   404    403   404   403      403
                                     | LOGIN   404    403   404   403      403
occurrence-edit      occurrence      | LOGIN   403    200   403   403      403
                                     | LOGIN   403    DONE  403   403      403
occurrence-edit      draft_occurrence | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
occurrence-cancel    occurrence      | LOGIN   403    200   403   403      403
                                     | LOGIN   403    DONE  403   403      403

# Calendars of an actor: its owners and editors give them and decide what comes of them.
actor-calendar       approved        | LOGIN   403    200   403   403      403
                                     | LOGIN   403    DONE  403   403      403
actor-calendar       draft           | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
actor-calendar       suspended       | LOGIN   404    403   404   403      403
                                     | LOGIN   404    403   404   403      403
calendar-read        calendar        | LOGIN   405    405   405   405      405
                                     | LOGIN   403    DONE  403   403      403
calendar-stop        calendar        | LOGIN   405    405   405   405      405
                                     | LOGIN   403    DONE  403   403      403
calendar-entry       imported_event  | LOGIN   405    405   405   405      405
                                     | LOGIN   403    DONE  403   403      403
"""
