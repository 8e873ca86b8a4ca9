"""Who may do what with resources of the médiathèque; the codes are those of table.py."""

SITE = """
# Public once published, and while its actor is approved; owners and editors of the actor write.
resource-list        -               | 200
                                     | 405
resource-own         -               | LOGIN   200    200   200   200      200
                                     | LOGIN   405    405   405   405      405
resource-create      -               | LOGIN   GO     200   200   GO       GO
                                     | LOGIN   GO     DONE  200   GO       GO
resource-detail      resource        | 200
                                     | 405
resource-detail      draft_resource  | 404     404    200   404   200      200
                                     | 405
resource-detail      waiting_resource | 404    404    200   404   200      200
                                     | 405
resource-detail      archived_resource | 404   404    200   404   200      200
                                     | 405
resource-detail      hidden_resource | 404     404    200   404   200      200
                                     | 405
resource-edit        resource        | LOGIN   403    200   403   403      403
                                     | LOGIN   403    DONE  403   403      403
resource-edit        draft_resource  | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
resource-edit        hidden_resource | LOGIN   404    403   404   403      403
                                     | LOGIN   404    403   404   403      403
resource-files       resource        | LOGIN   403    200   403   403      403
                                     | LOGIN   403    DONE  403   403      403
resource-files       draft_resource  | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
resource-move        resource        | LOGIN   405    405   405   405      405
                                     | LOGIN   403    DONE  403   403      403
resource-move        draft_resource  | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   403      403
# A download is a POST, so that it may be counted: of public ones only.
resource-file        our_file        | 405
                                     | DONE
resource-file        draft_file      | 405
                                     | 404     404    GO    404   GO       GO
resource-file        hidden_file     | 405
                                     | 404     404    GO    404   GO       GO
resource-file        earlier_file    | 405
                                     | 404     404    DONE  404   DONE     DONE
resource-file-remove our_file        | LOGIN   403    200   403   403      403
                                     | LOGIN   403    DONE  403   403      403
resource-file-remove draft_file      | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
resource-file-reread our_file        | LOGIN   405    405   405   405      405
                                     | LOGIN   403    DONE  403   403      403
# What is lent is asked for in the name of an approved actor, and answered by the owners of its publisher.
resource-borrow      lent            | LOGIN   GO     GO    200   GO       GO
                                     | LOGIN   GO     GO    DONE  GO       GO
resource-borrow      lent_by_partner | LOGIN   GO     200   200   GO       GO
                                     | LOGIN   GO     DONE  200   GO       GO
resource-borrow      resource        | LOGIN   404    404   404   404      404
                                     | LOGIN   404    404   404   404      404
loan-list            -               | LOGIN   200    200   200   200      200
                                     | LOGIN   405    405   405   405      405
loan-detail          asked_loan      | LOGIN   404    200   404   200      200
                                     | LOGIN   405    405   405   405      405
loan-detail          our_loan        | LOGIN   404    200   404   200      200
                                     | LOGIN   405    405   405   405      405
loan-detail          foreign_loan    | LOGIN   404    404   404   200      200
                                     | LOGIN   405    405   405   405      405
loan-move            asked_loan      | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   403      403
loan-move            our_loan        | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   403      403
# Collections: public ones with a public step; drafts are the animators'.
collection-list      -               | 200
                                     | 405
collection-detail    collection      | 200
                                     | 405
collection-detail    draft_collection | 404    404    404   404   200      200
                                     | 405
collection-detail    empty_collection | 404    404    404   404   200      200
                                     | 405
# Text and PDF of the latest versions that were read; earlier PDF for its people.
resource-text        text_of_ours    | 200
                                     | 405
resource-text        text_of_draft   | 404     404    200   404   200      200
                                     | 405
resource-text        text_of_hidden  | 404     404    200   404   200      200
                                     | 405
resource-pdf         our_file        | 200
                                     | 405
resource-pdf         draft_file      | 404     404    200   404   200      200
                                     | 405
resource-pdf         hidden_file     | 404     404    200   404   200      200
                                     | 405
resource-pdf         earlier_file    | 404     404    200   404   200      200
                                     | 405
resource-news        -               | 200
                                     | 405
file                 stored_file     | 200
                                     | 405
file                 stored_draft    | 404     404    200   404   200      200
                                     | 405
file                 stored_earlier  | 404     404    200   404   200      200
                                     | 405
"""
