from django.urls import path

from . import views

urlpatterns = [
    path("tout/", views.find_all, name="find"),
    path("tout/suggestions/", views.suggest, name="find-suggestions"),
]
