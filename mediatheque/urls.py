from django.urls import path

from . import edit_views, news, text_views, views
from .collections import views as collection_views
from .loans import views as loan_views

urlpatterns = [
    path("mediatheque/", views.ResourceList.as_view(), name="resource-list"),
    path("mediatheque/nouvelle/", edit_views.resource_create, name="resource-create"),
    path("mediatheque/mes-ressources/", edit_views.resource_own, name="resource-own"),
    path("mediatheque/nouveautes.rss", news.resource_news, name="resource-news"),
    path("mediatheque/fichiers/<int:pk>/lire/", text_views.resource_pdf, name="resource-pdf"),
    path("mediatheque/fichiers/<int:pk>/", views.resource_file, name="resource-file"),
    path("mediatheque/fichiers/<int:pk>/retirer/", edit_views.resource_file_remove, name="resource-file-remove"),
    path("mediatheque/fichiers/<int:pk>/relire/", edit_views.resource_file_reread, name="resource-file-reread"),
    path("mediatheque/parcours/", collection_views.CollectionList.as_view(), name="collection-list"),
    path("mediatheque/parcours/<slug:slug>/", collection_views.collection_detail, name="collection-detail"),
    path("mediatheque/prets/", loan_views.loan_list, name="loan-list"),
    path("mediatheque/prets/<int:pk>/", loan_views.loan_detail, name="loan-detail"),
    path("mediatheque/prets/<int:pk>/suite/", loan_views.loan_move, name="loan-move"),
    path("mediatheque/<slug:slug>/", views.resource_detail, name="resource-detail"),
    path("mediatheque/<slug:slug>/texte/<int:number>/", text_views.resource_text, name="resource-text"),
    path("mediatheque/<slug:slug>/emprunter/", loan_views.resource_borrow, name="resource-borrow"),
    path("mediatheque/<slug:slug>/modifier/", edit_views.resource_edit, name="resource-edit"),
    path("mediatheque/<slug:slug>/fichiers/", edit_views.resource_files, name="resource-files"),
    path("mediatheque/<slug:slug>/etat/", edit_views.resource_move, name="resource-move"),
]
