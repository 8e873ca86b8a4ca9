from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from coexist.common.admin_base import ReadOnlyAdmin

from .delivery import render_html
from .kinds import kind_choices
from .models import EmailOptOut, OutgoingEmail
from .resend import may_read_body, resend

# A mail carries its style inline, as mail programs need it; no script, and no frame but our own.
PREVIEW_POLICY = {
    "default-src": [NONE],
    "style-src": ["'unsafe-inline'"],
    "img-src": [SELF],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups"],
}


class KindFilter(admin.SimpleListFilter):
    title = _("type")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return kind_choices()

    def queryset(self, request, queryset):
        return queryset.filter(kind_code=self.value()) if self.value() else queryset


@admin.register(OutgoingEmail)
class OutgoingEmailAdmin(ReadOnlyAdmin):
    list_display = ["subject", "address", "kind_label", "state", "attempts", "created_at", "sent_at"]
    list_filter = ["state", KindFilter]
    search_fields = ["address", "subject"]
    date_hierarchy = "created_at"
    list_per_page = 50
    actions = ["send_again"]
    fields = [
        "subject", "address", "recipient", "kind_label", "state", "attempts", "next_attempt_at", "error", "created_at",
        "sent_at", "merged_into", "preview", "text",
    ]  # fmt: skip
    list_select_related = ["recipient"]

    @admin.display(description=_("type"))
    def kind_label(self, mail: OutgoingEmail) -> str:
        return mail.kind.label

    @admin.display(description=_("aperçu"))
    def preview(self, mail: OutgoingEmail) -> str:
        if not may_read_body(mail):
            return gettext("Ce message porte un code ou un lien personnel : il n'est montré à personne.")
        address = reverse("admin:common_outgoingemail_preview", args=[mail.pk])
        return format_html(
            '<iframe class="mail-preview" sandbox="allow-popups" src="{}" title="{}"></iframe>',
            address,
            _("Aperçu du message"),
        )

    @admin.display(description=_("texte"))
    def text(self, mail: OutgoingEmail) -> str:
        return format_html('<pre class="mail-text">{}</pre>', mail.body_text) if may_read_body(mail) else ""

    @admin.action(description=_("Renvoyer les messages choisis"), permissions=["resend"])
    def send_again(self, request: HttpRequest, queryset) -> None:
        done = sum(resend(mail) for mail in queryset)
        self.message_user(
            request,
            ngettext("%(count)d message remis en file.", "%(count)d messages remis en file.", done) % {"count": done},
            messages.SUCCESS if done else messages.WARNING,
        )

    def has_resend_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("common.change_outgoingemail")

    def get_urls(self):
        preview = self.admin_site.admin_view(self.preview_view)
        return [path("<int:pk>/apercu/", preview, name="common_outgoingemail_preview"), *super().get_urls()]

    @method_decorator(xframe_options_sameorigin)
    @method_decorator(csp_replace(PREVIEW_POLICY))
    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        mail = self.get_object(request, str(pk))
        if mail is None or not self.has_view_permission(request, mail) or not may_read_body(mail):
            raise PermissionDenied
        return HttpResponse(render_html(mail))


@admin.register(EmailOptOut)
class EmailOptOutAdmin(ReadOnlyAdmin):
    list_display = ["address", "what", "created_at"]
    fields = ["address", "what", "created_at"]
    search_fields = ["address"]
    list_per_page = 50

    @admin.display(description=_("ce qui est refusé"), ordering="kind_code")
    def what(self, refused: EmailOptOut) -> str:
        if refused.kind_code == EmailOptOut.EVERYTHING:
            return gettext("Tout, sauf les réponses à ce que cette adresse demande")
        return str(dict(kind_choices()).get(refused.kind_code, refused.kind_code))
