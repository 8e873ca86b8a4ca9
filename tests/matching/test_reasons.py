"""Stored reasons become sentences, the same ones on the page, in the mail and in the admin."""

import html
import re

import pytest
from django.urls import reverse
from django.utils import translation

from actors.enums import Mode, OfferKind
from actors.models import Offer, Skill
from coexist.common.mail.models import OutgoingEmail
from projects.matching import announce, reasons, run
from projects.matching.enums import Reader
from projects.matching.models import Match
from projects.matching.reasons import explain
from projects.matching.scoring import score
from tests.factories import facts, network

WATER = {"fr": "Traitement de l'eau", "en": "Water treatment"}
WELLS = {"fr": "Forage", "en": "Drilling"}

SENTENCES = {
    "skill_same": ({"wanted": WATER, "given": WATER}, "Compétence identique : Traitement de l'eau"),
    "skill_domain": (
        {"wanted": WATER, "given": WELLS}, "Même domaine de compétence : Forage, pour Traitement de l'eau",
    ),
    "skill_near": ({"wanted": WATER, "given": WELLS}, "Compétence voisine : Forage, pour Traitement de l'eau"),
    "words": ({"words": ["forage", "pompe"]}, "Mots en commun : forage, pompe"),
    "meaning": ({"offer": "Puits et pompes"}, "Proche de : « Puits et pompes »"),
    "place": ({"territories": ["SN"]}, "Intervient au Sénégal"),
    "mode": ({"modes": ["mecenat_competences"]}, "Modalité acceptée : mécénat de compétences"),
    "theme": ({"themes": [6]}, "Thème commun : Eau propre et assainissement"),
    "kind": ({"kind": "training"}, "Propose ce que vous cherchez : formation"),
    "language": ({"languages": ["fr", "wo"]}, "Langue de travail commune : français, wolof"),
    "place_unknown": ({}, "Territoire à confirmer"),
    "language_unknown": ({}, "Langue de travail à confirmer"),
    "mode_unknown": ({}, "Modalité à confirmer"),
    "dates_unknown": ({}, "Disponibilité à confirmer"),
    "kind_differs": ({"kind": "equipment"}, "Propose plutôt : matériel"),
}  # fmt: skip


def stored(*told: str, doubts: tuple[str, ...] = ()) -> Match:
    """A match as the database gives it back, with these codes."""
    return Match(
        reasons=[{"code": code, "value": 9.0, "params": SENTENCES[code][0]} for code in told],
        doubts=[{"code": code, "value": 0.0, "params": SENTENCES[code][0]} for code in doubts],
    )


@pytest.mark.parametrize("code", SENTENCES)
def test_each_code_is_a_french_sentence(code):
    assert explain(stored(code)).reasons == [SENTENCES[code][1]]


def test_no_code_is_without_its_sentence_here():
    assert set(SENTENCES) == set(reasons._SENTENCES)


def test_what_scoring_says_is_told_or_silent_on_purpose():
    every = score(
        facts.need(
            skills=frozenset({11}), modes=frozenset({"loan"}), words={"eau": "eau"}, territories=frozenset({"SN"}),
            themes=frozenset({6}), languages=frozenset({"fr"}),
        ),
        facts.actor(
            facts.offer(kind="skill", skills=frozenset({11}), modes=frozenset({"loan"})), facts.offer(pk=2),
            stems=frozenset({"eau"}), territories=frozenset({"SN"}), themes=frozenset({6}), languages=frozenset({"fr"}),
        ),
        facts.known(),
    )  # fmt: skip
    silent = {reason.code for reason in every.reasons} - set(SENTENCES)
    assert silent == {"profile", "second_offer"}


def test_three_reasons_at_most_skill_first_and_one_doubt():
    match = stored("language", "theme", "place", "mode", "skill_same", doubts=("place_unknown", "dates_unknown"))
    explained = explain(match)
    expected = [SENTENCES[code][1] for code in ("skill_same", "place", "mode")]
    assert explained.reasons == expected
    assert explained.doubt == "Territoire à confirmer"


def test_a_code_of_another_version_is_left_out():
    match = stored("mode")
    match.reasons.insert(0, {"code": "moon_phase", "value": 5.0, "params": {"phase": 1}})
    match.doubts = [{"code": "tides", "value": 0.0}]
    assert explain(match) == reasons.Explanation([SENTENCES["mode"][1]], "")


@pytest.mark.parametrize(
    ("code", "worth"), [("meaning", reasons.MEANING_WORTH_TELLING), ("words", reasons.WORDS_WORTH_TELLING)]
)
def test_a_faint_likeness_is_not_told_beside_a_skill(code, worth):
    match = stored("skill_same", code)
    match.reasons[1]["value"] = worth - 0.01
    assert explain(match).reasons == [SENTENCES["skill_same"][1]]
    match.reasons[1]["value"] = worth
    assert explain(match).reasons == [SENTENCES["skill_same"][1], SENTENCES[code][1]]


def test_where_no_skill_or_word_speaks_the_nearest_offer_does():
    match = stored("place", "mode", "meaning")
    match.reasons[2]["value"] = 0.5
    assert explain(match).reasons == [SENTENCES[code][1] for code in ("meaning", "place", "mode")]


@pytest.mark.parametrize("kind", OfferKind)
def test_every_kind_has_its_words(kind):
    match = Match(reasons=[{"code": "kind", "value": 1, "params": {"kind": kind}}], doubts=[])
    assert explain(match).reasons == [f"Propose ce que vous cherchez : {str(kind.label).lower()}"]


@pytest.mark.parametrize("mode", Mode)
def test_every_mode_has_its_words(mode):
    match = Match(reasons=[{"code": "mode", "value": 0, "params": {"modes": [mode]}}], doubts=[])
    assert explain(match).reasons == [f"Modalité acceptée : {str(mode.label).lower()}"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [("74", "Haute-Savoie (74)"), ("CH-GE", "Genève"), ("FR-ARA", "Auvergne-Rhône-Alpes"), ("XX", "XX")],
)
def test_a_territory_that_is_no_country_is_named(code, expected):
    match = Match(reasons=[{"code": "place", "value": 1, "params": {"territories": [code]}}], doubts=[])
    (sentence,) = explain(match).reasons
    assert sentence.startswith("Intervient sur le territoire : ")
    assert sentence.endswith(expected)


def test_skills_are_named_in_the_readers_language():
    with translation.override("en"):
        assert "Water treatment" in explain(stored("skill_same")).reasons[0]


LESSONS = [
    ("declined_near", Reader.ACTOR, "Vous avez décliné un besoin proche"),
    ("declined_near", Reader.PROJECT, ""),
    ("declined_near", Reader.ANIMATOR, "A décliné un besoin proche : Creuser un puits (Pas le temps en ce moment)"),
    ("not_chosen_near", Reader.ACTOR, ""),
    ("not_chosen_near", Reader.PROJECT, "Vous avez écarté cet acteur pour un besoin proche"),
    (
        "not_chosen_near", Reader.ANIMATOR,
        "Écarté par le projet pour un besoin proche : Creuser un puits (Pas le temps en ce moment)",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "reader", "sentence"), LESSONS)
def test_what_a_refusal_took_away_is_told_to_whom_it_concerns(code, reader, sentence):
    lesson = {"code": code, "value": -0.5, "params": {"title": "Creuser un puits", "reason": "no_time"}}
    match = Match(reasons=[lesson], doubts=[])
    assert explain(match, reader) == reasons.Explanation([], sentence)


def test_without_a_reader_nothing_of_another_need_is_told():
    lesson = {"code": "declined_near", "value": -0.5, "params": {"title": "Creuser un puits", "reason": "no_time"}}
    match = stored("mode", doubts=("place_unknown",))
    match.reasons.append(lesson)
    assert explain(match) == reasons.Explanation([SENTENCES["mode"][1]], "Territoire à confirmer")


# From here on with the database: one match made by the engine, and the three places that show it.


@pytest.fixture
def match(db):
    lead, _owner = network.owned_actor()
    project = network.project(lead, territories=["SN"], themes=[6])
    need = network.need(project, "Relire les statuts de notre association", modes=["pro_bono"])
    actor, _person = network.owned_actor(territories=["MG"], name="L'Atelier & Cie")
    network.read(actor, network.offer(actor, "Relecture de statuts associatifs"))
    run.match_need(need)
    return Match.objects.get()


def of_page(client, match: Match, address: str) -> list[str]:
    client.force_login(match.need.project.lead.members.get())
    page = client.get(address).content.decode()
    (block,) = re.findall(r'<ul class="reason-list">(.*?)</ul>', page, re.S)
    return [html.unescape(sentence) for sentence in re.findall(r"<span>(.*?)</span>", block, re.S)]


def of_mail(kind: str) -> list[str]:
    text = OutgoingEmail.objects.get(kind_code=kind).body_text
    return re.findall(r"^  [+?] (.*)$", text, re.M)


def of_mails_html(kind: str) -> list[str]:
    body = OutgoingEmail.objects.get(kind_code=kind).body_html
    return [
        html.unescape(told)
        for told in re.findall(r'<li>(.*?)</li>|<p class="doubt">(.*?)</p>', body)
        for told in told
        if told
    ]


def of_admin(client, animator, match: Match) -> list[str]:
    client.force_login(animator)
    page = client.get(reverse("admin:matching_match_change", args=[match.pk])).content.decode()
    why = re.search(r"field-why.*?<div class=\"readonly\">(.*?)</div></div>", page, re.S).group(1) + "</div>"
    doubt = re.search(r"field-doubt.*?<div class=\"readonly\">(.*?)</div>", page, re.S).group(1)
    return [html.unescape(sentence) for sentence in [*re.findall(r"<div>(.*?)</div>", why, re.S), doubt]]


def test_pages_mails_and_admin_show_the_same_sentences(client, animator, match):
    explained = explain(match)
    expected = [*explained.reasons, explained.doubt]
    assert len(explained.reasons) >= 2
    assert explained.doubt == "Territoire à confirmer"
    assert of_page(client, match, reverse("need-matches", args=[match.need_id])) == expected
    assert of_page(client, match, reverse("match-detail", args=[match.pk])) == expected
    for kind in ("need_matches", "needs_for_actor"):
        assert of_mail(kind) == expected
        assert of_mails_html(kind) == expected
    assert of_admin(client, animator, match) == expected


def test_nothing_is_computed_anew_when_a_match_is_shown(client, match):
    before = explain(match)
    Skill.objects.all().delete()
    Offer.objects.update(title="Tout autre chose", vector=None, stems=[])
    match.refresh_from_db()
    assert explain(match) == before
    shown = of_page(client, match, reverse("match-detail", args=[match.pk]))
    assert shown == [*before.reasons, before.doubt]


def test_a_queued_mail_says_what_was_stored_when_it_was_written(match):
    before = of_mail("need_matches")
    Match.objects.update(reasons=[], doubts=[])
    announce.announce_new(match.need)
    assert of_mail("need_matches") == before


@pytest.mark.django_db
def test_a_skill_is_told_with_the_expressions_that_named_it():
    lead = network.actor()
    need = network.need(network.project(lead), "Lever des fonds pour notre école")
    actor = network.actor()
    network.read(actor, network.offer(actor, "Recherche de financements pour associations"))
    run.match_need(need)
    told = explain(need.matches.get()).reasons[0]
    assert told.startswith("Compétence identique : ")
    assert told.endswith(" (« lever des fonds », « recherche de financements »)")


@pytest.mark.django_db
def test_a_skill_that_is_said_by_its_name_is_told_once():
    name = Skill.objects.exclude(parent=None).order_by("pk").first().name_fr
    need, actor = network.need(network.project(network.actor()), name), network.actor()
    network.read(actor, network.offer(actor, name.upper()))
    run.match_need(need)
    assert explain(need.matches.get()).reasons[0] == f"Compétence identique : {name}"
