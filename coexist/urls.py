"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from actors import security_admin
from coexist.common import health
from coexist.common.mail.unsubscribe import unsubscribe
from coexist.common.staff import admin_login
from coexist.dashboard import dashboard
from coexist.home import home

security_admin.take_over(admin.site)
admin.site.login = admin_login  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = _("CoExist, administration")
admin.site.index_title = _("Animation du réseau")

handler400 = "coexist.common.errors.bad_request"
handler403 = "coexist.common.errors.forbidden"
handler404 = "coexist.common.errors.not_found"
handler429 = "coexist.common.errors.too_many_requests"  # django-allauth's
handler500 = "coexist.common.errors.server_error"

urlpatterns = [
    path("", home, name="home"),
    path("tableau-de-bord/", dashboard, name="dashboard"),
    path("", include("actors.urls")),
    path("", include("actors.imports.urls")),
    path("", include("mediatheque.urls")),
    path("", include("projects.urls")),
    path("", include("projects.matching.urls")),
    path("", include("projects.partnerships.urls")),
    path("", include("projects.following.urls")),
    path("", include("projects.achievements.urls")),
    path("", include("projects.support.urls")),
    path("", include("projects.search.urls")),
    path("", include("events.urls")),
    path("", include("events.registrations.urls")),
    path("", include("events.imports.urls")),
    path("", include("events.campaigns.urls")),
    path("", include("events.programme.urls")),
    path("", include("coexist.pages.urls")),
    path("", include("coexist.statistics.urls")),
    path("", include("coexist.common.finding.urls")),
    path("compte/", include("allauth.account.urls")),
    path("", include("coexist.common.uploads.urls")),
    path("compte/double-authentification/", include("allauth.mfa.urls")),
    path("compte/sessions/", include("allauth.usersessions.urls")),
    path("desabonnement/<str:token>/", unsubscribe, name="unsubscribe"),
    path("sante/", health.alive, name="health-alive"),
    path("sante/pret/", health.ready, name="health-ready"),
    path("admin/", admin.site.urls),
]
