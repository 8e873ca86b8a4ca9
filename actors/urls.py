from django.urls import include, path

from . import security_views, views

urlpatterns = [
    path("acteurs/", views.ActorList.as_view(), name="actor-list"),
    path("acteurs/nouveau/", views.actor_create, name="actor-create"),
    path("acteurs/<slug:slug>/", views.actor_detail, name="actor-detail"),
    path("acteurs/<slug:slug>/modifier/", views.actor_edit, name="actor-edit"),
    path("acteurs/<slug:slug>/envoyer/", views.actor_submit, name="actor-submit"),
    path("acteurs/<slug:slug>/offres/nouvelle/", views.offer_create, name="offer-create"),
    path("offres/<int:pk>/modifier/", views.offer_edit, name="offer-edit"),
    path("offres/<int:pk>/retirer/", views.offer_delete, name="offer-delete"),
    path("competences/", views.skill_list, name="skill-list"),
    path("competences/reconnaitre/", views.recognise_skills, name="recognise-skills"),
    path("preferences/", views.preferences, name="preferences"),
    path("compte/securite/", security_views.security, name="security"),
    path("compte/sessions/<int:pk>/fermer/", security_views.session_end, name="session-end"),
    path("", include("actors.joining.urls")),
]
