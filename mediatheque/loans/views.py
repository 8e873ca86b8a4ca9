"""Asking to borrow, one's own loans, the page of one and what is decided there."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors.current import current_actor
from actors.joining.access import hide, refuse
from actors.models import Actor
from actors.requests import MemberRequest
from actors.rules import has_verified_email
from coexist.common.lists import BoundedPaginator

from ..models import LoanRequest, Resource
from . import rules, services
from .forms import LoanForm, LoanMoveForm
from .states import MOVES, LoanState

PAGE = 30
BUTTONS: dict[tuple[str, str], Any] = {
    (LoanState.ASKED, LoanState.AGREED): gettext_lazy("Accorder ce prêt"),
    (LoanState.ASKED, LoanState.DECLINED): gettext_lazy("Décliner"),
    (LoanState.ASKED, LoanState.WITHDRAWN): gettext_lazy("Retirer la demande"),
    (LoanState.AGREED, LoanState.DECLINED): gettext_lazy("Revenir sur l'accord"),
    (LoanState.AGREED, LoanState.WITHDRAWN): gettext_lazy("Renoncer à l'emprunt"),
    (LoanState.AGREED, LoanState.RETURNED): gettext_lazy("C'est rendu"),
}
GOES_ON = (LoanState.AGREED, LoanState.RETURNED)  # what is hoped for; the other buttons stand back
WORDS: dict[str, Any] = {
    LoanState.AGREED: gettext_lazy("Un mot : où et quand venir, qui appeler (facultatif)"),
    LoanState.DECLINED: gettext_lazy("Pourquoi, en une phrase"),
}


@require_safe
def loan_list(request: MemberRequest) -> HttpResponse:
    """What one's own actors lend and borrow, what waits first."""
    rows = LoanRequest.objects.of_member(request.user).waiting_first().with_card_data()
    page = BoundedPaginator(rows, PAGE, count=rows.count()).get_page(request.GET.get("page"))
    own = set(Actor.objects.of_member(request.user).values_list("pk", flat=True))
    context = {"page_obj": page, "rows": [(row, row.resource.publisher_id in own) for row in page]}
    return render(request, "mediatheque/loans/list.html", context)


@require_http_methods(["GET", "POST"])
def resource_borrow(request: MemberRequest, slug: str) -> HttpResponse:
    """Asked in the name of an approved actor, by a person whose address is confirmed."""
    resource = _lent(request, slug)
    borrowers = rules.borrowers(request.user, resource)
    if not borrowers.exists():
        messages.info(request, _("On emprunte au nom d'un acteur validé, autre que celui qui prête."))
        return redirect(resource)
    form = LoanForm(request.POST or None, borrowers=borrowers, initial={"actor": current_actor(request)})
    if request.method == "POST" and form.is_valid() and (loan := _asked(request, form, resource)):
        messages.success(request, _("C'est envoyé. Un e-mail vous dira la réponse."))
        return redirect(loan)
    taken = LoanRequest.objects.to_come().filter(resource=resource)[:12]
    return render(request, "mediatheque/loans/ask.html", {"form": form, "resource": resource, "taken": taken})


@require_safe
def loan_detail(request: MemberRequest, pk: int) -> HttpResponse:
    loan = _visible(request, pk)
    sides = rules.sides_of(request.user, loan)
    moves = [
        {
            "to": to, "label": BUTTONS[loan.state, to], "word": WORDS.get(to, ""), "goes_on": to in GOES_ON,
            "needs_why": MOVES[LoanState(loan.state), to].needs_why,
        }
        for to in rules.moves_of(loan, sides)
    ]  # fmt: skip
    clash = LoanRequest.objects.none()
    if loan.state == LoanState.ASKED:
        clash = LoanRequest.objects.agreed().filter(resource=loan.resource).meeting(loan.starts_on, loan.ends_on)
    context = {"loan": loan, "steps": loan.steps.order_by("at", "pk"), "moves": moves, "clash": clash[:3]}
    return render(request, "mediatheque/loans/detail.html", context)


@require_POST
def loan_move(request: MemberRequest, pk: int) -> HttpResponse:
    loan = _visible(request, pk)
    if not rules.sides_of(request.user, loan):
        raise refuse(request.user, loan.actor)
    form = LoanMoveForm(request.POST)
    try:
        if not form.is_valid():
            raise services.LoanError(_("Ce formulaire n'est pas complet : rechargez la page."))
        services.move(loan=loan, acting_user=request.user, **form.cleaned_data)
    except services.LoanError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("C'est fait ; l'autre côté est prévenu."))
    return redirect(loan)


def _lent(request: HttpRequest, slug: str) -> Resource:
    resource = get_object_or_404(Resource.objects.public().select_related("publisher"), slug=slug)
    if not resource.is_lent:
        raise Http404
    return resource


def _visible(request: MemberRequest, pk: int) -> LoanRequest:
    rows = LoanRequest.objects.visible_to(request.user).select_related("actor", "resource__publisher")
    loan = rows.filter(pk=pk).first()
    if loan is None:
        hidden = get_object_or_404(LoanRequest.objects.select_related("actor", "resource__publisher"), pk=pk)
        raise hide(request.user, hidden.actor, hidden.resource.publisher)
    return loan


def _asked(request: MemberRequest, form: LoanForm, resource: Resource) -> LoanRequest | None:
    if not has_verified_email(request.user):
        form.add_error(None, _("Confirmez d'abord votre adresse e-mail."))
        return None
    try:
        return services.ask(resource=resource, acting_user=request.user, **form.cleaned_data)[0]
    except services.LoanError as refused:
        form.add_error("starts_on", str(refused))
    except IntegrityError:  # a key that another's form had
        form.add_error(None, _("Rechargez la page, puis recommencez."))
    return None
