"""The animators' side: texts, partners, and the messages that wait for an answer."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from actors.requests import MemberRequest
from coexist.common.admin_base import ReadOnlyAdmin
from coexist.common.waiting import register_waiting

from . import services
from .enums import WAITING
from .forms import ReplyForm
from .models import ContactMessage, Page, Partner
from .rendering import known_words

WAITING_FIRST = Case(When(state__in=WAITING, then=Value(0)), default=Value(1), output_field=IntegerField())

register_waiting(
    _("Messages reçus sans réponse"),
    count=lambda: ContactMessage.objects.waiting().count(),
    oldest=lambda: ContactMessage.objects.waiting().values_list("created_at", flat=True).order_by("created_at").first(),
    url="admin:pages_contactmessage_changelist",
    permission="pages.view_contactmessage",
)


@admin.register(Page)
class PageAdmin(admin.ModelAdmin):
    list_display = ["title", "slug", "version", "updated_at"]
    readonly_fields = ["words", "version", "updated_at"]
    fields = ["title", "slug", "body", "words", "position", "version", "updated_at"]

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """The footer links to them; an unwanted text is rewritten."""
        return False

    def save_model(self, request, obj, form, change) -> None:
        services.save_page(page=obj, acting_user=request.user)

    @admin.display(description=_("mots remplacés"))
    def words(self, page: Page) -> str:
        return format_html_join("", "<div><code>{{{{ {} }}}}</code> {}</div>", known_words())


class PartnerForm(forms.ModelForm):
    link = forms.URLField(label=_("Site web"), required=False, assume_scheme="https")


@admin.register(Partner)
class PartnerAdmin(admin.ModelAdmin):
    form = PartnerForm
    list_display = ["name", "link", "position", "is_shown"]
    list_editable = ["position", "is_shown"]
    search_fields = ["name"]
    fields = ["name", "text", "link", "logo", "position", "is_shown"]


@admin.register(ContactMessage)
class ContactMessageAdmin(ReadOnlyAdmin):
    list_display = ["subject", "name", "email", "state", "created_at", "assigned_to"]
    list_filter = ["state", ("assigned_to", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["subject", "name", "email"]
    list_select_related = ["assigned_to"]
    list_per_page = 50
    fields = ["subject", "name", "email", "body", "state", "assigned_to", "created_at", "answer"]

    def get_ordering(self, request: HttpRequest):
        """Waiting ones first, the longest wait on top."""
        return [WAITING_FIRST, "created_at", "pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContactMessage]:
        return super().get_queryset(request).prefetch_related("replies__by")

    @admin.display(description=_("réponse"))
    def answer(self, message: ContactMessage) -> str:
        return format_html('<a href="{}">{}</a>', _answer_url(message), _("Lire l'échange, répondre, classer"))

    def get_urls(self):
        answer = self.admin_site.admin_view(self.answer_view)
        return [path("<int:pk>/repondre/", answer, name="pages_contactmessage_answer"), *super().get_urls()]

    def answer_view(self, request: MemberRequest, pk: int) -> HttpResponse:
        """The message, what was answered, and what can be done with it."""
        if not request.user.has_perm("pages.change_contactmessage"):
            raise PermissionDenied
        message: ContactMessage = get_object_or_404(ContactMessage.objects.prefetch_related("replies__by"), pk=pk)
        if request.method == "POST" and ("take" in request.POST or "close" in request.POST):
            return self._moved(request, message)
        form = ReplyForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            return self._answered(request, message, form)
        context = {
            **self.admin_site.each_context(request),
            "title": message.subject,
            "message": message,
            "waits": message.state in WAITING,
            "form": form,
            "opts": self.model._meta,
        }
        return render(request, "admin/pages/answer.html", context)

    def _moved(self, request: MemberRequest, message: ContactMessage) -> HttpResponse:
        if "take" in request.POST:
            services.take(message=message, acting_user=request.user)
            self.message_user(request, _("Vous suivez ce message."), messages.SUCCESS)
            return redirect(_answer_url(message))
        services.close(message=message, acting_user=request.user)
        self.message_user(request, _("Message classé."), messages.SUCCESS)
        return redirect("admin:pages_contactmessage_changelist")

    def _answered(self, request: MemberRequest, message: ContactMessage, form: ReplyForm) -> HttpResponse:
        answer = form.cleaned_data
        services.reply(message=message, body=answer["body"], form_key=answer["form_key"], acting_user=request.user)
        self.message_user(request, _("Réponse envoyée à %(email)s.") % {"email": message.email}, messages.SUCCESS)
        return redirect("admin:pages_contactmessage_changelist")


def _answer_url(message: ContactMessage) -> str:
    return reverse("admin:pages_contactmessage_answer", args=[message.pk])
