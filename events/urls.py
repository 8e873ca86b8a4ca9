from django.urls import path

from . import edit_views, views
from .feeds import views as feeds

urlpatterns = [
    path("agenda/", views.AgendaList.as_view(), name="agenda"),
    path("agenda/points.json", views.points, name="agenda-points"),
    path("agenda/flux.ics", feeds.agenda_calendar, name="agenda-calendar"),
    path("agenda/flux.rss", feeds.agenda_news, name="agenda-news"),
    path("agenda/nouveau/", edit_views.event_create, name="event-create"),
    path("agenda/dates/<int:pk>/modifier/", edit_views.occurrence_edit, name="occurrence-edit"),
    path("agenda/dates/<int:pk>/annuler/", edit_views.occurrence_cancel, name="occurrence-cancel"),
    path("agenda/<slug:slug>/", views.event_detail, name="event-detail"),
    path("agenda/<slug:slug>/evenement.ics", feeds.event_calendar, name="event-calendar"),
    path("agenda/<slug:slug>/modifier/", edit_views.event_edit, name="event-edit"),
    path("agenda/<slug:slug>/publier/", edit_views.event_publish, name="event-publish"),
    path("agenda/<slug:slug>/annuler/", edit_views.event_cancel, name="event-cancel"),
]
