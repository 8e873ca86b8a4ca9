""" "Pourquoi pas cet acteur ?": what kept one actor from being proposed for one need, in words, for animators.

The gates are those of gates.py, asked one by one; the rank is that of the engine, computed now.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actors.enums import Mode
from actors.models import Actor, Offer
from projects.models import Need

from .enums import Reader
from .gates import GATES, Gate
from .models import Match, Refusal
from .reasons import Explanation, explain
from .run import MOST_MATCHES, score_actors
from .scoring import Score, within_reach

MUCH, LITTLE = 1.0, 0.1  # log-odds: from where a gap is told, and how
MOST_GAPS = 5


@dataclass(frozen=True)
class OfferAnswer:
    offer: Offer
    stops: list[str]  # empty: it passes every gate


@dataclass(frozen=True)
class Gap:
    """What the last proposed actor has more of."""

    part: str
    is_large: bool


@dataclass(frozen=True)
class Place:
    """Where the actor stands among those that the engine scored for the need."""

    rank: int
    scored: int
    proposed: int
    band: str  # in words; empty: too unsure to be proposed to anybody
    why: Explanation
    is_far_behind: bool  # of the best one: not proposed beside it, whatever its band
    last: Actor | None  # the last proposed one, whom this one did not reach
    last_band: str
    gaps: list[Gap]

    @property
    def is_proposed(self) -> bool:
        return self.rank <= self.proposed


@dataclass(frozen=True)
class Answer:
    need_stops: list[str] = field(default_factory=list)  # the need itself is proposed to nobody
    actor_stops: list[str] = field(default_factory=list)  # whatever the actor offers
    offers: list[OfferAnswer] = field(default_factory=list)
    is_read: bool = True  # False: the engine has yet to read its profile
    place: Place | None = None

    @property
    def passes_by_offer(self) -> bool:
        return any(not one.stops for one in self.offers)

    @property
    def passes(self) -> bool:
        """Nothing stops it: the rest is a matter of closeness and of rank."""
        return not self.need_stops and not self.actor_stops and self.passes_by_offer


def why_not(need: Need, actor: Actor) -> Answer:
    """`need` with its project and that one's lead at hand. Nothing is written."""
    answer = Answer(_need_stops(need), _actor_stops(need, actor), _offers(need, actor))
    if not answer.passes:
        return answer
    place = _place(actor, score_actors(need))
    return Answer(answer.need_stops, answer.actor_stops, answer.offers, actor.vector is not None, place)


def _need_stops(need: Need) -> list[str]:
    """The facts that NeedQuerySet.open asks about, where it says no."""
    stops = []
    if not need.is_open:
        project = need.project
        stops.append(
            _("Le besoin n'est pas ouvert. Besoin : %(need)s. Projet : %(project)s. %(lead)s : %(state)s.") % {
                "need": need.get_state_display(), "project": project.get_state_display(), "lead": project.lead,
                "state": project.lead.get_state_display(),
            }
        )  # fmt: skip
        if need.ends_on is not None and need.ends_on < timezone.localdate():
            stops.append(_("Son dernier jour est passé : %(day)s.") % {"day": _day(need.ends_on)})
    if need.vector is None:
        stops.append(_("Le moteur n'a pas encore lu ce besoin : le calcul est en attente."))
    return stops


def _actor_stops(need: Need, actor: Actor) -> list[str]:
    rows = Actor.objects.filter(pk=actor.pk)
    about = [gate for gate in GATES if gate.is_about_actor and not rows.filter(gate.lets_offer(need, "")).exists()]
    return [_told_of_actor(gate, need, actor) for gate in about]


def _told_of_actor(gate: Gate, need: Need, actor: Actor) -> str:
    if gate.code == "own_need":
        return _("%(actor)s porte ce projet : personne n'est proposé pour son propre besoin.") % {"actor": actor}
    if gate.code == "refused":
        return _told_of_refusal(Refusal.objects.get(need=need, actor=actor))
    if actor.merged_into is not None:
        return _("%(actor)s ne fait plus qu'un avec %(kept)s.") % {"actor": actor, "kept": actor.merged_into}
    return _("%(actor)s n'est pas validé : %(state)s.") % {"actor": actor, "state": actor.get_state_display()}


def _told_of_refusal(refusal: Refusal) -> str:
    params = {"day": _day(timezone.localdate(refusal.created_at)), "reason": refusal.get_reason_display()}
    if refusal.by_actor:
        return _("L'acteur a répondu « pas pour nous » le %(day)s : %(reason)s.") % params
    return _("Le projet n'a pas retenu l'acteur le %(day)s : %(reason)s.") % params


def _offers(need: Need, actor: Actor) -> list[OfferAnswer]:
    """Each offer with the gates that stop it: one query for each gate, whatever the number of offers."""
    offers = list(actor.offers.only("title", "modes", "available_from", "available_until", "actor").order_by("pk"))
    rows: QuerySet[Offer] = Offer.objects.filter(actor=actor)
    through = {
        gate.code: set(rows.filter(gate.lets_offer(need, "actor__")).values_list("pk", flat=True))
        for gate in GATES
        if not gate.is_about_actor
    }
    answers = []
    for offer in offers:
        stopping = [code for code, passing in through.items() if offer.pk not in passing]
        answers.append(OfferAnswer(offer, [_told_of_offer(code, need, offer) for code in stopping]))
    return answers


def _told_of_offer(code: str, need: Need, offer: Offer) -> str:
    if code == "modes":
        params = {"wanted": _modes(need.modes), "given": _modes(offer.modes)}
        return _("Aucune modalité commune. Besoin : %(wanted)s. Offre : %(given)s.") % params
    if code == "dates":
        params = {
            "wanted": _dates(need.starts_on, need.ends_on),
            "given": _dates(offer.available_from, offer.available_until),
        }
        return _("Les dates ne se croisent pas. Besoin : %(wanted)s. Offre : %(given)s.") % params
    return _("Le moteur n'a pas encore lu cette offre : le calcul est en attente.")


def _place(actor: Actor, scores: list[Score]) -> Place | None:
    """None where the actor was not compared: not read yet, or too far."""
    own = next((found for found in scores if found.actor == actor.pk), None)
    if own is None:
        return None
    near = within_reach(scores)
    proposed = [found for found in near if found.band][:MOST_MATCHES]
    rank = scores.index(own) + 1
    last = proposed[-1] if proposed and rank > len(proposed) else None
    return Place(
        rank=rank, scored=len(scores), proposed=len(proposed), band=_band(own), why=_explained(own),
        is_far_behind=own not in near,
        last=Actor.objects.without_index().get(pk=last.actor) if last else None,
        last_band=_band(last) if last else "",
        gaps=_gaps(own, last) if last else [],
    )  # fmt: skip


def _band(found: Score) -> str:
    return str(found.band.label) if found.band else ""


def _explained(found: Score) -> Explanation:
    """As the match would be told, had it been kept."""
    match = Match(
        reasons=[asdict(reason) for reason in found.reasons], doubts=[asdict(doubt) for doubt in found.doubts]
    )
    return explain(match, Reader.ANIMATOR)


def _gaps(own: Score, last: Score) -> list[Gap]:
    """The parts in which `own` stays behind, the widest first."""
    labels = _part_labels()
    have, reached = _by_part(own), _by_part(last)
    behind = {part: reached.get(part, 0.0) - have.get(part, 0.0) for part in {*have, *reached}}
    told = sorted((-gap, labels[part], gap) for part, gap in behind.items() if gap >= LITTLE and part in labels)
    return [Gap(label, gap >= MUCH) for _order, label, gap in told[:MOST_GAPS]]


def _by_part(found: Score) -> dict[str, float]:
    parts: dict[str, float] = {}
    for reason in found.reasons:
        part = "skill" if reason.code.startswith("skill") else reason.code
        parts[part] = parts.get(part, 0.0) + reason.value
    return parts


def _part_labels() -> dict[str, str]:
    return {
        "meaning": _("ce que dit son offre la plus proche"),
        "profile": _("ce que dit son profil entier"),
        "words": _("les mots du besoin, retrouvés chez lui"),
        "skill": _("la compétence"),
        "kind": _("la nature de ce qui est proposé"),
        "place": _("le territoire"),
        "theme": _("le thème"),
        "language": _("la langue de travail"),
        "second_offer": _("une seconde offre"),
        "declined_near": _("un besoin proche, qu'il a décliné"),
        "not_chosen_near": _("un besoin proche, pour lequel le projet l'a écarté"),
    }


def _modes(codes: Iterable[str]) -> str:
    return ", ".join(str(Mode(code).label).lower() for code in codes)


def _dates(first: date | None, last: date | None) -> str:
    if first and last:
        return _("du %(first)s au %(last)s") % {"first": _day(first), "last": _day(last)}
    if first:
        return _("à partir du %(day)s") % {"day": _day(first)}
    assert last is not None  # without any date the gate lets it pass
    return _("jusqu'au %(day)s") % {"day": _day(last)}


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
