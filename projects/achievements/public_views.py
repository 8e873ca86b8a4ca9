"""What everybody sees: the list, and the page of one achievement."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from coexist.common.access import public
from coexist.common.lists import SearchedList
from projects.following.models import Partnership
from projects.models import Need

from .enums import AchievementState
from .filters import AchievementFilter
from .models import Achievement
from .results import AchievementResults
from .structured import achievement_facts

OTHERS = 3


@method_decorator(public, name="dispatch")
class AchievementList(SearchedList):
    template_name = "achievements/list.html"
    results_template = "achievements/_results.html"

    def results(self) -> AchievementResults:
        rows = Achievement.objects.public().with_card_data()
        return AchievementResults(rows, AchievementFilter(self.request.GET, queryset=rows, request=self.request))


@public
@require_safe
def achievement_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The page; to the sides and the animators also before it is public, so that they read what they agree to."""
    seen = Achievement.objects.visible_to(request.user).select_related("partnership__need")
    row = seen.filter(slug=slug).first()
    if row is None:
        return _not_there(request, slug)
    is_public = Achievement.objects.public().filter(pk=row.pk).exists()
    sides = list(row.contributions.select_related("actor").prefetch_related("pictures").order_by("pk"))
    pictures = [picture for side in sides for picture in side.pictures.all()]
    pictures.sort(key=lambda picture: picture.pk)
    alike = Achievement.objects.public().filter(themes__overlap=row.themes).exclude(pk=row.pk)
    partnerships = Partnership.objects.visible_to(request.user) if request.user.is_authenticated else None
    context = {
        "achievement": row,
        "sides": sides,
        "cover": pictures[0] if pictures else None,
        "pictures": pictures[1:],
        "need": _visible_need(request, row),
        "is_public": is_public,
        "is_side": partnerships is not None and partnerships.filter(pk=row.partnership_id).exists(),
        "others": alike.with_card_data().newest_first()[:OTHERS],
        "facts": achievement_facts(row, sides, pictures) if is_public else None,
        "site_url": settings.SITE_URL,
    }
    return render(request, "achievements/detail.html", context)


def _not_there(request: HttpRequest, slug: str) -> HttpResponse:
    """410 for a page that was public once and was taken away for good reasons; else as if it had never been."""
    was_there = Achievement.objects.filter(slug=slug).exclude(published_at=None)
    if not was_there.exclude(state=AchievementState.PUBLISHED).exists():
        raise Http404
    return render(request, "achievements/gone.html", status=410)


def _visible_need(request: HttpRequest, row: Achievement) -> Need | None:
    need = row.partnership.need
    if need is None:
        return None
    return Need.objects.visible_to(request.user).select_related("project").filter(pk=need.pk).first()
