"""The organiser's side: how many, who, who came; adding and withdrawing by hand; as CSV and on paper."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import ListView

from actors.requests import MemberRequest
from coexist.common.sheets import as_csv

from ..models import Event, Occurrence
from . import rules, services, sheet
from .enums import State
from .errors import RegistrationError
from .forms import RegistrationForm
from .models import Registration, Seat


class EventDates(ListView):
    """Each date with its numbers; names are one page further."""

    template_name = "registrations/event.html"
    paginate_by = 24
    event: Event

    def get_queryset(self) -> Any:
        self.event = _event(self.request, self.kwargs["slug"], rules.can_read_counts)
        waiting = Count("seats", filter=Q(seats__registration__state=State.WAITING))
        came = Count("seats", filter=Q(seats__came=True))
        return self.event.occurrences.annotate(waiting=waiting, came=came).order_by("starts_at", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        for row in context["object_list"]:
            row.event = self.event
        can_keep = rules.can_keep_list(self.request.user, self.event)
        return {
            **context,
            "event": self.event,
            "can_read": can_keep or rules.can_read_list(self.request.user, self.event),
            "can_add": can_keep and rules.takes_by_hand(self.event),
        }


class AttendanceList(ListView):
    """Who is registered, who waits; a POST says who came."""

    template_name = "registrations/attendance.html"
    paginate_by = 50
    occurrence: Occurrence

    def get_queryset(self) -> Any:
        self.occurrence = _occurrence(self.request, self.kwargs["pk"])
        return Seat.objects.on(self.occurrence)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        event = self.occurrence.event
        can_keep = rules.can_keep_list(self.request.user, event)
        return {
            **super().get_context_data(**kwargs),
            "occurrence": self.occurrence,
            "event": event,
            "can_keep": can_keep,
            "can_add": can_keep
            and rules.takes_by_hand(event)
            and not (self.occurrence.is_off or self.occurrence.is_past),
            "gives_certificates": rules.gives_certificates(event) and self.occurrence.is_past,
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        occurrence = _occurrence(request, pk)
        if not rules.can_keep_list(request.user, occurrence.event):
            raise PermissionDenied
        came = services.mark_attendance(
            occurrence=occurrence, listed=_keys(request, "listed"), came=_keys(request, "came"),
            acting_user=request.user,  # type: ignore[arg-type]
        )  # fmt: skip
        said = ngettext(
            "%(count)d personne présente sur cette page.", "%(count)d personnes présentes sur cette page.", came
        )
        messages.success(request, said % {"count": came})
        return redirect(request.get_full_path())


@require_safe
def attendance_csv(request: MemberRequest, pk: int) -> StreamingHttpResponse:
    occurrence = _occurrence(request, pk)
    rows = as_csv(sheet.rows_of(occurrence))
    answer = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    name = f"inscriptions-{occurrence.local_start:%Y-%m-%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def attendance_sheet(request: MemberRequest, pk: int) -> HttpResponse:
    """To print, and to sign. It goes from hand to hand: names, and nothing of what they need."""
    occurrence = _occurrence(request, pk)
    seats = Seat.objects.on(occurrence).holding()[: sheet.MOST]
    context = {"occurrence": occurrence, "event": occurrence.event, "seats": seats}
    return render(request, "registrations/attendance_sheet.html", context)


@require_http_methods(["GET", "POST"])
def add(request: MemberRequest, slug: str) -> HttpResponse:
    """Somebody who phoned."""
    event = _event(request, slug, rules.can_keep_list)
    form = RegistrationForm(request.POST or None, event=event, by_hand=True, initial={"what": request.GET.get("date")})
    if not rules.takes_by_hand(event) or not form.takes_any:
        messages.info(request, _("On ne s'inscrit pas, ou plus, à cet événement sur CoExist."))
        return redirect("event-registrations", slug)
    if request.method == "POST" and form.is_valid() and _add(request, form):
        return redirect("event-registrations", slug)
    return render(request, "registrations/register.html", {"form": form, "event": event, "by_hand": True})


@require_http_methods(["GET", "POST"])
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody phoned that they do not come."""
    visible = Registration.objects.visible_to(request.user).select_related("event__organiser", "occurrence")
    registration = get_object_or_404(visible.live(), pk=pk)
    if not rules.can_keep_list(request.user, registration.event):
        raise PermissionDenied
    if request.method == "POST":
        services.cancel(registration=registration)
        messages.success(request, _("L'inscription est annulée, la personne est prévenue."))
        return redirect("event-registrations", registration.event.slug)
    context = {"registration": registration, "event": registration.event, "what": "withdraw"}
    return render(request, "registrations/link.html", context)


def _event(request: Any, slug: str, may: Any) -> Event:
    visible = Event.objects.visible_to(request.user).select_related("organiser")
    event = get_object_or_404(visible, slug=slug)
    if not may(request.user, event):
        raise PermissionDenied
    return event


def _occurrence(request: Any, pk: int) -> Occurrence:
    visible = Occurrence.objects.visible_to(request.user).select_related("event__organiser")
    occurrence = get_object_or_404(visible, pk=pk)
    if not rules.can_read_list(request.user, occurrence.event):
        raise PermissionDenied
    return occurrence


def _keys(request: HttpRequest, name: str) -> list[int]:
    """What is no number of ours is left out."""
    return [int(key) for key in request.POST.getlist(name) if key.isdecimal() and len(key) < 19]


def _add(request: MemberRequest, form: RegistrationForm) -> bool:
    data = form.cleaned_data
    try:
        made = services.add_by_hand(
            event=form.event, occurrence=form.chosen(), name=data["name"], email=data["email"],
            access_needs=data["access_needs"], acting_user=request.user,
        )  # fmt: skip
    except RegistrationError as refused:
        form.add_error(None, str(refused))
        return False
    said = _("%(name)s est sur la liste.") if made.is_registered else _("C'est complet : %(name)s attend une place.")
    messages.success(request, said % {"name": made.name})
    return True
