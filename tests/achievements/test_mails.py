"""Who is written to, how often, and what no longer leaves."""

import pytest

from actors.enums import Role
from coexist.common.mail.delivery import deliver
from coexist.common.mail.models import OutgoingEmail
from projects.achievements import services
from projects.achievements.models import Contribution
from projects.achievements.reminders import remind
from projects.following.services import change_stage
from tests.factories import achievements, following, network, people

pytestmark = pytest.mark.django_db


def mails(kind="achievement_asked"):
    return list(OutgoingEmail.objects.filter(kind_code=kind).order_by("pk"))


def told(kind="achievement_asked") -> list[str]:
    return sorted(mail.address for mail in mails(kind))


@pytest.fixture
def sides():
    return network.owned_actor(name="Ville d'Annemasse"), network.owned_actor(name="Eau et Vie")


def complete(*actors, by) -> None:
    partnership = following.partnership(*actors, stage="under_way")
    change_stage(partnership=partnership, to="completed", seen="under_way", why="", acting_user=by)


def test_the_people_in_charge_are_asked_once(sides):
    (town, officer), (ngo, member) = sides
    network.join(people.verified(), town)
    complete(town, ngo, by=officer)
    assert told() == sorted([officer.email, member.email])
    assert "Rien n'est publié sans l'accord" in mails()[0].body_text


def test_where_nobody_is_in_charge_owners_and_editors_are(sides):
    (town, officer), (ngo, member) = sides
    editor, reader = people.verified(), people.verified()
    network.join(editor, town, Role.EDITOR)
    network.join(reader, town, Role.READER)
    partnership = following.partnership(town, ngo, stage="under_way")
    partnership.parties.update(person=None)
    change_stage(partnership=partnership, to="completed", seen="under_way", why="", acting_user=officer)
    assert told() == sorted([officer.email, editor.email, member.email])


def test_who_left_the_actor_since_is_not_written_to(sides):
    (town, officer), (ngo, member) = sides
    heir = people.verified()
    partnership = following.partnership(town, ngo, stage="under_way")
    network.join(heir, town)
    officer.memberships.all().delete()
    change_stage(partnership=partnership, to="completed", seen="under_way", why="", acting_user=member)
    assert told() == sorted([heir.email, member.email])


def test_who_speaks_for_both_sides_gets_one_mail():
    person = people.verified()
    complete(network.actor(owner=person), network.actor(owner=person), by=person)
    assert told() == [person.email]


def test_only_the_side_that_did_not_answer_is_reminded_and_only_once(sides, clock):
    (town, officer), (ngo, member) = sides
    complete(town, ngo, by=officer)
    mine = Contribution.objects.select_related("achievement__partnership").get(actor=town)
    services.appraise(contribution=mine, grade=4, comment="", acting_user=officer)
    remind()
    clock.forward(days=13)
    remind()
    assert len(mails()) == 2
    clock.forward(days=1)
    assert remind() == 1
    for _later in range(4):
        clock.forward(days=14)
        assert remind() == 0
    assert told() == sorted([officer.email, member.email, member.email])
    assert mails()[-1].subject.startswith("Rappel")


def test_a_scheduler_that_slept_wakes_no_old_request(sides, clock):
    (town, officer), (ngo, _member) = sides
    complete(town, ngo, by=officer)
    clock.forward(days=80)
    assert remind() == 0


def test_what_was_answered_meanwhile_does_not_leave(sides, mailoutbox):
    (town, officer), (ngo, member) = sides
    complete(town, ngo, by=officer)
    row = Contribution.objects.first().achievement
    services.save_story(achievement=row, told={"title": "Un puits"}, seen=1, acting_user=officer)
    for mail in mails():
        deliver(mail.pk)
    assert [mail.to for mail in mailoutbox] == [[member.email]]


def test_a_suspended_actors_people_are_not_asked(sides):
    (town, officer), (ngo, _member) = sides
    ngo.state = "suspended"
    ngo.save()
    complete(town, ngo, by=officer)
    assert told() == [officer.email]


def agree(row, actor, person, agrees=True):
    row.refresh_from_db()
    part = achievements.side(row, actor)
    return services.consent(contribution=part, agrees=agrees, seen=row.version, acting_user=person)


def test_the_other_side_is_told_that_its_consent_is_missing_once_a_day(sides):
    (town, officer), (ngo, member) = sides
    row = achievements.achievement(town, ngo)
    agree(row, town, officer)
    agree(row, town, officer, agrees=False)
    agree(row, town, officer)
    assert told("achievement_your_turn") == [member.email]


def test_both_sides_hear_the_decision_and_why(sides, animator):
    (town, officer), (ngo, member) = sides
    row = achievements.achievement(town, ngo, state="waiting")
    services.decide(
        achievement=row, to="changes_asked", why="Citez la commune.", seen_state="waiting", seen_version=1,
        acting_user=animator,
    )  # fmt: skip
    assert told("achievement_decided") == sorted([officer.email, member.email])
    assert all("Citez la commune." in mail.body_text for mail in mails("achievement_decided"))


def test_animators_and_the_other_side_hear_that_a_page_was_withdrawn(sides, animator):
    (town, officer), (ngo, member) = sides
    row = achievements.published(town, ngo)
    agree(row, town, officer, agrees=False)
    assert told("achievement_withdrawn") == sorted([animator.email, member.email])
    assert "Ville d'Annemasse" in mails("achievement_withdrawn")[0].body_text
