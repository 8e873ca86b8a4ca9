from django.urls import path

from . import mailed_views, views

urlpatterns = [
    path("correspondances/<int:pk>/", views.match_detail, name="match-detail"),
    path("besoins/<int:pk>/ca-nous-interesse/", views.interest, name="interest"),
    path("besoins/<int:pk>/pas-pour-nous/", views.refuse, name="refuse"),
    path("pas-pour-nous/<str:token>/", mailed_views.mailed_refusal, name="mailed-refusal"),
    path("besoins/<int:pk>/contacter/<slug:slug>/", views.contact, name="contact"),
    path("mises-en-relation/", views.introduction_list, name="introduction-list"),
    path("mises-en-relation/<int:pk>/", views.introduction_detail, name="introduction-detail"),
    path("mises-en-relation/<int:pk>/repondre/", views.introduction_answer, name="introduction-answer"),
]
