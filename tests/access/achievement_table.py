"""Who may do what with achievements; the codes are those of table.py."""

SITE = """
# Public pages.
achievement-list     -               | 200
                                     | 405
achievement-detail   public_story    | 200
                                     | 405
achievement-detail   told_story      | 404     404    200   404   200      200
                                     | 405
achievement-detail   gone_story      | 410     410    200   410   200      200
                                     | 405
file                 shown_picture   | 200
                                     | 405
file                 hidden_picture  | 404     404    200   404   200      200
                                     | 405

# What both sides write on: their members and animators see it, each side writes for itself.
achievement-desk     told            | LOGIN   404    200   404   200      200
                                     | LOGIN   404    GO    404   403      403
achievement-desk     untold          | LOGIN   404    200   404   200      200
                                     | LOGIN   404    DONE  404   403      403
achievement-desk     partnership     | LOGIN   404    404   404   404      404
                                     | LOGIN   404    404   404   404      404
achievement-story    told            | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
achievement-story    untold          | LOGIN   404    404   404   404      404
                                     | LOGIN   404    404   404   404      404
contribution-quotation our_part      | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
contribution-quotation their_part    | LOGIN   404    403   404   403      403
                                     | LOGIN   404    403   404   403      403
contribution-picture our_part        | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
contribution-picture their_part      | LOGIN   404    403   404   403      403
                                     | LOGIN   404    403   404   403      403
contribution-appraisal our_part      | LOGIN   404    200   404   404      404
                                     | LOGIN   404    DONE  404   404      404
contribution-appraisal their_part    | LOGIN   404    404   404   404      404
                                     | LOGIN   404    404   404   404      404
contribution-consent our_part        | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   403      403
contribution-consent their_part      | LOGIN   405    405   405   405      405
                                     | LOGIN   404    403   404   403      403
picture-edit         our_picture     | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
picture-edit         their_picture   | LOGIN   404    403   404   403      403
                                     | LOGIN   404    403   404   403      403
picture-remove       our_picture     | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   403      403
picture-remove       their_picture   | LOGIN   405    405   405   405      405
                                     | LOGIN   404    403   404   403      403
"""
