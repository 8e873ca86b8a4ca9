from django.urls import path

from . import views

urlpatterns = [
    path("acteurs/<slug:slug>/calendrier/", views.actor_calendar, name="actor-calendar"),
    path("acteurs/<slug:slug>/calendrier/<int:pk>/relire/", views.calendar_read, name="calendar-read"),
    path("acteurs/<slug:slug>/calendrier/<int:pk>/arreter/", views.calendar_stop, name="calendar-stop"),
    path("acteurs/<slug:slug>/calendrier/evenements/<int:pk>/", views.calendar_entry, name="calendar-entry"),
]
