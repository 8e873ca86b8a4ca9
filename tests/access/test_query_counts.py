"""A list costs the same number of queries with one row and with three, and few of them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from projects.matching.models import Refusal, Solicitation
from projects.partnerships.enums import Side
from tests.access.crawl import client_of
from tests.access.growing import Growing, assert_constant, queries_of
from tests.factories import (
    achievements,
    calendars,
    events,
    following,
    imports,
    joining,
    network,
    people,
    resources,
    support,
)
from tests.factories.registrations import register

pytestmark = pytest.mark.django_db

MOST = 15
MOST_IN_ADMIN = 11  # the queue takes as many: it looks for duplicates of what waits


@pytest.fixture
def growing() -> Growing:
    return Growing()


@pytest.mark.parametrize(
    "params", [{}, {"q": "statuts relire", "theme": 6, "territory": "SN"}], ids=["all", "filtered"]
)
@pytest.mark.parametrize("name", ["actor-list", "project-list", "need-list", "achievement-list", "agenda"])
def test_public_lists(growing, name, params):
    assert_constant(growing, None, reverse(name), MOST, params)
    assert len(client_of(None).get(reverse(name)).context["rows"]) > 2


@pytest.mark.parametrize("name", ["home", "skill-list", "support", "partners", "site-plan", "contact-us"])
def test_public_pages_that_list(growing, name):
    assert_constant(growing, None, reverse(name), MOST)


@pytest.mark.parametrize("params", [{}, {"q": "statuts relire", "theme": 6, "territory": "SN"}])
def test_the_search_for_both_sides(growing, params):
    for person in (None, growing.person):
        assert_constant(growing, person, reverse("search"), MOST, params)


@pytest.mark.parametrize("params", [{"q": "statuts relire"}, {"q": "statuts", "type": "acteurs"}, {}])
@pytest.mark.parametrize("name", ["find", "find-suggestions"])
def test_the_search_over_everything(growing, name, params):
    """Where little answers it is asked once more, loosely."""
    for _time in range(3):
        growing.grow()
        for person in (None, growing.person):
            assert len(queries_of(client_of(person), reverse(name), params)) <= 12


@pytest.mark.parametrize(
    "name",
    ["dashboard", "introduction-list", "saved-search-list", "partnership-list", "support-list", "registration-list"],
)
def test_lists_of_ones_own(growing, name):
    assert_constant(growing, growing.person, reverse(name), MOST)


def test_needs_without_a_taker(growing):
    class Waiting:
        def grow(self) -> None:
            old = network.need(growing.project, published_at=timezone.now() - timedelta(days=30))
            for _number in range(2):
                Solicitation.objects.create(
                    need=growing.need, actor=network.actor(), person=people.verified(), channel="proposal"
                )
                Refusal.objects.create(need=old, actor=network.actor(), by_actor=True, reason="place")

    animator, need = people.animator(), [growing.need.pk]
    assert_constant(Waiting(), animator, reverse("admin:partnerships_introduction_stuck"), MOST_IN_ADMIN)
    assert_constant(Waiting(), animator, reverse("admin:partnerships_introduction_stuck_need", args=need), MOST)


def test_answers_to_a_need(growing):
    class Answering:
        def grow(self) -> None:
            actor = network.actor()
            network.match(growing.need, actor, offer=network.offer(actor))
            network.introduction(growing.need, actor)
            network.introduction(growing.need, network.actor())

    assert_constant(Answering(), growing.person, reverse("need-answers", args=[growing.need.pk]), MOST)


def test_a_thread_with_its_files(growing):
    introduction = network.introduction(growing.need, network.actor(), state="accepted")

    class Talking:
        def grow(self) -> None:
            for side in Side:
                said = network.message(introduction, side=side, author=growing.person)
                network.attachment(said)
                network.attachment(said)

    assert_constant(Talking(), growing.person, introduction.get_absolute_url(), 22)


def test_actors_proposed_for_a_need(growing):
    assert_constant(growing, growing.person, reverse("need-matches", args=[growing.need.pk]), MOST)


def test_needs_that_suit_an_actor(growing):
    assert_constant(growing, growing.person, reverse("actor-needs", args=[growing.actor.slug]), MOST)


def test_members_invitations_and_claims_of_an_actor(growing):
    for _row in range(2):
        network.join(people.verified(), growing.actor, "editor")
        joining.invitation(growing.actor, by=growing.person)
        joining.claim(growing.actor, people.verified())
    assert_constant(growing, growing.person, reverse("actor-members", args=[growing.actor.slug]), MOST)


def test_ones_own_sessions(growing):
    """django-allauth looks at each session, of which a person has few."""
    client = client_of(growing.person)
    joining.session_elsewhere(growing.person)
    assert len(queries_of(client, reverse("security"))) <= MOST


def test_rows_of_an_actors_page(growing):
    network.offer(growing.actor)
    # Five more than lists: one's own needs, about which one may write to this actor; its achievements; support offered,
    # and given; its next dates.
    assert_constant(growing, growing.person, growing.actor.get_absolute_url(), MOST + 5)


def test_an_actors_calendars(growing):
    class Importing:
        def grow(self) -> None:
            of = calendars.source(growing.actor, problems=[{"code": "no_uid", "line": 4, "params": {}}])
            calendars.entry(events.event(growing.actor, state="draft"), of)
            calendars.entry(events.event(growing.actor, state="draft"), of, gone_at=timezone.now())
            calendars.entry(events.event(growing.actor, state="draft"), of, conflicts={"title": "Autre"})

    assert_constant(Importing(), growing.person, reverse("actor-calendar", args=[growing.actor.slug]), MOST)


@pytest.mark.parametrize("name", ["agenda-calendar", "agenda-news"])
def test_feeds_of_the_agenda(growing, name):
    assert_constant(growing, None, reverse(name), 6, {"theme": 6})


@pytest.mark.parametrize("view", ["mois", "carte"])
def test_the_agenda_as_a_month_and_a_map(growing, view):
    assert_constant(growing, None, reverse("agenda"), MOST, {"vue": view})


def test_rows_of_an_events_page(growing):
    event = events.event(growing.actor, rule="FREQ=WEEKLY;COUNT=9")
    assert_constant(growing, growing.person, event.get_absolute_url(), MOST)


def test_rows_of_an_event_that_takes_registrations(growing):
    event = events.event(growing.actor, booking="each", rule="FREQ=WEEKLY;COUNT=3", capacity=2)

    class Filling:
        def grow(self) -> None:
            for row in event.occurrences.all():
                register(event, row)

    for row in event.occurrences.all():
        register(event, row, person=growing.person)
    # Six more than without: one's own, whether it is open, whose numbers one may read, and the numbers.
    assert_constant(Filling(), growing.person, event.get_absolute_url(), MOST + 6)
    assert_constant(Filling(), growing.person, reverse("event-registrations", args=[event.slug]), MOST)
    for name in ("attendance", "attendance-csv", "attendance-sheet"):
        assert_constant(Filling(), growing.person, reverse(name, args=[events.date_of(event).pk]), MOST)


@pytest.mark.parametrize("name", ["resource-own", "resource-list", "loan-list", "collection-list"])
def test_lists_of_resources(growing, name):
    assert_constant(growing, growing.person, reverse(name), MOST)


def test_the_search_of_the_mediatheque(growing):
    asked = {"q": "statuts relire", "theme": 6, "territory": "SN"}
    assert_constant(growing, None, reverse("resource-list"), MOST, asked)
    assert_constant(growing, None, reverse("resource-news"), MOST, asked)


def test_text_of_a_resource(growing):
    resource = resources.resource(growing.actor, themes=[6])
    text = reverse("resource-text", args=[resource.slug, 1])
    resources.read(resources.file(resource), "Relire.", "Des statuts.", "Relire des statuts.")
    assert_constant(growing, growing.person, text, MOST, {"q": "statuts"})
    assert_constant(growing, None, resource.get_absolute_url(), MOST)


def test_files_of_a_resource(growing):
    resource = resources.resource(growing.actor)

    class Sending:
        def grow(self) -> None:
            video = resources.file(resource, resources.mp4(len(resource.files.all()) + 1), "film.mp4")
            said = f"WEBVTT\n\n00:01.000 --> 00:02.000\n{video.pk}\n".encode()
            resources.file(resource, said, "a.vtt", video=video, language="fr")
            resources.file(resource, replaces=resources.file(resource))

    assert_constant(Sending(), growing.person, resource.get_absolute_url(), MOST)
    assert_constant(Sending(), growing.person, reverse("resource-files", args=[resource.slug]), MOST)
    decide = reverse("admin:mediatheque_resource_decide", args=[resource.pk])
    assert_constant(Sending(), people.animator(), decide, MOST)


def test_the_steps_of_a_collection_and_the_loans_of_an_exhibition(growing):
    lent = resources.lent(growing.actor)
    collection = resources.collection(lent)

    class Adding:
        def grow(self) -> None:
            collection.steps.create(resource=resources.resource(network.actor()))
            resources.collection(lent)
            resources.loan(lent, network.actor(), state="agreed")

    assert_constant(Adding(), growing.person, collection.get_absolute_url(), MOST)
    assert_constant(Adding(), growing.person, lent.get_absolute_url(), MOST)


def test_rows_of_a_projects_page(growing):
    # Two more than lists: the skills of its needs, and the resources that help with them.
    assert_constant(growing, growing.person, growing.project.get_absolute_url(), MOST + 2)


def test_resources_that_help_on_a_needs_page(growing):
    class Helping:
        def grow(self) -> None:
            resources.resource(network.actor(), title="Relire des statuts")

    assert_constant(Helping(), growing.person, growing.need.get_absolute_url(), MOST + 2)


def test_rows_of_a_trainings_page(growing):
    training = events.event(growing.actor, kind="training", title="Relire des statuts")
    assert_constant(growing, growing.person, training.get_absolute_url(), MOST + 3)


ADMIN_LISTS = [
    "imports_importrun", "imports_provenance",
    "actors_actor", "actors_offer", "actors_skill", "actors_user", "projects_project", "projects_need",
    "matching_match", "partnerships_introduction", "following_partnership", "following_agreement",
    "achievements_achievement", "mediatheque_resource",
    "mediatheque_loanrequest", "mediatheque_collection",
    "support_expertoffer", "support_supportrequest",
    "common_outgoingemail", "common_suspendedaddress",
    "pages_contactmessage", "pages_partner", "actors_reasontemplate", "actors_invitation",
    "actors_membershipclaim", "actors_membershipevent",
]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["partnership-board", "partnership-follow", "partnership-export", "support-follow", "support-export"]
)
def test_what_animators_follow(growing, name):
    assert_constant(growing, people.animator(), reverse(name), MOST)


def test_rows_of_a_partnership():
    assert _queries_of_partnership(1) == _queries_of_partnership(4) <= 20


def _queries_of_partnership(rows: int) -> int:
    (one, person), (two, other) = network.owned_actor(), network.owned_actor()
    made = following.partnership(one, two, *(network.owned_actor()[0] for _party in range(rows)))
    for _row in range(rows):
        following.note(made, by=other)
        following.milestone(made)
        following.document(made, by=other)
        following.agreement(made)
    return len(queries_of(client_of(person), made.get_absolute_url()))


@pytest.mark.parametrize("sides", ["visitor", "side"])
def test_the_page_and_the_desk_of_an_achievement(sides):
    assert _queries_of_achievement(1, sides) == _queries_of_achievement(4, sides) <= MOST


def _queries_of_achievement(rows: int, who: str) -> int:
    one, person = network.owned_actor()
    told = achievements.published(one, *(network.owned_actor()[0] for _side in range(rows)), themes=[6])
    for side in told.contributions.select_related("achievement"):
        for _row in range(rows):
            achievements.picture(side)
        achievements.appraisal(told, side.actor)
    for _row in range(2):
        achievements.published(network.actor(), network.actor(), themes=[6])
    client = client_of(person if who == "side" else None)
    return len(queries_of(client, told.desk_url if who == "side" else told.get_absolute_url()))


def test_rows_of_a_request_for_help_and_of_references(growing):
    made = support.request(growing.actor, expert=network.actor(), state="under_way")

    class Helping:
        def grow(self) -> None:
            support.note(made, by=people.verified())
            made.changes.create(after="under_way", by=people.verified(), expert=network.actor())
            support.reference(growing.actor, network.actor())

    assert_constant(Helping(), growing.person, made.get_absolute_url(), 20)
    assert_constant(Helping(), None, reverse("support-references", args=[growing.actor.slug]), MOST)


@pytest.mark.parametrize("model", ADMIN_LISTS)
def test_lists_of_the_administration(growing, model):
    assert_constant(growing, people.superuser(), reverse(f"admin:{model}_changelist"), MOST_IN_ADMIN)


@pytest.mark.parametrize("model", ["actors_actor", "actors_membershipclaim", "projects_need", "common_outgoingemail"])
def test_what_the_animators_work_through(growing, model):
    assert_constant(growing, people.animator(), reverse(f"admin:{model}_changelist"), MOST_IN_ADMIN)


@pytest.mark.parametrize("name", ["admin:imports_importrun_changelist", "admin:imports_provenance_tell"])
def test_imports_and_people_to_tell(growing, name):
    assert_constant(growing, people.animator(), reverse(name), MOST)


@pytest.mark.parametrize("step", ["preview", "progress", "mapping", "launch"])
def test_lines_of_an_import(step):
    assert _queries_of_import(step, lines=1) == _queries_of_import(step, lines=4) <= MOST


def _queries_of_import(step: str, lines: int) -> int:
    animator = people.animator()
    run = imports.reviewed(animator)
    for number in range(lines):
        alike = [{"actor": network.actor().pk, "strength": 1, "reasons": ["Même nom"]}]
        run.lines.create(number=10 + number, raw=["A", "ONG"], values={"name": "A"}, state="checked", candidates=alike)
    if step == "progress":
        run.lines.update(state="skipped")
        type(run).objects.update(state="done")
    return len(queries_of(client_of(animator), reverse(f"admin:imports_importrun_{step}", args=[run.pk])))


def test_ones_own_data(growing):
    """Many sections, one or two queries each, however much they hold."""
    assert_constant(growing, growing.person, reverse("my-data"), 66)
