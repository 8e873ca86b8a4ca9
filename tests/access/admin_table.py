"""Who may do what with the records of the administration; the codes are those of table.py."""

SITE = """
# name               about             visitor member owner other animator superuser

# The administration as a whole. What concerns one kind of rows follows the rules below.
admin:index          -               | LOGIN   LOGIN  LOGIN LOGIN 200      200
                                     | LOGIN   LOGIN  LOGIN LOGIN 200      200
admin:login          -               | LOGIN   403    403   403   GO       GO
                                     | LOGIN   403    403   403   GO       GO
admin:logout         -               | LOGIN   GO     GO    GO    405      405
                                     | LOGIN   GO     GO    GO    200      200
admin:password_change -              | LOGIN   LOGIN  LOGIN LOGIN 200      200
                                     | LOGIN   LOGIN  LOGIN LOGIN DONE     DONE
admin:password_change_done -         | LOGIN   LOGIN  LOGIN LOGIN 200      200
                                     | LOGIN   LOGIN  LOGIN LOGIN 405      405
admin:autocomplete   -               | LOGIN   LOGIN  LOGIN LOGIN 200      200
                                     | LOGIN   LOGIN  LOGIN LOGIN 405      405
admin:jsi18n         -               | LOGIN   LOGIN  LOGIN LOGIN 200      200
                                     | LOGIN   LOGIN  LOGIN LOGIN 405      405
admin:view_on_site   shown_on_site   | LOGIN   LOGIN  LOGIN LOGIN GO       GO
                                     | LOGIN   LOGIN  LOGIN LOGIN GO       GO
admin:app_list       app             | LOGIN   LOGIN  LOGIN LOGIN 200      200
                                     | LOGIN   LOGIN  LOGIN LOGIN 200      200
admin:actors_actor_decide approve    | LOGIN   LOGIN  LOGIN LOGIN 200      200
                                     | LOGIN   LOGIN  LOGIN LOGIN DONE     DONE
admin:actors_actor_snooze waiting_key | LOGIN   LOGIN  LOGIN LOGIN 405      405
                                     | LOGIN   LOGIN  LOGIN LOGIN DONE     DONE
admin:actors_actor_assign waiting_key | LOGIN   LOGIN  LOGIN LOGIN 405      405
                                     | LOGIN   LOGIN  LOGIN LOGIN DONE     DONE
admin:actors_actor_approve_together - | LOGIN   LOGIN  LOGIN LOGIN 200      200
                                     | LOGIN   LOGIN  LOGIN LOGIN DONE     DONE
admin:actors_actor_duplicates waiting_key | LOGIN LOGIN LOGIN LOGIN 200     200
                                     | LOGIN   LOGIN  LOGIN LOGIN 405      405
admin:actors_actor_merge merged      | LOGIN   LOGIN  LOGIN LOGIN 200      200
                                     | LOGIN   LOGIN  LOGIN LOGIN DONE     DONE
admin:actors_actor_decide nonsense   | LOGIN   LOGIN  LOGIN LOGIN 403      403
                                     | LOGIN   LOGIN  LOGIN LOGIN 403      403
admin:actors_actor_changes changed   | LOGIN   LOGIN  LOGIN LOGIN 200      200
                                     | LOGIN   LOGIN  LOGIN LOGIN DONE     DONE
admin:actors_membershipclaim_decide orphan_claim | LOGIN LOGIN LOGIN LOGIN 200 200
                                     | LOGIN   LOGIN  LOGIN LOGIN DONE     DONE
admin:actors_membershipclaim_decide claim_on_us | LOGIN LOGIN LOGIN LOGIN 403 403
                                     | LOGIN   LOGIN  LOGIN LOGIN 403      403
admin:imports_importrun_upload -     | LOGIN   LOGIN  LOGIN LOGIN 200      200
                                     | LOGIN   LOGIN  LOGIN LOGIN DONE     DONE
admin:imports_importrun_export -     | LOGIN   LOGIN  LOGIN LOGIN 200      200
                                     | LOGIN   LOGIN  LOGIN LOGIN 405      405
admin:imports_importrun_model layout | LOGIN   LOGIN  LOGIN LOGIN 200      200
                                     | LOGIN   LOGIN  LOGIN LOGIN 405      405
admin:imports_importrun_replace reviewed | LOGIN LOGIN LOGIN LOGIN 200     200
                                     | LOGIN   LOGIN  LOGIN LOGIN DONE     DONE
admin:imports_importrun_replace imported | LOGIN LOGIN LOGIN LOGIN GO      GO
                                     | LOGIN   LOGIN  LOGIN LOGIN GO       GO
admin:imports_importrun_mapping reviewed | LOGIN LOGIN LOGIN LOGIN 200     200
                                     | LOGIN   LOGIN  LOGIN LOGIN DONE     DONE
admin:imports_importrun_mapping imported | LOGIN LOGIN LOGIN LOGIN GO      GO
                                     | LOGIN   LOGIN  LOGIN LOGIN GO       GO
admin:imports_importrun_preview reviewed | LOGIN LOGIN LOGIN LOGIN 200     200
                                     | LOGIN   LOGIN  LOGIN LOGIN DONE     DONE
admin:imports_importrun_preview imported | LOGIN LOGIN LOGIN LOGIN GO      GO
                                     | LOGIN   LOGIN  LOGIN LOGIN GO       GO
admin:imports_importrun_rest reviewed | LOGIN  LOGIN  LOGIN LOGIN 405      405
                                     | LOGIN   LOGIN  LOGIN LOGIN DONE     DONE
admin:imports_importrun_problems reviewed | LOGIN LOGIN LOGIN LOGIN 200    200
                                     | LOGIN   LOGIN  LOGIN LOGIN 405      405
admin:imports_importrun_launch reviewed | LOGIN LOGIN LOGIN LOGIN 200      200
                                     | LOGIN   LOGIN  LOGIN LOGIN DONE     DONE
admin:imports_importrun_launch imported | LOGIN LOGIN LOGIN LOGIN GO       GO
                                     | LOGIN   LOGIN  LOGIN LOGIN GO       GO
admin:imports_importrun_progress reviewed | LOGIN LOGIN LOGIN LOGIN GO     GO
                                     | LOGIN   LOGIN  LOGIN LOGIN 405      405
admin:imports_importrun_progress imported | LOGIN LOGIN LOGIN LOGIN 200    200
                                     | LOGIN   LOGIN  LOGIN LOGIN 405      405
admin:imports_importrun_abandon reviewed | LOGIN LOGIN LOGIN LOGIN 405     405
                                     | LOGIN   LOGIN  LOGIN LOGIN DONE     DONE
admin:imports_importrun_abandon imported | LOGIN LOGIN LOGIN LOGIN 405     405
                                     | LOGIN   LOGIN  LOGIN LOGIN GO       GO
admin:imports_provenance_tell -      | LOGIN   LOGIN  LOGIN LOGIN 200      200
                                     | LOGIN   LOGIN  LOGIN LOGIN DONE     DONE
admin:matching_match_why_not need    | LOGIN   LOGIN  LOGIN LOGIN 200      200
                                     | LOGIN   LOGIN  LOGIN LOGIN 405      405
admin:partnerships_introduction_stuck - | LOGIN LOGIN LOGIN LOGIN 200      200
                                     | LOGIN   LOGIN  LOGIN LOGIN 405      405
admin:partnerships_introduction_stuck_need stuck | LOGIN LOGIN LOGIN LOGIN 200 200
                                     | LOGIN   LOGIN  LOGIN LOGIN GO       GO
admin:partnerships_introduction_stuck_close stuck | LOGIN LOGIN LOGIN LOGIN 200 200
                                     | LOGIN   LOGIN  LOGIN LOGIN DONE     DONE
admin:mediatheque_resource_decide waiting_resource_key | LOGIN LOGIN LOGIN LOGIN 200 200
                                     | LOGIN   LOGIN  LOGIN LOGIN DONE     DONE
admin:achievements_achievement_decide waiting_story | LOGIN LOGIN LOGIN LOGIN 200 200
                                     | LOGIN   LOGIN  LOGIN LOGIN DONE     DONE
admin:auth_user_password_change user | LOGIN   LOGIN  LOGIN LOGIN 403      200
                                     | LOGIN   LOGIN  LOGIN LOGIN 403      DONE
admin:common_outgoingemail_preview mail | LOGIN LOGIN LOGIN LOGIN 200      200
                                     | LOGIN   LOGIN  LOGIN LOGIN 200      200
admin:common_outgoingemail_preview secret_mail | LOGIN LOGIN LOGIN LOGIN 403 403
                                     | LOGIN   LOGIN  LOGIN LOGIN 403      403
admin:pages_contactmessage_answer contact_message | LOGIN LOGIN LOGIN LOGIN 200 200
                                     | LOGIN   LOGIN  LOGIN LOGIN DONE     DONE
"""

# admin:<app>_<model>_<action>: staff only (the others: LOGIN), by what each may do with the model.
ADMIN_RIGHTS = """
# model                     animator       superuser
actors_actor              | view change  | view change add delete
actors_offer              | view change  | view change delete
actors_skill              | view         | view change add delete
actors_user               | view         | view change add delete
actors_invitation         | view         | view
actors_membershipclaim    | view         | view
actors_membershipevent    | view         | view
actors_reasontemplate     | view change add delete | view change add delete
imports_importrun         | view         | view
imports_provenance        | view         | view
projects_project          | view change  | view change delete
projects_need             | view change  | view change delete
matching_match            | view         | view
matching_refusal          | view         | view
matching_matchingdue      | view         | view
partnerships_introduction | view         | view
achievements_achievement  | view         | view
mediatheque_resource      | view         | view
mediatheque_loanrequest   | view         | view
mediatheque_collection    | view change add delete | view change add delete
events_event              | view change  | view change delete
campaigns_campaign        | view change add | view change add
campaigns_activity        | view         | view
campaigns_support         | view         | view
following_partnership     | view         | view
following_agreement       | view         | view
following_agreementtemplate | view change | view change
following_taxrule         | view add change | view add change delete
support_expertoffer       | view change  | view change
support_supportrequest    | view         | view
common_outgoingemail      | view         | view
common_emailoptout        | view         | view
common_suspendedaddress   | view add     | view add
pages_page                | view change  | view change add
pages_partner             | view change add delete | view change add delete
pages_contactmessage      | view         | view
auth_group                |              | view change add delete
account_emailaddress      |              | view change add delete
mfa_authenticator         |              | view delete
"""

# What each action takes: the right it needs, and then its answer; 403 without it.
# KEPT: shown or sent elsewhere, as Django chooses, and nothing written.
ADMIN_RULES = """
# action      GET          POST
changelist  | view   200 | delete DONE, view KEPT
history     | view   200 | view   200
change      | view   200 | change DONE
add         | add    200 | add    DONE
delete      | delete 200 | delete DONE
"""
