"""Random histories of a small network: whatever happens, in whatever order, no promise of restraint is broken."""

from collections import defaultdict
from contextlib import suppress
from copy import copy

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from actors import services as actor_services
from projects import services as project_services
from projects.matching import scoring
from projects.matching.models import Match
from projects.partnerships import services as introductions
from projects.partnerships.enums import Side
from projects.partnerships.models import Introduction
from projects.partnerships.services import IntroductionError
from tests.factories import people

from . import caps
from .small_network import ANSWER, JOBS, REMINDER, WANTED, Killed, SmallNetwork, killed_in, upgrade_engine

pytestmark = pytest.mark.django_db

MOST_NEEDS, MOST_ACTORS = 9, 18
STEPS_OF_JOBS = [
    "projects.matching.announce.tell_project", "projects.matching.announce.solicit", "projects.matching.ledger.record",
    "projects.matching.novelty._weigh", "projects.matching.reminders._mail", "projects.matching.reminders.queue_mail",
    "projects.partnerships.questions.tell", "coexist.common.mail.digests._write_digest",
]  # fmt: skip
some = st.integers(0, 99)  # which of those there are


class History(RuleBasedStateMachine):
    """Each example is one history, in a transaction that is rolled back."""

    begin = None  # the test's beginning

    def __init__(self):
        super().__init__()
        self.world = transaction.atomic()
        self.world.__enter__()
        self.patched = self.begin.monkeypatch.context()
        self.patch = self.patched.__enter__()
        self.network, self.animator = self.begin.restored()
        self.material = defaultdict(list)
        self.checked, self.upgrades = len(self.network.sent()), 0

    def teardown(self):
        self.patched.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)

    def need(self, which):
        return self.network.needs[which % len(self.network.needs)]

    def actor(self, which):
        found = self.network.actors[which % len(self.network.actors)]
        found.refresh_from_db()
        return found

    def work(self):
        """The jobs run, then run again: there is nothing left to say."""
        self.network.run_jobs()
        sent = self.check()
        self.network.run_jobs()
        assert len(self.check()) == len(sent), "the same jobs, run again, had more to say"

    def check(self):
        sent = self.network.sent()
        caps.check_wanted(sent[self.checked :])
        caps.check_all(sent, self.material)
        self.checked = len(sent)
        return sent

    # Time and jobs --------------------------------------------------------------------------------

    @rule(days=st.sampled_from([1, 1, 2, 7, 8]))
    def days_pass(self, days):
        for _day in range(days):
            self.network.clock.forward(days=1)
            self.network.run_jobs()
            self.check()

    @rule()
    def a_quiet_hour(self):
        self.network.clock.forward(hours=1)
        self.work()

    @rule(step=st.sampled_from(STEPS_OF_JOBS), days=st.sampled_from([0, 1, 7]))
    def a_worker_dies(self, step, days):
        self.network.clock.forward(days=days, minutes=1)
        with killed_in(self.patch, step):
            for job in JOBS:
                with suppress(Killed), transaction.atomic():
                    job()
        self.check()

    @rule(days=st.sampled_from([0, 1]), which=some, need=some, then=st.sampled_from(["suspended", "filled", "refused"]))
    def mail_server_away(self, days, which, need, then):
        """Mails are written and wait; meanwhile one of them loses its object."""
        self.network.needs.append(self.network.publish_need())
        self.attempt(introductions.ask, which, -1, side=Side.PROJECT, message="Vous d'abord ?")
        self.network.clock.forward(days=days, minutes=1)
        for job in JOBS[:-1]:
            job()
        if then == "suspended":
            self.actor_decided(need, then)
        elif then == "filled":
            self.need_ended(need, then)
        else:
            self.refused_on_the_page(need, -1)
        self.work()

    @rule()
    def engine_upgraded(self):
        self.work()
        before = self.mailable()
        self.upgrades += 1
        upgrade_engine(self.patch, f"upgrade {self.upgrades}", scoring.BIAS + (1.5 if self.upgrades % 2 else -1.5))
        known = len(self.check())
        self.network.clock.forward(minutes=1)
        self.work()
        new = {(each.need, each.actor) for each in self.check()[known:] if each.channel not in (REMINDER, "question")}
        assert new <= before, f"an upgrade told of {new - before}"

    def mailable(self):
        rows = Match.objects.current().filter(band__in=["strong", "good"], is_quiet=False)
        return set(rows.values_list("need", "actor"))

    # Needs and actors -----------------------------------------------------------------------------

    @precondition(lambda self: len(self.network.needs) < MOST_NEEDS)
    @rule(title=st.sampled_from([WANTED, "Relire nos statuts", "Tenir la comptabilité"]))
    def need_published(self, title):
        self.network.needs.append(self.network.publish_need(title))

    @rule(which=some, title=st.sampled_from([WANTED.upper(), WANTED + " !", WANTED]), detail=st.sampled_from(["", "…"]))
    def need_changed_trivially(self, which, title, detail):
        need = self.need(which)
        title = title if need.title.casefold().startswith(WANTED.casefold()) else need.title
        self.network.change_need(need, title=title, detail=detail)

    @rule(which=some, modes=st.sampled_from([["pro_bono"], ["paid", "pro_bono"], ["loan", "pro_bono"]]))
    def need_changed_materially(self, which, modes):
        need = self.need(which)
        if need.modes != modes:
            self.material["need", need.pk].append(timezone.now())
        self.network.change_need(need, modes=modes)

    @rule(which=some, state=st.sampled_from(["filled", "closed"]))
    def need_ended(self, which, state):
        project_services.end_need(need=self.need(which), state=state, acting_user=self.network.lead_owner)

    @precondition(lambda self: len(self.network.actors) < MOST_ACTORS)
    @rule(digest=st.sampled_from(["immediate", "daily", "weekly"]))
    def actor_joined(self, digest):
        joined = self.network.join_actor(digest)
        actor_services.announce_change(joined)
        self.network.actors.append(joined)

    @rule(which=some, state=st.sampled_from(["suspended", "approved"]))
    def actor_decided(self, which, state):
        actor_services.decide(actor=self.actor(which), state=state, reason="Test", acting_user=self.animator)

    @rule(which=some, title=st.sampled_from([ANSWER, ANSWER.upper(), ANSWER + "."]))
    def offer_changed_trivially(self, which, title):
        offer = self.actor(which).offers.first()
        offer.title = title
        actor_services.save_offer(offer=offer, skills=None, acting_user=None)

    @rule(which=some, modes=st.sampled_from([["pro_bono"], ["loan", "pro_bono"]]))
    def offer_changed_materially(self, which, modes):
        actor = self.actor(which)
        offer = actor.offers.first()
        if offer.modes != modes:
            self.material["actor", actor.pk].append(timezone.now())
        offer.modes = modes
        actor_services.save_offer(offer=offer, skills=None, acting_user=None)

    # People ---------------------------------------------------------------------------------------

    @rule(which=some, need=some)
    def refused_on_the_page(self, which, need):
        self.attempt(introductions.refuse_need, which, need, reason="other", text="")

    @rule(which=some)
    def refused_by_mail(self, which):
        self.network.refuse_by_mail(self.network.owner_of(self.actor(which)))

    @rule(which=some, need=some, how_many=st.sampled_from([1, 2, 6]))
    def interested(self, which, need, how_many):
        for more in range(how_many):
            self.attempt(introductions.ask, which + more, need, side=Side.ACTOR, message="Nous voilà")
        if how_many > 2 and len(self.network.actors) < MOST_ACTORS:
            self.actor_joined("immediate")  # and would answer too
            self.days_pass(7)

    @rule(which=some, need=some, how_many=st.sampled_from([1, 4, 11]))
    def project_asks(self, which, need, how_many):
        for more in range(how_many):
            self.attempt(introductions.ask, which + more, need, side=Side.PROJECT, message="Viendriez-vous ?")

    @rule(which=some)
    def one_actor_asked_for_everything(self, which):
        for need in range(len(self.network.needs)):
            self.attempt(introductions.ask, which, need, side=Side.PROJECT, message="Et ceci ?")

    def attempt(self, service, which, need, **fields):
        """What the page would refuse is refused."""
        actor = self.actor(which)
        with suppress(IntroductionError):
            service(need=self.need(need), actor=actor, acting_user=self.network.owner_of(actor), **fields)

    @rule(which=some, says_yes=st.booleans())
    def question_answered(self, which, says_yes):
        waiting = list(Introduction.objects.filter(state="proposed").order_by("pk"))
        if not waiting:
            return
        chosen = {"introduction": waiting[which % len(waiting)], "reply": "", "acting_user": self.network.lead_owner}
        with suppress(IntroductionError):
            if says_yes:
                introductions.accept(**chosen)
            else:
                introductions.decline(reason="other", **chosen)

    @rule(which=some)
    def opted_out(self, which):
        self.network.opt_out(self.network.owner_of(self.actor(which)))

    @rule(which=some, digest=st.sampled_from(["immediate", "daily", "weekly", "never"]))
    def preference_changed(self, which, digest):
        person = self.network.owner_of(self.actor(which))
        person.digest = digest
        person.save(update_fields=["digest"])


class Beginning:
    """Three needs, fourteen actors, the first mails left: made once, taken up again by each history."""

    def __init__(self, clock, monkeypatch):
        self.clock, self.monkeypatch = clock, monkeypatch
        self.network, self.animator = SmallNetwork(clock, needs=3), people.superuser()
        twice = self.network.owner_of(self.network.actors[0])
        self.network.actors.append(self.network.join_actor(owner=twice))  # one person, two actors
        self.network.run_jobs()
        self.network.sent()
        self.now, self.messages = clock.now, len(mail.outbox)

    def restored(self):
        self.clock.now = self.now
        del mail.outbox[self.messages :]
        again = copy(self.network)
        again.actors, again.needs, again.left = list(again.actors), list(again.needs), list(again.left)
        return again, self.animator


def test_no_history_breaks_a_promise(clock, monkeypatch):
    """A failure prints its history; it is not made shorter, which would take an hour."""
    History.begin = Beginning(clock, monkeypatch)
    thrown = settings(
        max_examples=6, stateful_step_count=14, deadline=None, print_blob=True,
        phases=[Phase.explicit, Phase.reuse, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(History, settings=thrown)
