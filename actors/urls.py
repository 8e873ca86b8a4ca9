from django.urls import include, path

from . import security_views, views
from .directory import views as directory

urlpatterns = [
    path("acteurs/", directory.ActorList.as_view(), name="actor-list"),
    path("acteurs/carte.json", directory.points, name="actor-points"),
    path("acteurs/annuaire.csv", directory.export, name="actor-export"),
    path("acteurs/nouveau/", views.actor_create, name="actor-create"),
    path("acteurs/<slug:slug>/", views.actor_detail, name="actor-detail"),
    path("acteurs/<slug:slug>/modifier/", views.actor_edit, name="actor-edit"),
    path("acteurs/<slug:slug>/envoyer/", views.actor_submit, name="actor-submit"),
    path("acteurs/<slug:slug>/position/", directory.position, name="actor-position"),
    path("acteurs/<slug:slug>/offres/nouvelle/", views.offer_create, name="offer-create"),
    path("offres/<int:pk>/modifier/", views.offer_edit, name="offer-edit"),
    path("offres/<int:pk>/retirer/", views.offer_delete, name="offer-delete"),
    path("competences/", views.skill_list, name="skill-list"),
    path("competences/reconnaitre/", views.recognise_skills, name="recognise-skills"),
    path("preferences/", views.preferences, name="preferences"),
    path("preferences/", include("actors.privacy.urls")),
    path("compte/securite/", security_views.security, name="security"),
    path("compte/sessions/<int:pk>/fermer/", security_views.session_end, name="session-end"),
    path("", include("actors.joining.urls")),
]
