from django.urls import path

from . import saved_views, views
from .stop import stop

urlpatterns = [
    path("recherche/", views.search, name="search"),
    path("recherche/garder/", saved_views.saved_create, name="saved-search-create"),
    path("recherche/gardees/", saved_views.saved_list, name="saved-search-list"),
    path("recherche/gardees/<int:pk>/", saved_views.saved_edit, name="saved-search-edit"),
    path("recherche/gardees/<int:pk>/supprimer/", saved_views.saved_delete, name="saved-search-delete"),
    path("recherche/alerte/<str:token>/", stop, name="saved-search-stop"),
]
