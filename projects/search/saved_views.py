"""One's own kept searches."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actors.requests import MemberRequest
from actors.skills.detection import taxonomy
from coexist.common.mail.enums import Digest

from . import services
from .enums import Place
from .forms import SavedSearchForm
from .models import SavedSearch
from .queries import PAGES, address_of, canonical, in_words

NAME_LENGTH = 80


@require_safe
def saved_list(request: MemberRequest) -> HttpResponse:
    known = taxonomy()
    searches = list(SavedSearch.objects.visible_to(request.user)[: services.MOST])
    rows = [(search, in_words(search.place, search.query, known)) for search in searches]
    context = {"rows": rows, "most": services.MOST, "gets_none": request.user.digest == Digest.NEVER}
    return render(request, "search/saved_list.html", context)


@require_http_methods(["GET", "POST"])
def saved_create(request: MemberRequest) -> HttpResponse:
    """Keeps the search that stands in the address."""
    given = request.GET.get("place", "")
    place = Place(given) if given in Place.values else Place.EVERYTHING
    query = canonical(place, request.GET)
    if query is None:
        messages.error(request, _("Cette recherche ne peut pas être gardée : un filtre n'existe pas."))
        return redirect(PAGES[place])
    words = in_words(place, query)
    form = SavedSearchForm(request.POST or None, initial={"name": _suggested_name(words), "rhythm": Digest.DAILY})
    if request.method == "POST" and form.is_valid():
        try:
            services.keep_search(acting_user=request.user, place=place, query=query, **form.cleaned_data)
        except services.TooManySearchesError:
            form.add_error(
                None, _("Vous gardez déjà %(most)d recherches : supprimez-en une.") % {"most": services.MOST}
            )
        else:
            messages.success(request, _("C'est gardé."))
            return redirect("saved-search-list")
    context = {"form": form, "words": words, "place": place, "back": address_of(place, query), "search": None}
    return render(request, "search/saved_form.html", context)


@require_http_methods(["GET", "POST"])
def saved_edit(request: MemberRequest, pk: int) -> HttpResponse:
    search = _own(request, pk)
    form = SavedSearchForm(request.POST or None, instance=_own(request, pk))
    if request.method == "POST" and form.is_valid():
        services.change_search(search=search, **form.cleaned_data)
        messages.success(request, _("C'est gardé."))
        return redirect("saved-search-list")
    words = in_words(search.place, search.query)
    context = {
        "form": form, "words": words, "place": Place(search.place), "back": search.get_absolute_url(), "search": search,
    }  # fmt: skip
    return render(request, "search/saved_form.html", context)


@require_http_methods(["GET", "POST"])
def saved_delete(request: MemberRequest, pk: int) -> HttpResponse:
    search = _own(request, pk)
    if request.method == "POST":
        services.forget_search(search=search)
        messages.success(request, _("La recherche est supprimée."))
        return redirect("saved-search-list")
    return render(request, "search/saved_delete.html", {"search": search})


def _own(request: MemberRequest, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=pk)


def _suggested_name(words: list[str]) -> str:
    return ", ".join(words).replace("« ", "").replace(" »", "")[:NAME_LENGTH]
