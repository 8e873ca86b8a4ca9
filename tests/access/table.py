"""Who may do what: every address of the site, GET and POST, for six people.

visitor     not logged in
member      verified, of no actor
owner       owns the organisation that the address is about
other       owns another approved organisation
animator    staff, of the group Animation
superuser

LOGIN   sent to the log-in page                       200   shown; for a POST: the form is shown again
GO      sent to another page                          403   seen, but not theirs to change
DONE    carried out: rows were written                404   as if it did not exist
410   it was good once                                405   not a page to read, or not one to send to

Nothing but DONE writes a row. One code alone holds for all six. `about` names rows of world.py.
"""

SITE = """
# name               about             visitor member owner other animator superuser

home                 -               | 200
                                     | 405
dashboard            -               | LOGIN   200    200   200   200      200
                                     | LOGIN   405    405   405   405      405
actor-list           -               | 200
                                     | 405
actor-points         -               | 200
                                     | 405
search               -               | 200
                                     | 405
find                 -               | 200
                                     | 405
find-suggestions     -               | 200
                                     | 405
actor-export         -               | LOGIN   200    200   200   200      200
                                     | LOGIN   405    405   405   405      405
skill-list           -               | 200
                                     | 405
recognise-skills     -               | 200
                                     | 405
preferences          -               | LOGIN   200    200   200   200      200
                                     | LOGIN   DONE   DONE  DONE  DONE     DONE
saved-search-list    -               | LOGIN   200    200   200   200      200
                                     | LOGIN   405    405   405   405      405
saved-search-create  -               | LOGIN   200    200   200   200      200
                                     | LOGIN   DONE   DONE  DONE  DONE     DONE
saved-search-edit    our_search      | LOGIN   404    200   404   404      404
                                     | LOGIN   404    DONE  404   404      404
saved-search-delete  our_search      | LOGIN   404    200   404   404      404
                                     | LOGIN   404    DONE  404   404      404
saved-search-stop    our_search_link | 200
                                     | DONE
saved-search-stop    forged_token    | 404
                                     | 404
file                 logo            | 200
                                     | 405
file                 no_file         | 404
                                     | 405
my-data              -               | LOGIN   200    200   200   200      200
                                     | LOGIN   405    405   405   405      405
my-data-download     -               | LOGIN   200    200   200   200      200
                                     | LOGIN   405    405   405   405      405
account-erase        -               | LOGIN   200    200   200   200      200
                                     | LOGIN   DONE   DONE  DONE  DONE     200
address-check-send   -               | LOGIN   405    405   405   405      405
                                     | LOGIN   GO     DONE  GO    GO       GO
address-confirm      address_token   | 200
                                     | DONE
address-confirm      forged_token    | 404
                                     | 404
confirm-fresh        fresh_token     | 200
                                     | DONE
confirm-fresh        forged_token    | 404
                                     | 404
unsubscribe          token           | 200
                                     | DONE
unsubscribe          forged_token    | 404
                                     | 404
page                 legal           | 200
                                     | 405
page                 nonsense_page   | 404
                                     | 405
page-version         legal_version   | 200
                                     | 405
site-plan            -               | 200
                                     | 405
partners             -               | 200
                                     | 405
key-figures          -               | 200
                                     | 405
key-figures-sheet    figure          | 200
                                     | 405
key-figures-sheet    no_figure       | 404
                                     | 405
report               -               | LOGIN   403    403   403   200      200
                                     | LOGIN   405    405   405   405      405
report-actors        -               | LOGIN   403    403   403   200      200
                                     | LOGIN   405    405   405   405      405
report-actors-sheet  -               | LOGIN   403    403   403   200      200
                                     | LOGIN   405    405   405   405      405
report-print         -               | LOGIN   403    403   403   200      200
                                     | LOGIN   405    405   405   405      405
report-sheet         funnel          | LOGIN   403    403   403   200      200
                                     | LOGIN   405    405   405   405      405
report-sheet         no_figure       | LOGIN   403    403   403   404      404
                                     | LOGIN   405    405   405   405      405
contact-us           -               | 200
                                     | DONE
contact-us-sent      -               | 200
                                     | 405
sitemap              -               | 200
                                     | 405
sitemap-part         sitemap_actors  | 200
                                     | 405
sitemap-part         sitemap_past    | 404
                                     | 405
robots               -               | 200
                                     | 405
contact-objection    objection       | 200
                                     | DONE
contact-objection    forged_token    | 404
                                     | 404
health-alive         -               | 200
                                     | 405
health-ready         -               | 200
                                     | 405

# Actors: an approved one is public, the others are for their people and the animators.
actor-create         -               | LOGIN   200    200   200   200      200
                                     | LOGIN   DONE   DONE  DONE  DONE     DONE
actor-detail         approved        | 200
                                     | 405
actor-detail         draft           | 404     404    200   404   200      200
                                     | 405
actor-detail         waiting         | 404     404    200   404   200      200
                                     | 405
actor-detail         refused         | 404     404    200   404   200      200
                                     | 405
actor-detail         suspended       | 404     404    200   404   200      200
                                     | 405
actor-position       approved        | LOGIN   403    200   403   403      403
                                     | LOGIN   403    DONE  403   403      403
actor-position       draft           | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
actor-position       suspended       | LOGIN   404    403   404   403      403
                                     | LOGIN   404    403   404   403      403
actor-edit           approved        | LOGIN   403    200   403   403      403
                                     | LOGIN   403    DONE  403   403      403
actor-edit           draft           | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
actor-edit           suspended       | LOGIN   404    403   404   403      403
                                     | LOGIN   404    403   404   403      403
actor-submit         approved        | LOGIN   405    405   405   405      405
                                     | LOGIN   403    GO    403   403      403
actor-submit         draft           | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   403      403
actor-submit         suspended       | LOGIN   405    405   405   405      405
                                     | LOGIN   404    403   404   403      403
offer-create         approved        | LOGIN   403    200   403   403      403
                                     | LOGIN   403    DONE  403   403      403
offer-create         draft           | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
offer-create         suspended       | LOGIN   404    403   404   403      403
                                     | LOGIN   404    403   404   403      403
offer-edit           offer           | LOGIN   403    200   403   403      403
                                     | LOGIN   403    DONE  403   403      403
offer-edit           draft_offer     | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
offer-delete         offer           | LOGIN   403    200   403   403      403
                                     | LOGIN   403    DONE  403   403      403
offer-delete         draft_offer     | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
actor-needs          approved        | LOGIN   403    200   403   200      200
                                     | LOGIN   405    405   405   405      405
actor-needs          draft           | LOGIN   404    200   404   200      200
                                     | LOGIN   405    405   405   405      405

# Who acts for an actor: its people see it, its owners change it. A link opens for whoever got it by mail.
actor-members        approved        | LOGIN   403    200   403   200      200
                                     | LOGIN   403    DONE  403   403      403
actor-members        draft           | LOGIN   404    200   404   200      200
                                     | LOGIN   404    DONE  404   403      403
actor-members        suspended       | LOGIN   404    200   404   200      200
                                     | LOGIN   404    403   404   403      403
actor-leave          approved        | LOGIN   403    200   403   403      403
                                     | LOGIN   403    GO    403   403      403
actor-leave          shared          | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
actor-switch         -               | LOGIN   405    405   405   405      405
                                     | LOGIN   404    GO    404   404      404
member-role          colleague       | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   403      403
member-remove        colleague       | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
invitation-resend    invited         | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   403      403
invitation-revoke    invited         | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   403      403
invitation           link_to_other   | 200
                                     | LOGIN   403    403   DONE  403      403
invitation           link_to_nobody  | 200
                                     | GO      403    403   403   403      403
invitation           used_link       | 410
                                     | 410
invitation           forged_link     | 404
                                     | 404
claim-create         approved        | LOGIN   200    GO    200   200      200
                                     | LOGIN   DONE   GO    DONE  DONE     DONE
claim-create         draft           | LOGIN   404    GO    404   403      403
                                     | LOGIN   404    GO    404   403      403
claim-create         suspended       | LOGIN   404    GO    404   403      403
                                     | LOGIN   404    GO    404   403      403
claim-detail         claim_on_us     | LOGIN   404    200   404   200      200
                                     | LOGIN   404    DONE  404   403      403
claim-detail         claim_by_other  | LOGIN   404    404   200   200      200
                                     | LOGIN   404    404   403   403      403

# Projects and needs: public once published, and while their actor is approved.
project-list         -               | 200
                                     | 405
project-create       -               | LOGIN   GO     200   200   GO       GO
                                     | LOGIN   GO     DONE  200   GO       GO
project-detail       project         | 200
                                     | 405
project-detail       draft_project   | 404     404    200   404   200      200
                                     | 405
project-detail       hidden_project  | 404     404    200   404   200      200
                                     | 405
project-edit         project         | LOGIN   403    200   403   403      403
                                     | LOGIN   403    DONE  403   403      403
project-edit         draft_project   | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
project-publish      project         | LOGIN   405    405   405   405      405
                                     | LOGIN   403    GO    403   403      403
project-publish      draft_project   | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   403      403
need-create          project         | LOGIN   403    200   403   403      403
                                     | LOGIN   403    DONE  403   403      403
need-create          draft_project   | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
need-list            -               | 200
                                     | 405
need-detail          need            | 200
                                     | 405
need-detail          closed_need     | 200
                                     | 405
need-detail          draft_need      | 404     404    200   404   200      200
                                     | 405
need-detail          hidden_need     | 404     404    200   404   200      200
                                     | 405
need-edit            need            | LOGIN   403    200   403   403      403
                                     | LOGIN   403    DONE  403   403      403
need-edit            draft_need      | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
need-edit            closed_need     | LOGIN   403    403   403   403      403
                                     | LOGIN   403    403   403   403      403
need-end             need            | LOGIN   405    405   405   405      405
                                     | LOGIN   403    DONE  403   403      403
need-end             closed_need     | LOGIN   405    405   405   405      405
                                     | LOGIN   403    GO    403   403      403
need-end             draft_need      | LOGIN   405    405   405   405      405
                                     | LOGIN   404    GO    404   403      403

# Matches: for the project's people, the matched actor's people, the animators.
need-matches         need            | LOGIN   403    200   403   200      200
                                     | LOGIN   405    405   405   405      405
need-matches         draft_need      | LOGIN   404    200   404   200      200
                                     | LOGIN   405    405   405   405      405
match-detail         match           | LOGIN   404    200   404   200      200
                                     | LOGIN   405    405   405   405      405
match-detail         proposed_to_us  | LOGIN   404    200   404   200      200
                                     | LOGIN   405    405   405   405      405

# The answer: an actor answers the need of another, the project's people write first; nobody answers oneself.
interest             need            | LOGIN   GO     403   200   GO       GO
                                     | LOGIN   403    403   DONE  403      403
interest             partner_need    | LOGIN   GO     200   200   GO       GO
                                     | LOGIN   403    200   DONE  403      403
interest             draft_need      | LOGIN   404    403   404   GO       GO
                                     | LOGIN   404    403   404   403      403
refuse               need            | LOGIN   403    403   200   403      403
                                     | LOGIN   403    403   DONE  403      403
refuse               partner_need    | LOGIN   403    200   200   403      403
                                     | LOGIN   403    200   DONE  403      403
refuse               draft_need      | LOGIN   404    403   404   403      403
                                     | LOGIN   404    403   404   403      403
mailed-refusal       refusal_token   | 200
                                     | DONE
mailed-refusal       forged_token    | 404
                                     | 404
contact              need_other      | LOGIN   403    200   403   403      403
                                     | LOGIN   403    DONE  403   403      403
contact              need_draft      | LOGIN   403    404   403   403      403
                                     | LOGIN   403    404   403   403      403
introduction-list    -               | LOGIN   200    200   200   200      200
                                     | LOGIN   405    405   405   405      405
introduction-detail  asked_of_us     | LOGIN   404    200   404   200      200
                                     | LOGIN   405    405   405   405      405
introduction-answer  asked_of_us     | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   403      403
introduction-detail  asked_by_us     | LOGIN   404    200   404   200      200
                                     | LOGIN   405    405   405   405      405
introduction-answer  asked_by_us     | LOGIN   405    405   405   405      405
                                     | LOGIN   404    403   404   403      403
introduction-answer  answered        | LOGIN   405    405   405   405      405
                                     | LOGIN   404    GO    404   403      403
need-answers         need            | LOGIN   403    200   403   200      200
                                     | LOGIN   403    DONE  403   403      403
need-answers         draft_need      | LOGIN   404    200   404   200      200
                                     | LOGIN   404    200   404   403      403
message-create       thread          | 405
                                     | LOGIN   404    DONE  404   403      403
thread-read          thread          | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   403      403
thread-close         thread          | LOGIN   404    200   404   403      403
                                     | LOGIN   404    DONE  404   403      403
thread-help          thread          | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   403      403
file                 attachment      | 404     404    200   404   404      404
                                     | 405

# Accounts (django-allauth).
account_login        -               | 200     GO     GO    GO    GO       GO
                                     | DONE    GO     GO    GO    GO       GO
account_logout       -               | GO      200    200   200   200      200
                                     | GO      GO     GO    GO    GO       GO
account_signup       -               | 200     GO     GO    GO    GO       GO
                                     | DONE    GO     GO    GO    GO       GO
account_inactive     -               | 200
                                     | 405
account_reauthenticate -             | LOGIN   200    200   200   200      200
                                     | LOGIN   GO     GO    GO    GO       GO
account_email        -               | LOGIN   200    200   200   200      200
                                     | LOGIN   DONE   DONE  DONE  DONE     DONE
account_email_verification_sent -    | LOGIN   GO     GO    GO    GO       GO
                                     | LOGIN   GO     GO    GO    GO       GO
account_change_password -            | LOGIN   200    200   200   200      200
                                     | LOGIN   DONE   DONE  DONE  DONE     DONE
account_set_password -               | LOGIN   GO     GO    GO    GO       GO
                                     | LOGIN   GO     GO    GO    GO       GO
account_reset_password -             | 200
                                     | DONE
account_reset_password_done -        | 200
                                     | 405
account_reset_password_from_key reset_key | GO
                                     | GO
account_reset_password_from_key bad_reset_key | 200
                                     | 200
account_reset_password_from_key_done - | 200
                                     | 405
account_confirm_login_code -         | LOGIN   GO     GO    GO    GO       GO
                                     | LOGIN   GO     GO    GO    GO       GO

security             -               | LOGIN   200    200   200   200      200
                                     | LOGIN   405    405   405   405      405
usersessions_list    -               | LOGIN   200    200   200   200      200
                                     | LOGIN   GO     DONE  GO    GO       GO
session-end          our_session     | LOGIN   405    405   405   405      405
                                     | LOGIN   404    DONE  404   404      404
mfa_index            -               | LOGIN   200    200   200   200      200
                                     | LOGIN   405    405   405   405      405
mfa_authenticate     -               | LOGIN   GO     GO    GO    GO       GO
                                     | LOGIN   GO     GO    GO    GO       GO
mfa_reauthenticate   -               | LOGIN   GO     GO    GO    GO       GO
                                     | LOGIN   GO     GO    GO    GO       GO
mfa_activate_totp    -               | LOGIN   GO     GO    GO    GO       GO
                                     | LOGIN   GO     GO    GO    GO       GO
mfa_deactivate_totp  -               | LOGIN   404    404   404   404      404
                                     | LOGIN   404    404   404   404      404
mfa_view_recovery_codes -            | LOGIN   404    404   404   404      404
                                     | LOGIN   405    405   405   405      405
mfa_download_recovery_codes -        | LOGIN   404    404   404   404      404
                                     | LOGIN   404    404   404   404      404
mfa_generate_recovery_codes -        | LOGIN   GO     GO    GO    GO       GO
                                     | LOGIN   GO     GO    GO    GO       GO
"""

ROLES = ("visitor", "member", "owner", "other", "animator", "superuser")
STAFF = ("animator", "superuser")
REFUSED = ("LOGIN", "403", "404", "405", "410")
CODES = (*REFUSED, "200", "GO", "DONE", "KEPT")
