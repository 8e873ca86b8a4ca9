"""From a completed partnership to a public page, as the services allow it."""

import threading

import pytest
from django.db import connection

from actors.enums import Role
from projects.achievements import services
from projects.achievements.enums import DECISIONS, WITH_A_REASON, AchievementState, Event
from projects.achievements.models import Achievement, AchievementChange, Contribution, Picture
from projects.achievements.services import AchievementError
from projects.following.services import change_stage
from tests.factories import achievements, files, following, network, people

pytestmark = pytest.mark.django_db
S = AchievementState


class Pair:
    """Two sides with their people, and what they tell."""

    def __init__(self, **fields) -> None:
        (self.town, self.officer), (self.ngo, self.member) = network.owned_actor(), network.owned_actor()
        self.row = achievements.achievement(self.town, self.ngo, **fields)

    @property
    def now(self) -> Achievement:
        return Achievement.objects.get(pk=self.row.pk)

    def side(self, actor) -> Contribution:
        return achievements.side(self.row, actor)

    def write(self, by, *, seen=None, **told) -> Achievement:
        seen = self.now.version if seen is None else seen
        return services.save_story(achievement=self.row, told=told, seen=seen, acting_user=by)

    def say(self, actor, by, agrees=True, seen=None) -> Achievement:
        seen = self.now.version if seen is None else seen
        return services.consent(contribution=self.side(actor), agrees=agrees, seen=seen, acting_user=by)

    def all_say_yes(self) -> Achievement:
        self.say(self.town, self.officer)
        return self.say(self.ngo, self.member)

    def decide(self, to, by, why="Parce que", state=None, version=None) -> Achievement:
        now = self.now
        return services.decide(
            achievement=now, to=to, why=why, seen_state=state or now.state, seen_version=version or now.version,
            acting_user=by,
        )  # fmt: skip


@pytest.fixture
def pair() -> Pair:
    return Pair()


# Opening ----------------------------------------------------------------------------------------


def test_a_completed_partnership_opens_one_achievement_with_what_its_need_said():
    (lead, asked), (actor, _asking) = network.owned_actor(), network.owned_actor()
    need = network.need(network.project(lead, themes=[6], territories=["SN"]), kind="training")
    partnership = following.partnership(lead, actor, stage="under_way", need=need)
    change_stage(partnership=partnership, to="completed", seen="under_way", why="", acting_user=asked)
    row = Achievement.objects.get()
    assert (row.partnership, row.themes, row.territories, row.kinds) == (partnership, [6], ["SN"], ["training"])
    assert row.reach == ["SN"]
    assert {one.actor for one in row.contributions.all()} == {lead, actor}
    assert services.open_achievement(partnership=partnership, acting_user=asked) == row
    assert Contribution.objects.count() == 2


@pytest.mark.parametrize("stage", ["contact", "under_way", "abandoned"])
def test_nothing_is_told_of_a_partnership_that_is_not_completed(stage):
    (one, person), two = network.owned_actor(), network.actor()
    with pytest.raises(AchievementError):
        services.open_achievement(partnership=following.partnership(one, two, stage=stage), acting_user=person)
    assert not Achievement.objects.exists()


# The story in common ----------------------------------------------------------------------------


def test_either_side_writes_and_history_says_who(pair):
    pair.write(pair.officer, title="Un titre")
    pair.write(pair.member, people_reached=120)
    now = pair.now
    assert (now.title, now.people_reached, now.version) == ("Un titre", 120, 3)
    told = [(change.what, change.by) for change in now.changes.exclude(what=Event.OPENED)]
    assert told == [(Event.STORY, pair.officer), (Event.STORY, pair.member)]


def test_saving_what_is_there_already_is_no_new_version(pair):
    pair.write(pair.officer, title=pair.row.title)
    assert (pair.now.version, pair.now.changes.count()) == (1, 1)


def test_a_text_written_over_an_old_page_is_refused_and_says_who_was_quicker(pair):
    pair.officer.name = "Awa Diop"
    pair.officer.save()
    pair.write(pair.officer, title="Le premier")
    with pytest.raises(AchievementError, match="Awa Diop"):
        pair.write(pair.member, title="Le second", seen=1)
    assert pair.now.title == "Le premier"


def test_only_owners_and_editors_of_a_side_write(pair, animator):
    reader = people.verified()
    network.join(reader, pair.town, Role.READER)
    unverified = people.unverified()
    network.join(unverified, pair.town)
    for person in (people.verified(), reader, animator, unverified):
        with pytest.raises(AchievementError):
            pair.write(person, title="Autre")
    assert pair.now.version == 1


def test_nobody_speaks_for_the_other_side(pair):
    mine = pair.side(pair.town)
    with pytest.raises(AchievementError):
        services.save_quotation(contribution=mine, quotation="Non", author="", role="", acting_user=pair.member)
    with pytest.raises(AchievementError):
        services.appraise(contribution=mine, grade=1, comment="", acting_user=pair.member)
    with pytest.raises(AchievementError):
        pair.say(pair.town, pair.member)
    with pytest.raises(AchievementError):
        services.save_picture(picture=Picture(contribution=mine), acting_user=pair.member)
    assert pair.side(pair.town).answered_at is None


def test_a_page_that_changes_before_publication_takes_its_titles_address_and_keeps_it_after(pair, animator):
    pair.write(pair.officer, title="Une eau claire")
    assert pair.now.slug == "une-eau-claire"
    pair.all_say_yes()
    pair.decide(S.PUBLISHED, animator)
    pair.say(pair.town, pair.officer, agrees=False)
    pair.write(pair.officer, title="Un autre titre")
    assert pair.now.slug == "une-eau-claire"


def test_six_pictures_of_a_side_and_no_more(pair):
    mine = pair.side(pair.town)
    for _number in range(services.MOST_PICTURES):
        achievements.picture(mine)
    more = Picture(contribution=mine, image=files.clean_logo(), alternative="A", credit="B", people="nobody")
    with pytest.raises(AchievementError, match="Six photos"):
        services.save_picture(picture=more, acting_user=pair.officer)


# Consent ----------------------------------------------------------------------------------------


def test_the_animators_have_it_once_every_side_agrees(pair):
    assert pair.say(pair.town, pair.officer).state == S.DRAFT
    assert pair.say(pair.ngo, pair.member).state == S.WAITING
    assert list(Achievement.objects.waiting()) == [pair.row]


def test_nobody_agrees_to_an_empty_page():
    pair = Pair(done="")
    with pytest.raises(AchievementError, match="ce qui a été fait"):
        pair.say(pair.town, pair.officer)


def test_nobody_agrees_to_a_text_they_have_not_seen(pair):
    pair.write(pair.officer, title="Nouveau")
    with pytest.raises(AchievementError):
        pair.say(pair.ngo, pair.member, seen=1)


CHANGES = {
    "story": lambda pair: pair.write(pair.officer, done="Autre chose"),
    "quotation": lambda pair: services.save_quotation(
        contribution=pair.side(pair.town), quotation="Merci", author="A", role="", acting_user=pair.officer
    ),
    "picture": lambda pair: services.save_picture(
        picture=Picture(
            contribution=pair.side(pair.town), image=files.clean_logo(), alternative="A", credit="B", people="agreed"
        ),
        acting_user=pair.officer,
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_changes_on_the_page_asks_the_other_side_again(pair, what):
    assert pair.all_say_yes().state == S.WAITING
    CHANGES[what](pair)
    now = pair.now
    assert (now.state, now.version) == (S.DRAFT, 2)
    assert [pair.side(actor).agrees_to(2) for actor in (pair.town, pair.ngo)] == [True, False]
    assert pair.say(pair.ngo, pair.member).state == S.WAITING


def test_removing_a_picture_asks_again_too(pair):
    picture = achievements.picture(pair.side(pair.town))
    pair.all_say_yes()
    services.remove_picture(picture=picture, acting_user=pair.officer)
    assert (pair.now.state, pair.now.cover) == (S.DRAFT, "")


def test_a_private_grade_changes_nothing_of_the_page_and_history_says_nothing(pair):
    pair.all_say_yes()
    before = pair.now.changes.count()
    services.appraise(contribution=pair.side(pair.town), grade=1, comment="Bof", acting_user=pair.officer)
    services.appraise(contribution=pair.side(pair.town), grade=3, comment="Mieux", acting_user=pair.officer)
    assert (pair.now.state, pair.now.version, pair.now.changes.count()) == (S.WAITING, 1, before)
    assert [(one.grade, one.comment) for one in pair.row.appraisals.all()] == [(3, "Mieux")]


def test_an_actor_that_joins_later_has_to_agree_too(pair, animator):
    third, person = network.owned_actor()
    pair.all_say_yes()
    pair.row.partnership.parties.create(actor=third)
    with pytest.raises(AchievementError, match="Toutes les parties"):
        pair.decide(S.PUBLISHED, animator)
    services.open_achievement(partnership=pair.row.partnership, acting_user=person)
    pair.decide(S.CHANGES_ASKED, animator)
    pair.all_say_yes()
    assert pair.now.state == S.CHANGES_ASKED
    assert pair.say(third, person).state == S.WAITING


def test_nobody_joins_a_page_that_is_public_already():
    pair, (third, person) = Pair(state=S.PUBLISHED), network.owned_actor()
    pair.row.partnership.parties.create(actor=third)
    services.open_achievement(partnership=pair.row.partnership, acting_user=person)
    assert {one.actor for one in pair.row.contributions.all()} == {pair.town, pair.ngo}


def test_a_side_that_does_not_want_it_stops_it_and_may_change_its_mind(pair):
    pair.all_say_yes()
    assert pair.say(pair.ngo, pair.member, agrees=False).state == S.DRAFT
    assert pair.say(pair.ngo, pair.member).state == S.WAITING


# Decisions --------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", AchievementState.values)
def test_only_the_decisions_of_the_table_are_taken_and_each_writes_history(before, animator):
    for after in AchievementState.values:
        pair = Pair(state=before)
        if after in DECISIONS.get(before, ()):
            assert pair.decide(after, animator).state == after
            last = pair.now.changes.last()
            assert (last.before, last.after, last.by) == (before, after, animator)
        else:
            with pytest.raises(AchievementError):
                pair.decide(after, animator)
            assert (pair.now.state, pair.now.changes.count()) == (before, 1)


@pytest.mark.parametrize("to", WITH_A_REASON)
def test_what_is_sent_back_says_why(animator, to):
    pair = Pair(state=S.WAITING)
    with pytest.raises(AchievementError, match="Dites pourquoi"):
        pair.decide(to, animator, why="  ")
    assert pair.decide(to, animator, why="Le nom d'une personne y figure.").why == "Le nom d'une personne y figure."


def test_nothing_is_published_of_a_suspended_actor(animator):
    pair = Pair(state=S.WAITING)
    pair.ngo.state = "suspended"
    pair.ngo.save()
    with pytest.raises(AchievementError, match="validé"):
        pair.decide(S.PUBLISHED, animator)


def test_after_a_correction_was_asked_everybody_agrees_anew(animator):
    pair = Pair(state=S.WAITING)
    pair.decide(S.CHANGES_ASKED, animator)
    assert not any(one.agrees_to(pair.now.version) for one in pair.row.contributions.all())
    pair.write(pair.officer, done="Sans le nom.")
    assert pair.now.state == S.CHANGES_ASKED
    now = pair.all_say_yes()
    assert (now.state, now.why) == (S.WAITING, "")


@pytest.mark.parametrize("state", [S.PUBLISHED, S.REFUSED])
def test_neither_a_public_page_nor_a_refused_one_is_edited(state):
    pair = Pair(state=state)
    for change in CHANGES.values():
        with pytest.raises(AchievementError):
            change(pair)
    assert (pair.now.version, pair.now.state) == (1, state)


def test_a_consent_taken_back_takes_the_page_away_whatever_was_seen(pair, animator):
    pair.all_say_yes()
    pair.decide(S.PUBLISHED, animator)
    assert pair.row in Achievement.objects.public()
    assert pair.say(pair.ngo, pair.member, agrees=False, seen=99).state == S.WITHDRAWN
    assert not Achievement.objects.public().exists()
    assert pair.say(pair.ngo, pair.member).state == S.WAITING, "the animators read it again first"


def test_every_change_of_state_is_in_history(pair, animator):
    pair.all_say_yes()
    pair.decide(S.PUBLISHED, animator)
    pair.say(pair.town, pair.officer, agrees=False)
    rows = AchievementChange.objects.exclude(before="").order_by("pk")
    assert [(row.before, row.after, row.by) for row in rows] == [
        (S.DRAFT, S.WAITING, pair.member),
        (S.WAITING, S.PUBLISHED, animator),
        (S.PUBLISHED, S.WITHDRAWN, pair.officer),
    ]


# At once ----------------------------------------------------------------------------------------


def at_once(*acts) -> list[str]:
    """Each in a thread of its own, started together; what those were told that came too late."""
    told, gate = [], threading.Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            act()
        except AchievementError as refused:
            told.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return told


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_write_at_once_one_wins_and_the_other_is_told():
    pair = Pair()
    told = at_once(
        lambda: pair.write(pair.officer, title="Un", seen=1), lambda: pair.write(pair.member, title="Deux", seen=1)
    )
    assert (len(told), pair.now.version) == (1, 2)
    assert "Entre-temps" in told[0]


@pytest.mark.django_db(transaction=True)
def test_of_two_animators_who_decide_at_once_one_wins_and_the_other_is_told():
    pair, one, two = Pair(state=S.WAITING), people.animator(), people.animator()
    told = at_once(
        lambda: pair.decide(S.PUBLISHED, one, state=S.WAITING, version=1),
        lambda: pair.decide(S.REFUSED, two, state=S.WAITING, version=1),
    )
    assert len(told) == 1
    assert AchievementChange.objects.exclude(before="").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_consent_taken_back_while_an_animator_publishes_leaves_no_public_page():
    pair, animator = Pair(state=S.WAITING), people.animator()
    at_once(
        lambda: pair.decide(S.PUBLISHED, animator, state=S.WAITING, version=1),
        lambda: pair.say(pair.ngo, pair.member, agrees=False, seen=1),
    )
    assert not Achievement.objects.public().exists()


@pytest.mark.django_db(transaction=True)
def test_two_consents_at_once_reach_the_animators():
    pair = Pair()
    assert at_once(
        lambda: pair.say(pair.town, pair.officer, seen=1), lambda: pair.say(pair.ngo, pair.member, seen=1)
    ) == []  # fmt: skip
    assert pair.now.state == S.WAITING
