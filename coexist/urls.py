"""Every address of the site."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from coexist.common import health
from coexist.common.mail.unsubscribe import unsubscribe

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler400 = "coexist.common.errors.bad_request"
handler403 = "coexist.common.errors.forbidden"
handler404 = "coexist.common.errors.not_found"
handler500 = "coexist.common.errors.server_error"

urlpatterns = [
    path("sante/", health.alive, name="health-alive"),
    path("sante/pret/", health.ready, name="health-ready"),
    path("desabonnement/<str:token>/", unsubscribe, name="unsubscribe"),
    path("compte/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
]
