"""A convention: its page, its words, its draft, and how it gets signed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors.requests import MemberRequest
from coexist.common.markdown import render as markdown
from coexist.common.pdf import missing_packages
from coexist.common.uploads.shelves import file_url

from .. import rules
from ..models import Agreement, Partnership
from ..services import PartnershipError
from . import services
from .drafts import draft_of
from .enums import AgreementStatus, Foreign
from .forms import AgreementForm, SignedForm, TextForm, TransmissionForm
from .pdf import as_pdf
from .tax import estimate_for


@require_http_methods(["GET", "POST"])
def agreement_create(request: MemberRequest, pk: int) -> HttpResponse:
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user), pk=pk)
    _may_work(request, partnership)
    return _edit(request, Agreement(partnership=partnership))


@require_http_methods(["GET", "POST"])
def agreement_edit(request: MemberRequest, pk: int) -> HttpResponse:
    agreement = _workable(request, pk)
    if not agreement.is_draft:
        messages.info(request, _("Une convention envoyée ne se modifie plus : revenez d'abord au brouillon."))
        return redirect(agreement)
    return _edit(request, agreement)


def _edit(request: MemberRequest, agreement: Agreement) -> HttpResponse:
    partnership = agreement.partnership
    form = AgreementForm(request.POST or None, instance=agreement, partnership=partnership)
    if request.method == "POST" and form.is_valid():
        if not agreement.pk:
            form.instance.form_key = form.cleaned_data["form_key"]
        try:
            kept = services.save_agreement(
                agreement=form.instance, signatories=form.signatories, acting_user=request.user
            )
            return redirect(kept)
        except PartnershipError as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "partnership": partnership, "heading": _("Convention")}
    return render(request, "following/form.html", context)


@require_safe
def agreement_detail(request: MemberRequest, pk: int) -> HttpResponse:
    return _show(request, _visible(request, pk))


@require_http_methods(["GET", "POST"])
def agreement_text(request: MemberRequest, pk: int) -> HttpResponse:
    """The draft's words, to be changed here."""
    agreement = _workable(request, pk)
    form = TextForm(request.POST or None, initial={"text": draft_of(agreement)})
    if request.method == "POST" and form.is_valid():
        try:
            services.save_text(agreement=agreement, text=form.cleaned_data["text"], acting_user=request.user)
            return redirect(agreement)
        except PartnershipError as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "partnership": agreement.partnership, "heading": _("Texte de la convention")}
    return render(request, "following/form.html", context)


@require_safe
def agreement_download(request: MemberRequest, pk: int) -> HttpResponse:
    """The draft as text, for any word processor."""
    agreement = _visible(request, pk)
    return _file(draft_of(agreement).encode(), agreement, "txt", "text/plain; charset=utf-8")


@require_safe
def agreement_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    agreement = _visible(request, pk)
    missing = missing_packages()
    if missing:
        messages.error(request, _packages_are_missing(missing))
        return redirect(agreement)
    return _file(as_pdf(agreement), agreement, "pdf", "application/pdf")


@require_POST
def agreement_status(request: MemberRequest, pk: int) -> HttpResponse:
    """To "sent" or back to "draft": the page's button says which, and what it saw."""
    agreement = _workable(request, pk)
    to, seen = request.POST.get("to", ""), request.POST.get("seen", "")
    try:
        services.change_status(agreement=agreement, to=to, seen=seen, acting_user=request.user)
    except PartnershipError as refused:
        messages.error(request, str(refused))
    return redirect(agreement)


@require_POST
def agreement_signed(request: MemberRequest, pk: int) -> HttpResponse:
    agreement = _workable(request, pk)
    form = SignedForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, agreement, form)
    try:
        services.change_status(
            agreement=agreement, to=AgreementStatus.SIGNED, seen=AgreementStatus.SENT, on=form.cleaned_data["on"],
            signed_file=form.cleaned_data["file"], acting_user=request.user,
        )  # fmt: skip
    except PartnershipError as refused:
        messages.error(request, str(refused))
    return redirect(agreement)


@require_POST
def agreement_transmitted(request: MemberRequest, pk: int) -> HttpResponse:
    agreement = _workable(request, pk)
    form = TransmissionForm(request.POST)
    if not form.is_valid():
        return _show(request, agreement, form)
    try:
        services.record_transmission(agreement=agreement, on=form.cleaned_data["on"], acting_user=request.user)
    except PartnershipError as refused:
        messages.error(request, str(refused))
    return redirect(agreement)


def _visible(request: MemberRequest, pk: int) -> Agreement:
    return get_object_or_404(Agreement.objects.visible_to(request.user).select_related("partnership"), pk=pk)


def _workable(request: MemberRequest, pk: int) -> Agreement:
    agreement = _visible(request, pk)
    _may_work(request, agreement.partnership)
    return agreement


def _may_work(request: MemberRequest, partnership: Partnership) -> None:
    if not rules.can_work_on(request.user, partnership):
        raise PermissionDenied


def _packages_are_missing(packages: str) -> str:
    return _("Le PDF ne peut pas être fait sur ce serveur. Paquets à installer : %(packages)s") % {"packages": packages}


def _file(content: bytes, agreement: Agreement, ending: str, content_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="convention-{agreement.pk}.{ending}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _show(request: MemberRequest, agreement: Agreement, refused: Form | None = None) -> HttpResponse:
    missing = missing_packages()
    context = {
        "agreement": agreement,
        "partnership": agreement.partnership,
        "can_work": rules.can_work_on(request.user, agreement.partnership),
        "signatories": agreement.signatories.select_related("actor"),
        "draft": markdown(draft_of(agreement), below=2),
        "estimate": estimate_for(agreement, timezone.localdate()),
        "signed_url": file_url(agreement.signed_file.name),
        "pdf_is_missing": _packages_are_missing(missing) if missing else "",
        "form": refused,
    }
    if agreement.status == AgreementStatus.SENT:
        context["signed_form"] = refused or SignedForm()
    if agreement.status == AgreementStatus.SIGNED and agreement.foreign == Foreign.LOCAL:
        context["transmission_form"] = refused or TransmissionForm()
    return render(request, "following/agreement.html", context)
