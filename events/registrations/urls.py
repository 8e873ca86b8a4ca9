from django.urls import path

from . import link_views, list_views, views

urlpatterns = [
    path("mes-inscriptions/", views.OwnRegistrations.as_view(), name="registration-list"),
    path("mes-inscriptions/adresse/", views.own_calendar_address, name="own-calendar-address"),
    path("mes-inscriptions/<str:token>.ics", views.own_calendar_file, name="own-calendar"),
    path("inscriptions/confirmer/<str:token>/", link_views.verify, name="registration-verify"),
    path("inscriptions/place/<str:token>/", link_views.take, name="registration-take"),
    path("inscriptions/annuler/<str:token>/", link_views.give_back, name="registration-give-back"),
    path("inscriptions/attestation/<str:token>/", link_views.certificate, name="registration-certificate-link"),
    path("agenda/inscriptions/<int:pk>/attestation.pdf", views.certificate, name="registration-certificate"),
    path("agenda/inscriptions/<int:pk>/annuler/", list_views.withdraw, name="registration-withdraw"),
    path("agenda/dates/<int:pk>/inscriptions/", list_views.AttendanceList.as_view(), name="attendance"),
    path("agenda/dates/<int:pk>/inscriptions.csv", list_views.attendance_csv, name="attendance-csv"),
    path("agenda/dates/<int:pk>/emargement/", list_views.attendance_sheet, name="attendance-sheet"),
    path("agenda/<slug:slug>/inscription/", views.register, name="registration-create"),
    path("agenda/<slug:slug>/inscriptions/", list_views.EventDates.as_view(), name="event-registrations"),
    path("agenda/<slug:slug>/inscriptions/ajouter/", list_views.add, name="registration-add"),
]
