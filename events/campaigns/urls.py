from django.urls import path

from . import coordination_views, own_views, proposing_views, views

urlpatterns = [
    path("semaine/", views.current, name="campaign-current"),
    path("semaine/propositions/", own_views.proposal_list, name="proposal-list"),
    path("semaine/propositions/<str:kind>/<int:pk>/", own_views.proposal_detail, name="proposal"),
    path("semaine/propositions/<str:kind>/<int:pk>/reponse/", own_views.proposal_own, name="proposal-own"),
    path("semaine/propositions/<str:kind>/<int:pk>/decision/", own_views.proposal_decide, name="proposal-decide"),
    path("semaine/propositions/soutiens/<int:pk>/rattacher/", own_views.support_tie, name="support-tie"),
    path("semaine/confirmer/<str:token>/", proposing_views.confirm, name="proposal-confirm"),
    path("semaine/suivi/<str:token>/", proposing_views.follow, name="proposal-follow"),
    path("semaine/reunions/<int:pk>/", coordination_views.meeting_done, name="meeting-done"),
    path("semaine/<int:year>/", views.campaign_detail, name="campaign"),
    path("semaine/<int:year>/proposer/", proposing_views.activity_propose, name="activity-propose"),
    path("semaine/<int:year>/soutien/<str:direction>/", proposing_views.support_propose, name="support-propose"),
    path("semaine/<int:year>/coordination/", coordination_views.coordination, name="coordination"),
    path("semaine/<int:year>/coordination/export.csv", coordination_views.export, name="coordination-export"),
    path("semaine/<int:year>/coordination/reunions/", coordination_views.meeting_create, name="meeting-create"),
]
