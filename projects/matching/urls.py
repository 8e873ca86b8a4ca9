from django.urls import path

from . import views

urlpatterns = [
    path("besoins/<int:pk>/acteurs-proposes/", views.need_matches, name="need-matches"),
    path("acteurs/<slug:slug>/besoins-pour-vous/", views.actor_needs, name="actor-needs"),
]
