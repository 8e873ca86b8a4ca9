"""The site plan for search engines (sitemaps.org): what everybody sees, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from actors.models import Actor
from coexist.common.access import public
from events.models import Event
from mediatheque.models import Collection, Resource
from projects.achievements.models import Achievement
from projects.models import Need, Project

from .models import Page

ON_ONE_PAGE = 5_000  # sitemaps.org allows 50,000
KEPT = 3600  # seconds, by who asks; our own cache also counts attempts to log in, and is not for visitors to fill
FIXED = (
    "home",
    "search",
    "actor-list",
    "need-list",
    "project-list",
    "achievement-list",
    "resource-list",
    "collection-list",
    "agenda",
    "skill-list",
    "support",
    "key-figures",
    "partners",
    "contact-us",
    "site-plan",
)


@dataclass(frozen=True)
class Section:
    """Rows with `get_absolute_url`, and the field that tells when they changed."""

    rows: Callable[[], QuerySet]
    changed: str


SECTIONS = {
    "pages": Section(lambda: Page.objects.all(), "updated_at"),
    "acteurs": Section(lambda: Actor.objects.visible_to(AnonymousUser()).only("slug", "confirmed_at"), "confirmed_at"),
    "projets": Section(lambda: Project.objects.visible_to(AnonymousUser()).only("slug", "updated_at"), "updated_at"),
    "realisations": Section(lambda: Achievement.objects.public().only("slug", "published_at"), "published_at"),
    "evenements": Section(lambda: Event.objects.visible_to(AnonymousUser()).only("slug", "updated_at"), "updated_at"),
    "ressources": Section(lambda: Resource.objects.public().only("slug", "updated_at"), "updated_at"),
    "parcours": Section(lambda: Collection.objects.public().only("slug", "updated_at"), "updated_at"),
    "besoins": Section(lambda: Need.objects.visible_to(AnonymousUser()).only("updated_at"), "updated_at"),
}


@public
@require_safe
@cache_control(max_age=KEPT, public=True)
def sitemap_index(request: HttpRequest) -> HttpResponse:
    parts = [
        settings.SITE_URL + reverse("sitemap-part", args=[name, number])
        for name, section in SECTIONS.items()
        for number in range(1, _pages(section) + 1)
    ]
    return _xml(request, "pages/sitemap_index.xml", {"parts": parts})


@public
@require_safe
@cache_control(max_age=KEPT, public=True)
def sitemap_part(request: HttpRequest, name: str, number: int) -> HttpResponse:
    section = SECTIONS.get(name)
    if section is None or not 1 <= number <= _pages(section):
        raise Http404
    start = (number - 1) * ON_ONE_PAGE
    rows = section.rows().order_by("pk")[start : start + ON_ONE_PAGE]
    entries = [(settings.SITE_URL + row.get_absolute_url(), getattr(row, section.changed)) for row in rows]
    if name == "pages":
        entries = [(settings.SITE_URL + reverse(fixed), None) for fixed in FIXED] + entries
    return _xml(request, "pages/sitemap_part.xml", {"entries": entries})


def _pages(section: Section) -> int:
    return max(1, -(-section.rows().count() // ON_ONE_PAGE))


def _xml(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    return render(request, template, context, content_type="application/xml")


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What engines need not walk: searches without end, and pages behind the log-in."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/admin/", "/compte/", "/tableau-de-bord/", "/preferences/", "/*?")),
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
