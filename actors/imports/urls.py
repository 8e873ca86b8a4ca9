"""The one page of imports that is not in the administration."""

from django.urls import path

from .objection_views import objection

urlpatterns = [path("opposition/<str:token>/", objection, name="contact-objection")]
