from django.urls import path

from . import animation_views, expert_views, views

urlpatterns = [
    path("accompagnement/", expert_views.expert_list, name="support"),
    path("accompagnement/demander/", views.ask, name="support-ask"),
    path("accompagnement/demandes/", views.support_list, name="support-list"),
    path("accompagnement/suivi/", animation_views.SupportFollowList.as_view(), name="support-follow"),
    path("accompagnement/suivi/export.csv", animation_views.follow_export, name="support-export"),
    path("accompagnement/demandes/<int:pk>/", views.support_detail, name="support-detail"),
    path("accompagnement/demandes/<int:pk>/etat/", views.move, name="support-move"),
    path("accompagnement/demandes/<int:pk>/fin/", views.finish, name="support-finish"),
    path("accompagnement/demandes/<int:pk>/confirmation/", views.confirm, name="support-confirm"),
    path("accompagnement/demandes/<int:pk>/reference/", views.reference, name="support-reference"),
    path("accompagnement/demandes/<int:pk>/suite/", views.plan, name="support-plan"),
    path("accompagnement/demandes/<int:pk>/notes/", views.note, name="support-note"),
    path("acteurs/<slug:slug>/accompagnement/", expert_views.offered, name="support-offers"),
    path("acteurs/<slug:slug>/accompagnements-menes/", expert_views.reference_list, name="support-references"),
]
