from django.urls import path

from . import views

urlpatterns = [
    path("semaine/<int:year>/programme/", views.programme, name="programme"),
    path("agenda/<slug:slug>/affiche.pdf", views.poster, name="poster"),
]
