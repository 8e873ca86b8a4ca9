from django.urls import path

from . import animation_views, views
from .agreements import views as agreement_views

urlpatterns = [
    path("partenariats/", views.partnership_list, name="partnership-list"),
    path("partenariats/nouveau/", animation_views.open_by_hand, name="partnership-open"),
    path("partenariats/suivi/", animation_views.follow_board, name="partnership-board"),
    path("partenariats/suivi/liste/", animation_views.FollowList.as_view(), name="partnership-follow"),
    path("partenariats/suivi/export.csv", animation_views.follow_export, name="partnership-export"),
    path("mises-en-relation/<int:pk>/partenariat/", views.start, name="partnership-start"),
    path("partenariats/<int:pk>/", views.partnership_detail, name="partnership-detail"),
    path("partenariats/<int:pk>/etape/", views.stage, name="partnership-stage"),
    path("partenariats/<int:pk>/suite/", views.plan, name="partnership-plan"),
    path("partenariats/<int:pk>/acteurs/", views.party, name="partnership-party"),
    path("partenariats/<int:pk>/notes/", views.note, name="partnership-note"),
    path("partenariats/<int:pk>/documents/", views.document, name="partnership-document"),
    path("partenariats/<int:pk>/jalons/", views.milestone_create, name="milestone-create"),
    path("jalons/<int:pk>/", views.milestone_edit, name="milestone-edit"),
    path("partenariats/<int:pk>/conventions/", agreement_views.agreement_create, name="agreement-create"),
    path("conventions/<int:pk>/", agreement_views.agreement_detail, name="agreement-detail"),
    path("conventions/<int:pk>/modifier/", agreement_views.agreement_edit, name="agreement-edit"),
    path("conventions/<int:pk>/texte/", agreement_views.agreement_text, name="agreement-text"),
    path("conventions/<int:pk>/brouillon.txt", agreement_views.agreement_download, name="agreement-download"),
    path("conventions/<int:pk>/brouillon.pdf", agreement_views.agreement_pdf, name="agreement-pdf"),
    path("conventions/<int:pk>/etat/", agreement_views.agreement_status, name="agreement-status"),
    path("conventions/<int:pk>/signature/", agreement_views.agreement_signed, name="agreement-signed"),
    path("conventions/<int:pk>/transmission/", agreement_views.agreement_transmitted, name="agreement-transmitted"),
]
