"""An organisation with more and more rows of each kind, and how many queries a page costs it."""

import re
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import MembershipEvent
from coexist.common.mail.kinds import kind_choices
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.suspension import suspend
from coexist.pages.models import ContactMessage, ContactReply, Partner
from projects.partnerships.enums import Side
from projects.search.models import Told
from projects.search.services import keep_search
from tests.access.crawl import client_of
from tests.factories import (
    achievements,
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


class Growing:
    """One person's organisation, with as many rows of each kind as `grow` was called."""

    def __init__(self) -> None:
        self.actor, self.person = network.owned_actor(themes=[6], territories=["SN"])
        self.project = network.project(self.actor, themes=[6], territories=["SN"])
        self.need = network.need(self.project)
        network.offer(self.actor)

    def grow(self) -> None:
        other = network.actor(owner=people.verified(), themes=[6], territories=["SN"])
        offer = network.offer(other, "Relire des statuts")
        foreign = network.need(network.project(other, themes=[6], territories=["SN"]), "Traduire un rapport")
        network.match(self.need, other, offer=offer)
        network.match(foreign, self.actor, offer=self.actor.offers.first())
        network.introduction(network.need(network.project(other)), self.actor)
        network.introduction(network.need(self.project), other, side=Side.PROJECT)
        followed = following.partnership(self.actor, other, next_step="Appeler", next_person=self.person)
        following.agreement(followed)
        completed = achievements.completed(self.actor, other, need=self.need)
        told = achievements.published(partnership=completed, themes=[6], territories=["SN"], done="Relire des statuts")
        achievements.picture(achievements.side(told, other))
        support.request(self.actor, expert=other, state="done", animator=self.person, next_person=self.person)
        support.reference(self.actor, other)
        support.offers(other)
        imports.imported(self.person)
        event = events.event(self.actor, project=self.project, themes=[6], title="Relire des statuts")
        event.co_organisers.add(other)
        register(events.event(network.actor(), booking="each"), person=self.person)
        resource = resources.resource(self.actor, themes=[6], territories=["SN"], title="Relire des statuts")
        resources.read(resources.file(resource), "Relire des statuts.", "Relire encore.")
        resources.file(resource, resources.mp4(), "film.mp4")
        lent = resources.lent(other)
        resources.loan(lent, self.actor)
        resources.loan(resources.lent(self.actor), other, state="agreed")
        resources.collection(resource, lent)
        mine = network.actor(owner=self.person, themes=[6])
        network.offer(mine)
        network.join(people.verified(), self.actor, "reader")
        joining.invitation(self.actor, by=self.person)
        joining.claim(self.actor, people.verified())
        joining.claim(network.actor(), people.verified())
        MembershipEvent.objects.create(actor=self.actor, what="joined", person=other.memberships.get().user)
        waiting = network.actor(owner=people.verified(), state="waiting")
        network.offer(waiting)
        Partner.objects.create(name=f"Ville {other.pk}")
        message = ContactMessage.objects.create(
            name="A", email="a@test.example", subject="S", body="B", form_key=uuid4(), assigned_to=people.animator()
        )
        ContactReply.objects.create(message=message, body="R", form_key=uuid4(), by=message.assigned_to)
        search = keep_search(
            acting_user=self.person, place="needs", query=f"q=eau+{other.pk}&theme=6", name="Eau", rhythm="daily"
        )
        Told.objects.create(search=search, need=foreign)
        suspended = people.verified()
        network.join(suspended, self.actor)
        suspend(suspended.email, "550")
        for kind, _label in kind_choices():
            OutgoingEmail.objects.create(
                recipient=self.person, address=self.person.email, kind_code=kind, dedupe_key=f"{kind}:{other.pk}",
                subject="Essai", body_text="Essai", body_html="Essai",
            )  # fmt: skip


def queries_of(client, address: str, params: dict | None = None) -> list[str]:
    client.get(address, params)  # what is read once for all (content types, the taxonomy's lexicon) is read here
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(address, params)
    assert answer.status_code == 200
    return [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in caught]


def assert_constant(growing: Growing, person, address: str, most: int, params: dict | None = None) -> None:
    client = client_of(person)
    growing.grow()
    with_one = queries_of(client, address, params)
    growing.grow()
    growing.grow()
    with_three = queries_of(client, address, params)
    more = {sql for sql in with_three if with_three.count(sql) > with_one.count(sql)}
    assert len(with_three) == len(with_one), "\n".join(more)
    assert len(with_three) <= most, "\n".join(with_three)
