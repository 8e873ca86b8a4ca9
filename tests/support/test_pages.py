"""What each side, an animator, a stranger and a visitor see and do on the pages of accompaniment."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actors.enums import Role
from projects.support.enums import SupportKind
from projects.support.models import ExpertOffer, SupportRequest
from tests.factories import following, network, people, support

pytestmark = pytest.mark.django_db

MOST_QUERIES = 20


@pytest.fixture
def asker():
    return network.owned_actor(name="Ville d'Annemasse")


@pytest.fixture
def helper():
    return support.expert(name="Kaléido", slug="kaleido", themes=[17], territories=["74"], reach=["74", "FR-ARA", "FR"])


def html(client, address, **params) -> str:
    answer = client.get(address, params)
    assert answer.status_code == 200
    return answer.content.decode()


def step(client, name, row, **data):
    return client.post(reverse(name, args=[row.pk]), data, follow=True)


# The public pages -------------------------------------------------------------------------------


def test_confirmed_experts_are_found_by_kind_theme_and_territory(client, helper):
    support.offers(network.actor(name="Pas encore"), state="waiting")
    other = support.expert(SupportKind.EVENT, name="Autre expert")[0]
    support.offers(other, SupportKind.COACHING)
    page = reverse("support")
    assert set(client.get(page).context["rows"]) == {helper[0], other}
    for asked in ({"kind": "technical"}, {"theme": 17}, {"territory": "FR-ARA"}):
        assert set(client.get(page, asked).context["rows"]) == {helper[0]}, asked
    both = client.get(page, {"kind": ["technical", "coaching"]}).context
    assert (set(both["rows"]), both["result"].counts.total) == ({helper[0], other}, 2)
    counts = {option.value: option.count for option in client.get(page).context["facets"][0].options}
    assert counts == {"technical": 1, "event": 1, "coaching": 1}
    assert "Pas encore" not in html(client, page)


def test_a_suspended_expert_is_listed_nowhere(client, helper):
    type(helper[0]).objects.update(state="suspended")
    assert not client.get(reverse("support")).context["rows"]
    assert client.get(reverse("support-references", args=["kaleido"])).status_code == 404


def test_an_experts_page_tells_what_it_offers_and_what_both_sides_agreed_to_show(client, helper, asker):
    support.reference(helper[0], asker[0], "Deux ateliers de budget")
    support.reference(helper[0], asker[0], "Sans accord de qui demandait", asker_shows=False)
    support.reference(helper[0], asker[0], "Sans accord de l'expert", expert_shows=False)
    support.reference(helper[0], asker[0], "Pas encore confirmé", state="done")
    for address in (helper[0].get_absolute_url(), reverse("support-references", args=["kaleido"])):
        shown = html(client, address)
        assert "Deux ateliers de budget" in shown
        assert asker[0].name in shown.replace("&#x27;", "'")
        assert "Sans accord" not in shown
        assert "Pas encore confirmé" not in shown
    assert "Monter un budget à plusieurs." in html(client, helper[0].get_absolute_url())


def test_only_who_may_ask_is_offered_to(client, helper, asker):
    link = f"{reverse('support-ask')}?expert=kaleido"
    assert link not in html(client, helper[0].get_absolute_url())
    for person, offered in ((asker[1], True), (helper[1], False), (people.verified(), False)):
        client.force_login(person)
        assert (link in html(client, helper[0].get_absolute_url())) is offered


# Asking -----------------------------------------------------------------------------------------


def form(actor, **fields) -> dict:
    return {
        "actor": actor.pk, "kind": "technical", "title": "Relire notre budget", "expected": "Un avis.",
        "meeting": "any", "form_key": uuid4(), **fields,
    }  # fmt: skip


def test_an_expert_is_asked_from_its_page_for_what_it_offers(client, helper, asker):
    client.force_login(asker[1])
    address = f"{reverse('support-ask')}?expert=kaleido"
    kinds = [code for code, _label in client.get(address).context["form"].fields["kind"].choices]
    assert kinds == ["technical"]
    assert client.post(address, form(asker[0], kind="event")).status_code == 200
    assert not SupportRequest.objects.exists()
    answer = client.post(address, form(asker[0]))
    row = SupportRequest.objects.get()
    assert (answer["Location"], row.expert, row.state) == (row.get_absolute_url(), helper[0], "asked")


def test_only_ones_own_projects_and_partnerships_can_be_named(client, asker):
    mine = network.project(asker[0])
    foreign = network.project(network.actor())
    ours = following.partnership(asker[0], network.actor())
    theirs = following.partnership(network.actor(), network.actor())
    client.force_login(asker[1])
    page = reverse("support-ask")
    shown = client.get(page).context["form"].fields
    assert (set(shown["project"].queryset), set(shown["partnership"].queryset)) == ({mine}, {ours})
    for refused in ({"project": foreign.pk}, {"partnership": theirs.pk}):
        assert client.post(page, form(asker[0], **refused)).status_code == 200
    assert client.post(page, form(asker[0], project=mine.pk, partnership=ours.pk)).status_code == 302


def test_who_may_not_ask_is_told_why(client, asker, helper):
    for person in (people.verified(), people.unverified()):
        network.join(person, asker[0], Role.READER)
        client.force_login(person)
        assert "acteur validé" in html(client, reverse("support-ask"))
        client.post(reverse("support-ask"), form(asker[0]))
    assert not SupportRequest.objects.exists()


def test_a_past_date_is_refused_and_what_was_typed_is_kept(client, asker):
    client.force_login(asker[1])
    yesterday = timezone.localdate() - timedelta(days=1)
    answer = client.post(reverse("support-ask"), form(asker[0], by_date=yesterday, title="Un long titre"))
    assert "Un long titre" in answer.content.decode()
    assert "Cette date est passée" in answer.content.decode()


def test_asking_is_limited(client, asker, settings):
    settings.RATE_LIMITED = True
    client.force_login(asker[1])
    codes = [client.post(reverse("support-ask"), {}).status_code for _click in range(11)]
    assert codes == [200] * 10 + [429]


# A request --------------------------------------------------------------------------------------


def test_from_the_question_to_the_public_reference(client, helper, asker):
    row = support.request(asker[0], expert=helper[0], state="asked")
    client.force_login(helper[1])
    assert "demande votre aide" in html(client, reverse("dashboard"))
    step(client, "support-move", row, seen=0, to="under_way")
    step(client, "support-note", row, on=timezone.localdate(), text="Premier appel fait.", form_key=uuid4())
    done = {"seen": 1, "done": "Deux ateliers.", "reference": "Deux ateliers de budget", "shows": "on"}
    step(client, "support-finish", row, **done)
    client.force_login(asker[1])
    assert "Premier appel fait." in html(client, row.get_absolute_url())
    assert "est-il bien terminé" in html(client, reverse("dashboard"))
    step(client, "support-confirm", row, seen=2, comment="Merci", shows="on")
    client.logout()
    assert "Deux ateliers de budget" in html(client, helper[0].get_absolute_url())


def test_who_declines_sees_it_no_more(client, helper, asker):
    row = support.request(asker[0], expert=helper[0], state="asked")
    client.force_login(helper[1])
    assert "Dites pourquoi" in step(client, "support-move", row, seen=0, to="waiting").content.decode()
    answer = step(client, "support-move", row, seen=0, to="waiting", why="Trop loin")
    assert answer.redirect_chain[0][0] == reverse("support-list")
    assert client.get(row.get_absolute_url()).status_code == 404
    client.force_login(asker[1])
    assert "Trop loin" in html(client, row.get_absolute_url())


def test_the_page_of_an_old_tab_is_told_who_was_quicker(client, helper, asker):
    row = support.request(asker[0], expert=helper[0], state="asked")
    client.force_login(helper[1])
    step(client, "support-move", row, seen=0, to="under_way")
    client.force_login(asker[1])
    answer = step(client, "support-move", row, seen=0, to="withdrawn", why="Trop tard")
    assert "Entre-temps, Camille Test" in answer.content.decode()
    assert SupportRequest.objects.get().state == "under_way"


def test_a_plan_from_an_old_page_is_refused(client, helper, asker):
    row = support.request(asker[0], expert=helper[0], state="under_way")
    client.force_login(asker[1])
    plan = {"seen": row.changed_at.isoformat(), "next_step": "Relire", "next_person": helper[1].pk}
    assert step(client, "support-plan", row, **plan).redirect_chain
    assert "modifié à l&#x27;instant" in step(client, "support-plan", row, **plan).content.decode()
    row.refresh_from_db()
    assert (row.next_step, row.next_person) == ("Relire", helper[1])


def test_a_private_project_is_named_and_not_linked_to_who_helps(client, helper, asker):
    draft = network.project(asker[0], state="draft", title="Encore secret")
    row = support.request(asker[0], expert=helper[0], state="under_way", project=draft)
    for person, linked in ((asker[1], True), (helper[1], False)):
        client.force_login(person)
        page = html(client, row.get_absolute_url())
        assert "Encore secret" in page
        assert (draft.get_absolute_url() in page) is linked


def test_an_animator_assigns_to_an_expert_of_the_kind(client, helper, asker, animator):
    row = support.request(asker[0])
    wrong = support.expert(SupportKind.EVENT)[0]
    client.force_login(animator)
    assert "Proposer à un expert" in html(client, row.get_absolute_url())
    step(client, "support-move", row, seen=0, to="asked", expert=wrong.pk)
    assert SupportRequest.objects.get().state == "waiting"
    step(client, "support-move", row, seen=0, to="asked", expert=helper[0].pk)
    row.refresh_from_db()
    assert (row.state, row.expert, row.animator) == ("asked", helper[0], animator)


# The animators ----------------------------------------------------------------------------------


def test_what_waits_is_counted_and_the_list_narrowed_like_the_sheet(client, asker, helper, animator):
    waiting = support.request(asker[0], title="=CMD()")
    long_ago = timezone.now() - timedelta(days=10)
    silent = support.request(asker[0], expert=helper[0], state="asked", state_since=long_ago, kind="event")
    late = support.request(
        asker[0], state="under_way", animator=animator, next_step="Voir",
        next_due=timezone.localdate() - timedelta(days=1),
    )  # fmt: skip
    support.reference(helper[0], asker[0])
    client.force_login(animator)
    index = html(client, reverse("admin:index"))
    assert "Demandes d&#x27;accompagnement à attribuer" in index
    page = reverse("support-follow")
    for asked, found in (
        ({"state": "waiting"}, {waiting}), ({"overdue": "1"}, {silent, late}), ({"kind": "event"}, {silent}),
        ({"animator": animator.pk}, {late}), ({"q": "kaléido", "state": "asked"}, {silent}),
    ):  # fmt: skip
        assert set(client.get(page, asked).context["rows"]) == found, asked
    assert list(client.get(page).context["rows"])[:3] == [late, silent, waiting]
    sheet = client.get(reverse("support-export")).getvalue().decode("utf-8-sig")
    assert "'=CMD()" in sheet
    assert len(sheet.splitlines()) == 5
    assert len(client.get(reverse("support-export"), {"state": "waiting"}).getvalue().decode().splitlines()) == 2


@pytest.mark.parametrize("name", ["support-follow", "support-export"])
def test_three_hundred_requests_take_few_queries(client, animator, asker, helper, name):
    for number in range(300):
        support.request(asker[0], expert=helper[0], title=f"Demande {number}", animator=animator, state="under_way")
    client.force_login(animator)
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as caught:
        client.get(reverse(name)).getvalue()
    assert len(caught) <= MOST_QUERIES


def test_an_animator_confirms_what_an_actor_offers_and_never_an_old_sentence(client, asker, animator):
    client.force_login(asker[1])
    page = reverse("support-offers", args=[asker[0].slug])
    client.post(page, {"event": "Un festival par an."})
    offer = ExpertOffer.objects.get()
    client.force_login(animator)
    address = reverse("admin:support_expertoffer_change", args=[offer.pk])
    seen = offer.changed_at.isoformat()
    assert client.post(address, {"state": "refused", "why": "", "seen": seen}).status_code == 200
    client.force_login(asker[1])
    client.post(page, {"event": "Deux festivals par an."})
    client.force_login(animator)
    assert client.post(address, {"state": "confirmed", "why": "", "seen": seen}).status_code == 200
    assert not ExpertOffer.objects.confirmed().exists()
    offer.refresh_from_db()
    fresh = {"state": "confirmed", "why": "", "seen": offer.changed_at.isoformat()}
    assert client.post(address, fresh).status_code == 302
    assert ExpertOffer.objects.confirmed().get().decided_by == animator
