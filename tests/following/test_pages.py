"""What each side, an animator and a stranger see and do on the pages of a partnership."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actors.enums import Role
from coexist.common.mail.delivery import deliver
from coexist.common.mail.models import OutgoingEmail
from coexist.common.uploads.documents import clean_document
from projects.following.models import Partnership
from projects.following.reminders import remind
from projects.following.stages import PartnershipStage
from tests.factories import files, following, network, people

pytestmark = pytest.mark.django_db

MOST_QUERIES = 20


def in_days(days: int):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def sides():
    return network.owned_actor(name="Ville d'Annemasse"), network.owned_actor(name="Eau et Vie")


@pytest.fixture
def partnership(sides):
    (town, _officer), (ngo, _member) = sides
    return following.partnership(town, ngo, title="Un puits à Podor")


# The page ---------------------------------------------------------------------------------------


def test_both_sides_read_what_the_other_writes_and_a_reader_only_reads(client, partnership, sides):
    (town, officer), (_ngo, member) = sides
    reader = people.verified()
    network.join(reader, town, Role.READER)
    client.force_login(officer)
    client.post(reverse("partnership-note", args=[partnership.pk]), {"on": in_days(0), "text": "Le devis est arrivé."})
    for person in (member, reader):
        client.force_login(person)
        assert "Le devis est arrivé." in client.get(partnership.get_absolute_url()).content.decode()
    client.force_login(reader)
    note = {"on": in_days(0), "text": "Moi aussi"}
    assert client.post(reverse("partnership-note", args=[partnership.pk]), note).status_code == 403
    assert partnership.notes.count() == 1


def test_a_double_click_writes_one_note(client, partnership, sides):
    client.force_login(sides[0][1])
    page = reverse("partnership-note", args=[partnership.pk])
    form = {"on": in_days(0), "text": "Une fois", "form_key": "7b0f9c7e-3a52-4a3b-9d3c-0a4e5b6c7d8e"}
    for _click in range(2):
        client.post(page, form)
    assert partnership.notes.count() == 1


def test_a_mistake_keeps_what_was_typed(client, partnership, sides):
    client.force_login(sides[0][1])
    answer = client.post(reverse("partnership-note", args=[partnership.pk]), {"on": "hier", "text": "Longue note"})
    assert answer.status_code == 200
    assert "Longue note" in answer.content.decode()


def test_the_page_of_an_old_tab_is_told_who_was_quicker(client, partnership, sides):
    (_town, officer), (_ngo, member) = sides
    client.force_login(officer)
    client.post(reverse("partnership-stage", args=[partnership.pk]), {"seen": "contact", "to": "discussion"})
    client.force_login(member)
    answer = client.post(
        reverse("partnership-stage", args=[partnership.pk]),
        {"seen": "contact", "to": "abandoned", "why": "Non"}, follow=True,
    )  # fmt: skip
    assert "Entre-temps, Camille Test" in answer.content.decode()
    partnership.refresh_from_db()
    assert partnership.stage == "discussion"


def test_a_plan_is_kept_through_its_form(client, partnership, sides):
    officer = sides[0][1]
    client.force_login(officer)
    page = reverse("partnership-plan", args=[partnership.pk])
    form = {
        "seen": partnership.changed_at.isoformat(), "title": "Deux puits", "next_step": "Choisir",
        "next_due": in_days(9), "next_person": officer.pk, f"person_{partnership.parties.first().pk}": officer.pk,
    }  # fmt: skip
    assert client.post(page, form).status_code == 302
    partnership.refresh_from_db()
    assert (partnership.title, partnership.next_due, partnership.next_person) == ("Deux puits", in_days(9), officer)
    again = client.post(page, form | {"title": "Trois puits"})
    assert "modifié à l&#x27;instant" in again.content.decode()


def test_documents_are_for_the_parties(client, partnership, sides):
    client.force_login(sides[0][1])
    form = {"title": "Devis", "file": following.upload()}
    assert client.post(reverse("partnership-document", args=[partnership.pk]), form).status_code == 302
    document = partnership.documents.get()
    assert document.by == sides[0][1]
    answer = client.get(document.url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/octet-stream")
    client.force_login(people.verified())
    assert client.get(document.url).status_code == 404


@pytest.mark.parametrize(
    ("content", "name"),
    [(files.SCRIPT, "a.pdf"), (files.svg(), "a.svg"), (b"PK\x03\x04" + bytes(99), "a.docx"), (b"", "a")],
)
def test_what_is_no_document_is_refused_whatever_it_is_called(content, name):
    with pytest.raises(ValidationError):
        clean_document(files.upload(content, name))


# The animators' board ---------------------------------------------------------------------------


def many(number: int, animator) -> None:
    town, ngo = network.owned_actor(name="Ville")[0], network.owned_actor(name="Association")[0]
    stages = PartnershipStage.values
    for index in range(number):
        late = index % 3 == 0
        following.partnership(
            town, ngo, title=f"Partenariat {index}", stage=stages[index % len(stages)], animator=animator,
            next_step="Relancer" if late else "", next_due=in_days(-index) if late else None,
        )  # fmt: skip


@pytest.mark.parametrize("name", ["partnership-board", "partnership-follow", "partnership-export"])
def test_four_hundred_partnerships_take_few_queries(client, animator, name):
    many(400, animator)
    client.force_login(animator)
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(reverse(name))
        content = answer.getvalue()
    assert answer.status_code == 200
    assert len(caught) <= MOST_QUERIES, [query["sql"][:120] for query in caught]
    assert len(content) < 400_000


def test_what_is_overdue_comes_first_and_what_has_ended_never_is(client, animator, sides):
    (town, _officer), (ngo, _member) = sides
    calm = following.partnership(town, ngo, title="Calme", next_step="Voir", next_due=in_days(9))
    late = following.partnership(town, ngo, title="En retard", next_step="Agir", next_due=in_days(-1))
    stuck = following.partnership(town, ngo, title="Jalon manqué")
    following.milestone(stuck, in_days=-3)
    done = following.partnership(town, ngo, title="Fini", stage="completed", next_step="Bilan", next_due=in_days(-9))
    client.force_login(animator)
    rows = list(client.get(reverse("partnership-follow")).context["rows"])
    assert rows == [late, stuck, calm, done]
    overdue = client.get(reverse("partnership-follow"), {"overdue": "1"}).context["rows"]
    assert set(overdue) == {late, stuck}
    contact = client.get(reverse("partnership-board")).context["columns"][0]
    assert (contact.count, contact.rows) == (3, [late, stuck, calm])


def test_the_list_is_narrowed_and_the_sheet_holds_the_same(client, animator):
    there, _owner = network.owned_actor(name="Au Sénégal", territories=["SN"], reach=["SN"])
    one = following.partnership(there, network.actor(), title="Eau", animator=animator, stage="under_way")
    following.partnership(network.actor(), network.actor(), title="=CMD()")
    client.force_login(animator)
    for asked in ({"territory": "SN"}, {"stage": "under_way"}, {"animator": animator.pk}, {"q": "sénégal"},
                  {"actor": there.slug}):  # fmt: skip
        assert list(client.get(reverse("partnership-follow"), asked).context["rows"]) == [one], asked
    sheet = client.get(reverse("partnership-export")).getvalue().decode("utf-8-sig")
    assert len(sheet.splitlines()) == 3
    assert "'=CMD()" in sheet
    assert len(client.get(reverse("partnership-export"), {"q": "Eau"}).getvalue().decode().splitlines()) == 2


# Reminders --------------------------------------------------------------------------------------


def told() -> list[str]:
    mails = OutgoingEmail.objects.filter(kind_code="partnership_step_due").order_by("pk")
    return [mail.address for mail in mails]


def test_a_due_step_is_said_once_to_who_is_in_charge(partnership, sides, clock):
    officer = sides[0][1]
    Partnership.objects.update(next_step="Choisir le foreur", next_due=in_days(1), next_person=officer)
    remind()
    assert told() == []
    clock.forward(days=1)
    remind()
    remind()
    assert told() == [officer.email]
    assert "Choisir le foreur" in OutgoingEmail.objects.get().body_text
    clock.forward(days=3)
    remind()
    assert told() == [officer.email]


def test_who_left_is_not_told_but_the_animator_is(partnership, sides, animator):
    officer = sides[0][1]
    Partnership.objects.update(next_step="Agir", next_due=in_days(0), next_person=officer, animator=animator)
    officer.memberships.all().delete()
    remind()
    assert told() == [animator.email]


@pytest.mark.parametrize("change", [{"next_due": in_days(5)}, {"next_step": ""}, {"stage": "abandoned"}])
def test_what_was_done_or_put_off_meanwhile_does_not_leave(partnership, sides, change, mailoutbox):
    Partnership.objects.update(next_step="Agir", next_due=in_days(0), next_person=sides[0][1])
    remind()
    Partnership.objects.update(**change)
    deliver(OutgoingEmail.objects.get().pk)
    assert mailoutbox == []
