"""Private contacts: exchanged by an accepted introduction, and shown to nobody else, in no mail."""

import pytest

from actors.enums import Role
from coexist.common.mail.models import OutgoingEmail
from projects.enums import NeedState
from projects.matching import sweeps
from projects.matching.models import Refusal
from projects.partnerships import services
from projects.partnerships.enums import Side
from tests.access.crawl import client_of, pages_of, pages_with
from tests.factories import network, people

pytestmark = pytest.mark.django_db


def contacts(of: str) -> dict[str, str]:
    return {
        "name": f"Quidam {of}",
        "role": f"Gardien {of}",
        "email": f"{of}@prive.example",
        "phone": f"+33 6 00 00 00 {len(of):02}",
    }


OURS, THEIRS = contacts("annemasse"), contacts("geneve")


class Exchange:
    """Two approved actors, one asks the other; a third person and an animator look on."""

    def __init__(self, side: Side) -> None:
        self.ours, self.owner = network.owned_actor(contact=OURS)
        self.theirs, self.partner = network.owned_actor(contact=THEIRS)
        self.stranger = network.owned_actor()[1]
        self.animator = people.animator()
        project = network.project(self.ours)
        self.need, second = network.need(project), network.need(project, "Un autre besoin")
        asking, self.answering = (self.partner, self.owner) if side == Side.ACTOR else (self.owner, self.partner)
        self.introduction, _new = services.ask(
            need=self.need, actor=self.theirs, side=side, message="Bonjour", acting_user=asking
        )
        # Between the same two, and not answered: accepting one opens nothing else.
        services.ask(need=second, actor=self.theirs, side=side, message="Encore", acting_user=asking)

    def both_sides(self) -> dict[str, set[str]]:
        """The pages on which each side reads the contacts of the other."""
        found = {"owner": pages_with(self.owner, *THEIRS.values()), "partner": pages_with(self.partner, *OURS.values())}
        return {who: pages for who, pages in found.items() if pages}

    def third_persons(self) -> dict[str, set[str]]:
        people_ = {"stranger": self.stranger, "animator": self.animator, "visitor": None}
        found = {who: pages_with(person, *THEIRS.values(), *OURS.values()) for who, person in people_.items()}
        return {who: pages for who, pages in found.items() if pages}


def test_nobody_reads_the_others_contacts_before_an_answer():
    exchange = Exchange(Side.PROJECT)
    assert exchange.both_sides() == {}


def test_acceptance_shows_contacts_on_that_exchanges_page_alone():
    exchange = Exchange(Side.ACTOR)
    services.accept(introduction=exchange.introduction, reply="Oui", acting_user=exchange.answering)
    page = exchange.introduction.get_absolute_url()
    assert exchange.both_sides() == {"owner": {page}, "partner": {page}}


@pytest.mark.parametrize("side", Side)
def test_acceptance_shows_every_contact_to_both_sides_whoever_asked(side):
    exchange = Exchange(side)
    services.accept(introduction=exchange.introduction, reply="Oui", acting_user=exchange.answering)
    page = exchange.introduction.get_absolute_url()
    for person, given in ((exchange.owner, THEIRS), (exchange.partner, OURS)):
        html = client_of(person).get(page).content.decode()
        assert [what for what, text in given.items() if text not in html] == []


def test_acceptance_shows_contacts_to_no_third_person():
    """The animators follow the exchange, and find contacts in the administration when they need them."""
    exchange = Exchange(Side.ACTOR)
    services.accept(introduction=exchange.introduction, reply="Oui", acting_user=exchange.answering)
    assert exchange.third_persons() == {}
    followed = client_of(exchange.animator).get(exchange.introduction.get_absolute_url())
    assert (followed.status_code, THEIRS["email"] in followed.content.decode()) == (200, False)


def test_declining_shows_contacts_to_nobody():
    exchange = Exchange(Side.ACTOR)
    services.decline(introduction=exchange.introduction, reason="no_time", reply="Non", acting_user=exchange.answering)
    assert exchange.both_sides() == {}


def test_no_mail_carries_a_contact():
    exchange = Exchange(Side.ACTOR)
    network.match(exchange.need, exchange.theirs, offer=network.offer(exchange.theirs))
    sweeps.announce_what_waits()
    services.accept(introduction=exchange.introduction, reply="Oui", acting_user=exchange.owner)
    mails = OutgoingEmail.objects.all()
    assert {mail.kind_code for mail in mails} >= {"introduction_asked", "introduction_answered"}
    for mail in mails:
        said = f"{mail.subject} {mail.body_text} {mail.body_html}"
        assert [text for text in (*OURS.values(), *THEIRS.values()) if text in said] == [], mail


def test_each_step_is_told_to_those_who_write_for_the_other_side():
    """Readers of an organisation are not mailed, and the side that acts tells itself nothing."""
    ours, owner = network.owned_actor()
    editor, reader = people.verified(), people.verified()
    network.join(editor, ours, Role.EDITOR)
    network.join(reader, ours, Role.READER)
    theirs, partner = network.owned_actor()
    network.join(people.verified(), theirs, Role.READER)
    introduction, _new = services.ask(
        need=network.need(network.project(ours)), actor=theirs, side=Side.ACTOR, message="Bonjour", acting_user=partner
    )
    assert addresses("introduction_asked") == {owner.email, editor.email}
    services.accept(introduction=introduction, reply="", acting_user=owner)
    assert addresses("introduction_answered") == {partner.email}


def test_announcements_name_only_whom_and_what_may_be_named():
    """Planted beside one good match: suspended, refused and retired actors, and a need still a draft."""
    ours, owner = network.owned_actor()
    project = network.project(ours)
    need = network.need(project, "Besoin public")
    draft = network.need(project, "Besoin brouillon", state=NeedState.DRAFT)
    good, invited = network.owned_actor(name="Acteur convenable")
    hidden = {
        "suspended": network.owned_actor(name="Acteur suspendu", state="suspended")[0],
        "waiting": network.owned_actor(name="Acteur en attente", state="waiting")[0],
        "refused": network.owned_actor(name="Acteur refusé pour ce besoin")[0],
        "outdated": network.owned_actor(name="Acteur dépassé")[0],
        "of the draft": network.owned_actor(name="Acteur du brouillon")[0],
    }
    Refusal.objects.create(need=need, actor=hidden["refused"], by_actor=False, reason="other")
    for actor in (good, hidden["suspended"], hidden["waiting"], hidden["refused"]):
        network.match(need, actor)
    network.match(need, hidden["outdated"], is_current=False)
    network.match(draft, hidden["of the draft"])

    sweeps.announce_what_waits()

    assert addresses("need_matches") == {owner.email}
    assert addresses("needs_for_actor") == {invited.email}
    for mail in OutgoingEmail.objects.all():
        said = f"{mail.subject} {mail.body_text} {mail.body_html}"
        assert [str(row) for row in [*hidden.values(), draft] if str(row) in said] == [], mail
    assert "Acteur convenable" in OutgoingEmail.objects.get(kind_code="need_matches").body_text


def test_reading_for_an_organisation_is_not_writing_for_it():
    """A reader sees the exchange and its contacts, and is offered nothing to do in the organisation's name."""
    exchange = Exchange(Side.ACTOR)
    reader = people.verified()
    network.join(reader, exchange.ours, Role.READER)
    client, page = client_of(reader), exchange.introduction.get_absolute_url()
    assert client.get(page).context["form"] is None
    answer = client.post(f"{page}repondre/", {"accept": "1"})
    exchange.introduction.refresh_from_db()
    assert (answer.status_code, exchange.introduction.state) == (403, "proposed")
    assert {f"/acteurs/{exchange.ours.slug}/modifier/"} & set(pages_of(reader)) == set()


def addresses(kind: str) -> set[str]:
    return set(OutgoingEmail.objects.filter(kind_code=kind).values_list("address", flat=True))
