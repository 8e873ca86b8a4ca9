"""The search for both sides."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from coexist.common.access import public
from coexist.common.lists import page_query, too_many_searches, wants_fragment

from .queries import for_actors, for_needs
from .sides import BothSides

SHOWN = 6  # of each side; the rest is one link away


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """From a sentence, the actors who can answer and the open needs that are near."""
    if refused := too_many_searches(request):
        return refused
    sides = BothSides(request.GET)
    is_fragment = wants_fragment(request)
    if is_fragment and not sides.filter.is_valid():
        return HttpResponseClientRedirect(request.get_full_path())
    context = {
        "sides": sides,
        "filter": sides.filter,
        "facets": sides.filter.shown_facets(sides.counts),
        "chosen": sides.filter.chosen_options(request.GET),
        "actors": sides.actors.first(SHOWN),
        "needs": sides.needs.first(SHOWN),
        "actors_query": for_actors(request.GET).urlencode(),
        "needs_query": for_needs(request.GET).urlencode(),
        "page_query": page_query(request),
        "results_template": "search/_results.html",
    }
    return render(request, "search/_results.html" if is_fragment else "search/page.html", context)
