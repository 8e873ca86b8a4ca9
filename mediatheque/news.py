"""What was published last, for feed readers, narrowed as the list is."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from coexist.common.access import public
from coexist.common.lists import page_query, too_many_searches
from coexist.common.news import NewsItem, news_answer

from .filters import ResourceFilter
from .models import Resource
from .results import NEWEST, ResourceResults

MOST = 30


@public
@require_safe
def resource_news(request: HttpRequest) -> HttpResponse:
    """A filter that cannot be read is an error here: nobody would see that the feed holds everything."""
    rows = Resource.objects.public().with_card_data()
    result = ResourceResults(rows, ResourceFilter(request.GET, queryset=rows, request=request))
    if not result.filter.is_valid():
        return HttpResponseBadRequest(_("Ce filtre n'existe pas."), content_type="text/plain; charset=utf-8")
    over = too_many_searches(request)
    if over is not None:
        return over
    query = page_query(request)
    return news_answer(
        request,
        title=gettext_lazy("La médiathèque de CoExist"),
        path=reverse("resource-list") + (f"?{query}" if query else ""),
        about=gettext_lazy("Rapports, guides, vidéos, modèles : ce que le réseau vient de publier."),
        items=lambda: [_item(row) for row in result.all.order_by(*NEWEST)[:MOST]],
    )


def _item(row: Resource) -> NewsItem:
    by = _("Publiée par %(actor)s") % {"actor": row.publisher.name}
    return NewsItem(
        f"coexist-resource-{row.pk}", row.title, row.get_absolute_url(),
        f"{row.get_kind_display()}, {row.year} · {row.summary} · {by}", row.published_at,
        [str(row.get_kind_display())],
    )  # fmt: skip
