from django.urls import path

from . import need_views, views
from .freshness.views import confirm_fresh

urlpatterns = [
    path("projets/", views.ProjectList.as_view(), name="project-list"),
    path("projets/nouveau/", views.project_create, name="project-create"),
    path("projets/<slug:slug>/", views.project_detail, name="project-detail"),
    path("projets/<slug:slug>/modifier/", views.project_edit, name="project-edit"),
    path("projets/<slug:slug>/publier/", views.project_publish, name="project-publish"),
    path("projets/<slug:slug>/besoins/nouveau/", need_views.need_create, name="need-create"),
    path("besoins/", need_views.NeedList.as_view(), name="need-list"),
    path("besoins/<int:pk>/", need_views.need_detail, name="need-detail"),
    path("besoins/<int:pk>/modifier/", need_views.need_edit, name="need-edit"),
    path("besoins/<int:pk>/terminer/", need_views.need_end, name="need-end"),
    path("confirmer/<str:token>/", confirm_fresh, name="confirm-fresh"),
]
