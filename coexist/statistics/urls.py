from django.urls import path

from . import animation_views, views

urlpatterns = [
    path("chiffres/", views.key_figures, name="key-figures"),
    path("chiffres/<slug:code>.csv", views.key_figures_sheet, name="key-figures-sheet"),
    path("chiffres/animation/", animation_views.figures_of_period, name="report"),
    path("chiffres/animation/acteurs/", animation_views.rates_of_actors, name="report-actors"),
    path("chiffres/animation/acteurs.csv", animation_views.rates_sheet, name="report-actors-sheet"),
    path("chiffres/animation/imprimer/", animation_views.for_officials, name="report-print"),
    path("chiffres/animation/<slug:code>.csv", animation_views.sheet_of_period, name="report-sheet"),
]
