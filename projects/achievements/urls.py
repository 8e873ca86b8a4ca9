from django.urls import path

from . import public_views, views

urlpatterns = [
    path("realisations/", public_views.AchievementList.as_view(), name="achievement-list"),
    path("realisations/<slug:slug>/", public_views.achievement_detail, name="achievement-detail"),
    path("partenariats/<int:pk>/realisation/", views.desk, name="achievement-desk"),
    path("partenariats/<int:pk>/realisation/recit/", views.story, name="achievement-story"),
    path("contributions/<int:pk>/temoignage/", views.quotation, name="contribution-quotation"),
    path("contributions/<int:pk>/photos/", views.picture_add, name="contribution-picture"),
    path("contributions/<int:pk>/avis/", views.appraisal, name="contribution-appraisal"),
    path("contributions/<int:pk>/accord/", views.consent, name="contribution-consent"),
    path("photos-de-realisation/<int:pk>/", views.picture_edit, name="picture-edit"),
    path("photos-de-realisation/<int:pk>/retirer/", views.picture_remove, name="picture-remove"),
]
