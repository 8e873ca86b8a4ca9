"""Conventions: what the law asks, who may sign when, the draft as PDF and as text."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import ImageFile

from coexist.common import pdf
from coexist.common.uploads.documents import clean_document
from projects.following.agreements import drafts, services, tax
from projects.following.agreements.enums import AgreementStatus
from projects.following.agreements.pdf import as_pdf
from projects.following.models import Agreement, AgreementTemplate, TaxRule
from projects.following.services import PartnershipError
from tests.factories import following, network, people
from tests.factories.pdf import inside, read_back

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def partnership():
    town, _officer = network.owned_actor(name="Ville de Vif_ours", city="Vif", postcode="38450")
    return following.partnership(town, network.owned_actor(name="Eau *claire*")[0])


def saved(partnership, **fields) -> Agreement:
    agreement = Agreement(partnership=partnership, **{"object": "Creuser un puits.", **fields})
    return services.save_agreement(agreement=agreement, signatories={}, acting_user=people.verified())


def status(agreement, to, *, seen=None, **fields) -> Agreement:
    return services.change_status(
        agreement=agreement, to=to, seen=seen or agreement.status, acting_user=people.verified(), **fields
    )


def signed(partnership, **fields) -> Agreement:
    sent = status(saved(partnership, **fields), "sent")
    return status(sent, "signed", on=TODAY - timedelta(days=2), signed_file=clean_document(following.upload()))


# Law --------------------------------------------------------------------------------------------


def test_none_is_made_with_a_foreign_state(client, partnership):
    with pytest.raises(PartnershipError, match="L1115-5"):
        saved(partnership, foreign="state")
    with pytest.raises(IntegrityError), transaction.atomic():
        following.agreement(partnership, foreign="state")
    client.force_login(partnership.parties.first().person)
    form = {"kind": "partnership", "object": "X", "currency": "EUR", "foreign": "state"}
    answer = client.post(reverse("agreement-create", args=[partnership.pk]), form)
    assert "L1115-5" in answer.content.decode()
    assert not Agreement.objects.exists()


def test_with_a_foreign_local_authority_it_takes_effect_once_transmitted(partnership):
    agreement = signed(partnership, foreign="local")
    assert (agreement.awaits_transmission, agreement.in_effect_from) == (True, None)
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=3)):
        with pytest.raises(PartnershipError):
            services.record_transmission(agreement=agreement, on=day, acting_user=people.verified())
    kept = services.record_transmission(agreement=agreement, on=TODAY, acting_user=people.verified())
    assert kept.in_effect_from == TODAY


def test_without_one_it_takes_effect_when_signed_and_is_transmitted_to_nobody(partnership):
    agreement = signed(partnership)
    assert agreement.in_effect_from == TODAY - timedelta(days=2)
    with pytest.raises(PartnershipError):
        services.record_transmission(agreement=agreement, on=TODAY, acting_user=people.verified())


# Status -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "to"), [("draft", "signed"), ("signed", "draft"), ("signed", "sent"), ("sent", "x")]
)
def test_a_status_that_may_not_follow_is_refused(partnership, before, to):
    agreement = following.agreement(partnership, status=before)
    with pytest.raises(PartnershipError):
        status(agreement, to, signed_file=clean_document(following.upload()))
    assert Agreement.objects.get().status == before


def test_signed_takes_the_signed_file_and_no_future_date(partnership):
    sent = status(saved(partnership), "sent")
    with pytest.raises(PartnershipError, match="exemplaire"):
        status(sent, "signed")
    with pytest.raises(PartnershipError, match="avenir"):
        status(sent, "signed", on=TODAY + timedelta(days=1), signed_file=clean_document(following.upload()))


def test_of_two_pages_the_older_is_told(partnership):
    agreement = saved(partnership)
    status(agreement, "sent")
    with pytest.raises(PartnershipError, match="envoyée pour signature"):
        status(agreement, "sent", seen="draft")


def test_what_was_sent_is_not_rewritten_and_each_change_is_kept(partnership):
    person = people.verified()
    agreement = status(saved(partnership), "sent")
    agreement.object = "Autre chose"
    with pytest.raises(PartnershipError):
        services.save_agreement(agreement=agreement, signatories={}, acting_user=person)
    with pytest.raises(PartnershipError):
        services.save_text(agreement=agreement, text="Autre chose", acting_user=person)
    stored = Agreement.objects.get()
    assert stored.object == "Creuser un puits."
    assert [row.status for row in stored.history.order_by("pk")] == ["draft", "sent"]


def test_signatories_are_of_the_parties(partnership):
    inside, outside = partnership.parties.first().actor, network.actor()
    agreement = services.save_agreement(
        agreement=Agreement(partnership=partnership, object="X"), acting_user=people.verified(),
        signatories={inside.pk: ("Awa Diop", "maire"), outside.pk: ("Quidam", "passant")},
    )  # fmt: skip
    assert [row.name for row in agreement.signatories.all()] == ["Awa Diop"]


# Drafts -----------------------------------------------------------------------------------------


def test_a_draft_says_the_facts_and_what_is_missing(partnership):
    agreement = saved(partnership, amount=Decimal("12500.50"), starts_on=date(2026, 3, 1))
    text = drafts.draft_of(agreement)
    assert "Creuser un puits." in text
    assert "12 500,50 EUR" in text.replace("\u202f", " ").replace("\xa0", " ")
    assert "1 mars 2026" in text
    assert "[à compléter : date de fin]" in text
    assert r"Vif\_ours" in text
    assert "{{" not in text


@pytest.mark.parametrize("kind", ["partnership", "mecenat_competences"])
def test_the_pdf_is_tagged_in_french_and_can_be_read_back(partnership, kind):
    agreement = saved(partnership, kind=kind)
    made = as_pdf(agreement)
    assert made.startswith(b"%PDF-1.7")
    marks = inside(made)
    text = read_back(made)
    for said in (partnership.parties.first().actor.name, "Creuser un puits"):
        assert said in text
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"pdfuaid:part"):
        assert mark in marks, mark


def test_without_pango_the_page_names_the_packages(client, partnership, monkeypatch):
    monkeypatch.setattr("projects.following.agreements.views.missing_packages", lambda: pdf.PACKAGES)
    agreement = saved(partnership)
    client.force_login(partnership.parties.first().person)
    assert "libpango-1.0-0" in client.get(agreement.get_absolute_url()).content.decode()
    answer = client.get(reverse("agreement-pdf", args=[agreement.pk]), follow=True)
    assert "libpango-1.0-0" in answer.content.decode()


def test_the_parties_own_words_replace_the_template(client, partnership):
    agreement = saved(partnership)
    client.force_login(partnership.parties.first().person)
    client.post(reverse("agreement-text", args=[agreement.pk]), {"text": "Nos *propres* mots <script>x</script>"})
    assert client.get(reverse("agreement-download", args=[agreement.pk])).content.decode().startswith("Nos *propres*")
    page = client.get(agreement.get_absolute_url()).content.decode()
    assert "<em>propres</em>" in page
    assert "<script>x" not in page


def test_what_was_sent_no_longer_follows_the_template(partnership):
    sent = status(saved(partnership), "sent")
    AgreementTemplate.objects.update(body="Tout autre chose.")
    assert "Creuser un puits." in drafts.draft_of(Agreement.objects.get(pk=sent.pk))


def test_a_template_with_an_unknown_word_is_refused():
    for template in AgreementTemplate.objects.all():
        drafts.validate_words(template.body)
    with pytest.raises(ValidationError, match="signatures"):
        drafts.validate_words("{{ signatures }}")


# Tax --------------------------------------------------------------------------------------------


def company(**fields) -> TaxRule:
    return TaxRule(
        donor="company", since=TODAY, rate=Decimal(60), bracket=Decimal(2_000_000), rate_above=Decimal(40),
        ceiling=Decimal(20_000), ceiling_share=Decimal("0.5"), **fields,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("gift", "turnover", "reduction", "carried_over"),
    [
        ("10000", None, "6000.00", "0"),
        ("30000", None, "12000.00", "10000"),
        ("30000", "1000000", "12000.00", "10000"),  # 0,5 % is below 20 000
        ("30000", "10000000", "18000.00", "0"),  # 0,5 % is 50 000
        ("3000000", "1000000000", "1600000.00", "0"),  # 60 % of 2 M, 40 % of 1 M
    ],
)
def test_what_a_company_may_deduct(gift, turnover, reduction, carried_over):
    found = tax.estimate(company(), Decimal(gift), Decimal(turnover) if turnover else None)
    assert (found.reduction, found.carried_over) == (Decimal(reduction), Decimal(carried_over))


def test_the_rule_in_force_when_it_starts_holds(partnership):
    TaxRule.objects.create(donor="company", since=date(2020, 1, 1) + timedelta(days=3000), rate=50, legal_source="CGI",
                           conditions="Selon la loi à venir.")  # fmt: skip
    agreement = following.agreement(partnership, donor="company", amount=1000, starts_on=date(2026, 1, 1))
    assert tax.estimate_for(agreement, TODAY).reduction == 600
    agreement.starts_on = date(2030, 1, 1)
    assert tax.estimate_for(agreement, TODAY).reduction == 500


def test_an_estimate_is_always_called_one_with_its_source(client, partnership):
    agreement = following.agreement(partnership, donor="company", in_kind_value=Decimal(4000))
    client.force_login(partnership.parties.first().person)
    page = client.get(agreement.get_absolute_url()).content.decode()
    assert "2 400,00" in page.replace("\u202f", " ").replace("\xa0", " ")
    assert "Ceci est une estimation" in page
    assert "CGI, art. 238 bis" in page


@pytest.mark.parametrize("fields", [{"donor": ""}, {"currency": "XOF"}, {"amount": 0}, {"amount": None}])
def test_nothing_is_guessed(partnership, fields):
    agreement = following.agreement(partnership, **{"donor": "company", "amount": Decimal(1000), **fields})
    assert tax.estimate_for(agreement, TODAY) is None


def test_statuses_have_a_place_in_the_table():
    assert set(services.NEXT_STATUS) == set(AgreementStatus)


def test_making_a_pdf_lets_no_cut_picture_in(partnership):
    as_pdf(saved(partnership))
    assert not ImageFile.LOAD_TRUNCATED_IMAGES
