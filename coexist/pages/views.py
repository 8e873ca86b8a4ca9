"""Legal pages, the site plan, partners, and the contact form: all open to everybody."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actors.models import Skill
from coexist.common.access import public
from coexist.common.limits import Limit, is_over

from .forms import ContactForm
from .models import Page, PageVersion, Partner
from .rendering import render_page
from .services import receive_message

PAGE_OF_OURS = re.compile(r"(?:/[a-z0-9-]{1,80}){1,4}/", re.ASCII)
VERSIONS_SHOWN = 20
PARTNERS_SHOWN = 100
# Of one address on the network; forms.py counts those of one e-mail address.
MESSAGES = Limit("contact", per_account=10, per_address=20)


@public
@require_safe
def page_detail(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_object_or_404(Page, slug=slug)
    versions = page.versions.defer("body")[:VERSIONS_SHOWN]
    return render(request, "pages/page.html", {"page": page, "html": render_page(page.body), "versions": versions})


@public
@require_safe
def page_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    version = get_object_or_404(PageVersion.objects.select_related("page"), page__slug=slug, number=number)
    return render(request, "pages/version.html", {"version": version, "html": render_page(version.body)})


@public
@require_safe
def site_plan(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/site_plan.html", {"pages": Page.objects.all(), "domains": Skill.objects.domains()})


@public
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/partners.html", {"partners": Partner.objects.shown()[:PARTNERS_SHOWN]})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def contact_us(request: HttpRequest) -> HttpResponse:
    form = ContactForm(request.POST or None, initial=_known_of(request))
    if request.method == "POST" and is_over(request, MESSAGES):
        return _too_many(request, form)
    if request.method == "POST" and form.is_valid():
        message = form.save(commit=False)
        message.form_key = form.cleaned_data["form_key"]
        receive_message(message=message)
        return redirect("contact-us-sent")
    return render(request, "pages/contact.html", {"form": form})


@public
@require_safe
def contact_us_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/contact_sent.html")


def _too_many(request: HttpRequest, form: ContactForm) -> HttpResponse:
    """With what was typed."""
    form.add_error(None, _("Beaucoup de messages viennent de votre connexion : réessayez dans une heure."))
    return render(request, "pages/contact.html", {"form": form}, status=429)


def _known_of(request: HttpRequest) -> dict[str, str]:
    """Who writes; of which page, where a link there led here."""
    user, about = request.user, request.GET.get("page", "")
    known = {"name": user.name, "email": user.email} if user.is_authenticated else {}
    if PAGE_OF_OURS.fullmatch(about):
        known |= {"subject": _("Une erreur à signaler"), "body": f"{settings.SITE_URL}{about}\n\n"}
    return known
