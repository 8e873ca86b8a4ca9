"""Borrowing: who asks, who answers, days that are taken, two agreements at once, actors that leave or merge."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from actors.merging import merge
from actors.models import Actor
from actors.services import decide
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import OutgoingEmail
from coexist.common.retention import apply_all
from mediatheque.loans import services
from mediatheque.loans.services import LoanError
from mediatheque.models import LoanRequest, LoanStep
from tests.access.crawl import client_of
from tests.factories import network, people, resources

pytestmark = pytest.mark.django_db


class Lending:
    """An exhibition, who lends it (an owner and an editor), who borrows it."""

    def __init__(self) -> None:
        self.lender, self.owner = network.owned_actor(name="Bibliothèque")
        self.editor = people.verified()
        network.join(self.editor, self.lender, "editor")
        self.borrower, self.asker = network.owned_actor(name="Lycée")
        self.resource = resources.lent(self.lender)

    def ask(self, first: int = 10, last: int = 20, **given) -> LoanRequest:
        today = timezone.localdate()
        return services.ask(
            resource=self.resource, actor=given.pop("actor", self.borrower), place="Lycée", message="Pour les classes.",
            starts_on=today + timedelta(days=first), ends_on=today + timedelta(days=last),
            **{"acting_user": self.asker, **given},
        )[0]  # fmt: skip

    def move(self, loan: LoanRequest, to: str, person=None, why: str = "", seen: str | None = None) -> LoanRequest:
        seen = seen or LoanRequest.objects.get(pk=loan.pk).state
        return services.move(loan=loan, to=to, seen=seen, why=why, acting_user=person or self.owner)


@pytest.fixture
def lending():
    return Lending()


def told(kind: str) -> set[str]:
    return set(OutgoingEmail.objects.filter(kind_code=kind).values_list("address", flat=True))


def state_of(loan: LoanRequest) -> str:
    return LoanRequest.objects.get(pk=loan.pk).state


def test_asked_agreed_and_returned_with_a_mail_to_the_other_side_each_time(lending):
    loan = lending.ask(first=0)
    assert told("loan_asked") == {lending.owner.email}  # owners answer; editors do not
    lending.move(loan, "agreed", why="Sonnez au 3.")
    assert told("loan_decided") == {lending.asker.email}
    assert "Sonnez au 3." in OutgoingEmail.objects.get(kind_code="loan_decided").body_text
    lending.move(loan, "returned")
    assert OutgoingEmail.objects.filter(kind_code="loan_decided").count() == 2
    assert list(loan.steps.values_list("state", flat=True)) == ["asked", "agreed", "returned"]


def test_only_the_owners_answer_and_only_who_asked_withdraws(lending):
    loan = lending.ask()
    for person, to in [
        (lending.editor, "agreed"), (lending.asker, "agreed"), (people.verified(), "agreed"),
        (people.animator(), "agreed"), (lending.owner, "withdrawn"),
    ]:  # fmt: skip
        with pytest.raises(LoanError):
            lending.move(loan, to, person)
    assert state_of(loan) == "asked"
    lending.move(loan, "withdrawn", lending.asker)
    assert told("loan_decided") == {lending.owner.email}
    assert OutgoingEmail.objects.get(kind_code="loan_asked").state == MailState.CANCELLED


def test_a_refusal_says_why(lending):
    loan = lending.ask()
    with pytest.raises(LoanError, match="pourquoi"):
        lending.move(loan, "declined")
    lending.move(loan, "declined", why="En réparation.")
    assert loan.steps.last().why == "En réparation."


def test_days_that_are_taken_are_neither_asked_nor_agreed_to(lending):
    first, second = lending.ask(10, 20), lending.ask(20, 25)
    lending.move(first, "agreed")
    with pytest.raises(LoanError, match="Déjà emprunté"):
        lending.move(second, "agreed")
    with pytest.raises(LoanError, match="Déjà emprunté"):
        lending.ask(5, 10)
    lending.move(lending.ask(21, 25), "agreed")
    assert LoanRequest.objects.agreed().count() == 2


def test_an_agreement_can_be_taken_back_before_its_first_day_and_frees_the_days(lending):
    first, second = lending.ask(), lending.ask()
    lending.move(first, "agreed")
    with pytest.raises(LoanError):
        lending.move(first, "returned")
    lending.move(first, "declined", why="Panneaux abîmés.")
    lending.move(second, "agreed")
    assert state_of(second) == "agreed"


def test_what_is_under_way_is_returned_and_nothing_else(lending):
    loan = lending.ask(first=0)
    lending.move(loan, "agreed")
    for to, person in [("withdrawn", lending.asker), ("declined", lending.owner)]:
        with pytest.raises(LoanError):
            lending.move(loan, to, person, why="Non.")
    lending.move(loan, "returned")
    lending.move(lending.ask(0, 3), "agreed")


def test_a_page_that_is_out_of_date_decides_nothing(lending):
    """One owner agrees while another, with the earlier page, declines."""
    loan = lending.ask()
    lending.move(loan, "agreed")
    with pytest.raises(LoanError, match="Entre-temps"):
        lending.move(loan, "declined", why="Non.", seen="asked")
    assert state_of(loan) == "agreed"


def test_what_is_not_public_or_lent_any_more_is_not_asked_for_nor_agreed_to(lending):
    loan = lending.ask()
    lending.resource.state = "archived"
    lending.resource.save()
    with pytest.raises(LoanError):
        lending.ask(30, 31)
    with pytest.raises(LoanError):
        lending.move(loan, "agreed")
    lending.move(loan, "declined", why="Retirée.")


def test_nobody_borrows_from_oneself_or_for_an_actor_that_is_not_approved(lending):
    for actor in (lending.lender, network.actor(owner=lending.asker, state="waiting")):
        with pytest.raises(LoanError):
            lending.ask(actor=actor)


def test_the_same_form_twice_asks_once_and_ten_wait_at_most(lending):
    key = "7b1b8e5e-0000-4000-8000-000000000009"
    assert lending.ask(form_key=key) == lending.ask(form_key=key)
    for number in range(9):
        lending.ask(30 + number, 31 + number)
    with pytest.raises(LoanError, match="10 demandes"):
        lending.ask()


@pytest.mark.django_db(transaction=True)
def test_of_two_agreements_at_once_for_the_same_days_one_wins():
    lending = Lending()
    loans, start, refused = [lending.ask(), lending.ask(15, 30)], Barrier(2), []

    def agree(loan: LoanRequest) -> None:
        try:
            start.wait(timeout=10)
            lending.move(loan, "agreed", seen="asked")
        except LoanError as error:
            refused.append(str(error))
        finally:
            connection.close()

    threads = [Thread(target=agree, args=[loan]) for loan in loans]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(state_of(loan) for loan in loans) == ["agreed", "asked"]
    assert len(refused) == 1
    assert "Déjà emprunté" in refused[0]


def test_when_a_side_leaves_nobody_waits_and_what_is_lent_stays_lent(lending, animator):
    waiting, agreed = lending.ask(30, 31), lending.ask()
    lending.move(agreed, "agreed")
    decide(actor=lending.lender, state="suspended", reason="À revoir.", acting_user=animator)
    assert (state_of(waiting), state_of(agreed)) == ("withdrawn", "agreed")
    last = LoanStep.objects.filter(loan=waiting).last()
    assert (last.why, last.by) == ("Bibliothèque n'est plus présent sur CoExist.", None)
    assert told("loan_decided") == {lending.asker.email}


def test_two_actors_that_become_one_do_not_lend_to_each_other(lending, animator):
    own, other = lending.ask(), lending.ask(40, 41, actor=network.actor(owner=lending.asker))
    merge(kept=lending.lender, absorbed=lending.borrower, choices={}, acting_user=animator)
    assert (state_of(own), state_of(other)) == ("withdrawn", "asked")
    assert Actor.objects.get(pk=lending.lender.pk).loans_asked.get() == own


def test_the_page_shows_taken_days_to_everybody_and_nobody_s_name(lending):
    lending.move(lending.ask(), "agreed")
    html = client_of(None).get(lending.resource.get_absolute_url()).content.decode()
    assert "emprunté du" in html
    assert "Demander cet emprunt" in html
    assert "Lycée" not in html


def test_asking_and_answering_on_the_pages(lending):
    asker, owner, today = client_of(lending.asker), client_of(lending.owner), timezone.localdate()
    page = f"{lending.resource.get_absolute_url()}emprunter/"
    sent = {
        "actor": lending.borrower.pk, "starts_on": today, "ends_on": today + timedelta(days=3), "place": "Lycée",
        "message": "Pour les classes.",
    }  # fmt: skip
    late = asker.post(page, sent | {"starts_on": today - timedelta(days=1)})
    assert "Cette date est passée." in late.content.decode()
    answer = asker.post(page, sent)
    loan = LoanRequest.objects.get()
    assert answer.url == loan.get_absolute_url()
    assert "Accorder ce prêt" not in asker.get(answer.url).content.decode()
    assert "Accorder ce prêt" in owner.get(answer.url).content.decode()
    owner.post(f"{answer.url}suite/", {"to": "agreed", "seen": "asked"})
    assert state_of(loan) == "agreed"
    taken = asker.post(page, sent)
    assert "Déjà emprunté du" in taken.content.decode()
    assert owner.post(f"{answer.url}suite/", {"to": "inconnu", "seen": "agreed"}).status_code == 302


def test_words_are_wiped_five_years_after(lending):
    loan = lending.ask()
    lending.move(loan, "declined", why="Non, désolés.")
    assert apply_all()["loans"] == 0
    long_ago = timezone.localdate() - timedelta(days=5 * 365 + 30)
    LoanRequest.objects.update(starts_on=long_ago, ends_on=long_ago)
    assert apply_all()["loans"] == 1
    assert (LoanRequest.objects.get().message, loan.steps.last().why) == ("", "")
    assert apply_all()["loans"] == 0
