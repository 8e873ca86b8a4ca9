"""The first page: what CoExist is, and a search for a skill or a need."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actors.models import Actor, Skill
from coexist.common.access import public
from projects.achievements.models import Achievement
from projects.models import Need, Project

LATEST = 3


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "needs": Need.objects.open().with_card_data()[:LATEST],
        "projects": Project.objects.public().with_card_data()[:LATEST],
        "achievements": Achievement.objects.public().with_card_data().newest_first()[:LATEST],
        "domains": Skill.objects.domains(),
        "actor_count": Actor.objects.approved().count(),
        "need_count": Need.objects.open().count(),
    }
    return render(request, "home.html", context)
