from django.urls import path

from . import mailed_views, views
from .choosing import views as choosing_views
from .conversation import views as thread_views

urlpatterns = [
    path("correspondances/<int:pk>/", views.match_detail, name="match-detail"),
    path("besoins/<int:pk>/ca-nous-interesse/", views.interest, name="interest"),
    path("besoins/<int:pk>/pas-pour-nous/", views.refuse, name="refuse"),
    path("pas-pour-nous/<str:token>/", mailed_views.mailed_refusal, name="mailed-refusal"),
    path("besoins/<int:pk>/contacter/<slug:slug>/", views.contact, name="contact"),
    path("mises-en-relation/", views.introduction_list, name="introduction-list"),
    path("mises-en-relation/<int:pk>/", views.introduction_detail, name="introduction-detail"),
    path("mises-en-relation/<int:pk>/repondre/", views.introduction_answer, name="introduction-answer"),
    path("mises-en-relation/<int:pk>/message/", thread_views.message_create, name="message-create"),
    path("mises-en-relation/<int:pk>/lu/", thread_views.thread_read, name="thread-read"),
    path("mises-en-relation/<int:pk>/terminer/", thread_views.thread_close, name="thread-close"),
    path("mises-en-relation/<int:pk>/aide/", thread_views.thread_help, name="thread-help"),
    path("besoins/<int:pk>/reponses/", choosing_views.need_answers, name="need-answers"),
]
