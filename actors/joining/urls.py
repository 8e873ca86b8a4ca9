from django.urls import path

from . import claim_views, invitation_views, member_views

urlpatterns = [
    path("acteurs/<slug:slug>/membres/", member_views.member_list, name="actor-members"),
    path("acteurs/<slug:slug>/quitter/", member_views.actor_leave, name="actor-leave"),
    path("acteurs/<slug:slug>/rattachement/", claim_views.claim_create, name="claim-create"),
    path("rattachements/<int:pk>/", claim_views.claim_detail, name="claim-detail"),
    path("membres/<int:pk>/role/", member_views.member_role, name="member-role"),
    path("membres/<int:pk>/retirer/", member_views.member_remove, name="member-remove"),
    path("invitations/<int:pk>/renvoyer/", invitation_views.invitation_resend, name="invitation-resend"),
    path("invitations/<int:pk>/annuler/", invitation_views.invitation_revoke, name="invitation-revoke"),
    path("invitation/<str:token>/", invitation_views.invitation, name="invitation"),
    path("acteur-courant/", member_views.actor_switch, name="actor-switch"),
]
