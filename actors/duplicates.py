"""Actors that are perhaps the same organisation: like names, one acronym, one number, one web domain.

Animators and the import of sheets ask the same question here; an actor need not be saved to be compared.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Actor

SHOWN = 5  # of one candidate
LONGEST = 200  # characters compared; longer is no name, and no address

# Everybody may have an address there: it tells nothing about an organisation.
PUBLIC_DOMAINS = frozenset(
    """
    gmail.com googlemail.com outlook.com outlook.fr hotmail.com hotmail.fr live.com live.fr msn.com yahoo.com yahoo.fr
    ymail.com aol.com icloud.com me.com mac.com gmx.com gmx.fr gmx.ch gmx.de mail.com proton.me protonmail.com
    protonmail.ch pm.me tutanota.com tuta.io zoho.com yandex.com orange.fr wanadoo.fr free.fr sfr.fr neuf.fr
    laposte.net bbox.fr numericable.fr aliceadsl.fr club-internet.fr cegetel.net riseup.net mailo.com netcourrier.com
    bluewin.ch hispeed.ch sunrise.ch facebook.com linkedin.com instagram.com twitter.com x.com youtube.com
    helloasso.com sites.google.com linktr.ee
    """.split()  # noqa: SIM905 - a list of two dozen lines says no more
)


@dataclass(frozen=True)
class Candidate:
    """What is known of an organisation, saved or about to be; `pk` leaves the actor itself out."""

    name: str = ""
    acronym: str = ""
    registration_number: str = ""
    website: str = ""
    emails: Sequence[str] = ()
    pk: int | None = None

    @classmethod
    def of(cls, actor: Actor, emails: Iterable[str] = ()) -> "Candidate":
        return cls(
            name=actor.name, acronym=actor.acronym, registration_number=actor.registration_number,
            website=actor.website, emails=list(emails), pk=actor.pk,
        )  # fmt: skip

    @property
    def domains(self) -> set[str]:
        found = {domain_of(address) for address in [self.website, *self.emails]}
        return {domain for domain in found if domain and domain not in PUBLIC_DOMAINS}


@dataclass
class Duplicate:
    """An actor that resembles a candidate, and by what, the strongest first."""

    actor: Actor
    reasons: list[Promise | str] = field(default_factory=list)
    strength: float = 0.0


def duplicates_of(candidates: Sequence[Candidate]) -> list[list[Duplicate]]:
    """For each candidate, in their order, the actors like it: likeliest first, five at most, in two queries."""
    found = _resembling(candidates)
    actors = Actor.objects.defer("vector", "stems", "search", "description", "approved_version").in_bulk(
        {pk for _position, pk, *_how in found}
    )
    by_candidate: list[dict[int, Duplicate]] = [{} for _candidate in candidates]
    for position, pk, how, strength, what in sorted(found, key=lambda row: -row[3]):
        if pk in actors:
            duplicate = by_candidate[position].setdefault(pk, Duplicate(actors[pk], strength=strength))
            duplicate.reasons.append(_SENTENCES[how] % {"what": what, "name": actors[pk].name})
    return [list(one.values())[:SHOWN] for one in by_candidate]


def domain_of(address: str) -> str:
    """The web domain of a site or an e-mail address, without "www."; empty where there is none."""
    text = address.strip().lower()[:LONGEST]
    if "@" in text and "//" not in text:
        return text.rpartition("@")[2]
    try:
        return (urlsplit(text if "//" in text else f"//{text}").hostname or "").removeprefix("www.")
    except ValueError:  # "http://[": no address at all
        return ""


_SENTENCES: dict[str, Any] = {
    "number": _("Même numéro d'immatriculation : %(what)s"),
    "same_name": _("Même nom"),
    "name": _("Nom proche : %(name)s"),
    "acronym": _("Même sigle : %(what)s"),
    "domain": _("Même domaine : %(what)s"),
}

# Names are alike from 45 % of trigrams in common (the function coexist_names_alike, of this app's migrations).
# One row per candidate and way of resembling it; each way reads an index of its own.
# A SIREN is the first nine digits of the SIRET of each of its establishments.
_SQL = f"""
WITH candidate AS (
    SELECT position, coexist_plain(name) AS name, coexist_plain(acronym) AS acronym, coexist_number(number) AS number,
           itself
    FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::bigint[])
         AS given(position, name, acronym, number, itself)
), web AS (
    SELECT position, domain FROM unnest(%s::int[], %s::text[]) AS given(position, domain)
), found AS (
    SELECT position, actor.id, CASE WHEN alike = 1 THEN 'same_name' ELSE 'name' END AS how, alike AS strength,
           '' AS what
    FROM candidate, LATERAL (
        SELECT id, alike FROM coexist_names_alike(candidate.name, {SHOWN} + 1) WHERE id IS DISTINCT FROM itself
    ) AS actor
    UNION ALL
    SELECT position, actor.id, 'number', 2, number
    FROM candidate, LATERAL (
        SELECT id FROM actors_actor
        WHERE number <> '' AND id IS DISTINCT FROM itself
          AND left(coexist_number(registration_number), 9) = left(number, 9)
          AND (number ~ '^([0-9]{{9}}|[0-9]{{14}})$' OR coexist_number(registration_number) = number)
        ORDER BY id LIMIT {SHOWN}
    ) AS actor
    UNION ALL
    SELECT position, actor.id, 'acronym', 0.7, what
    FROM candidate, LATERAL (
        SELECT id, acronym AS what FROM actors_actor
        WHERE actors_actor.acronym <> '' AND id IS DISTINCT FROM itself
          AND coexist_plain(actors_actor.acronym) IN (nullif(candidate.acronym, ''), nullif(candidate.name, ''))
        ORDER BY id LIMIT {SHOWN}
    ) AS actor
    UNION ALL
    SELECT position, actor.id, 'acronym', 0.7, actor.name
    FROM candidate, LATERAL (
        SELECT id, name FROM actors_actor
        WHERE candidate.acronym <> '' AND name_key = candidate.acronym AND id IS DISTINCT FROM itself
        ORDER BY id LIMIT {SHOWN}
    ) AS actor
    UNION ALL
    SELECT position, actor.id, 'domain', 0.6, domain
    FROM web JOIN candidate USING (position), LATERAL (
        (SELECT id FROM actors_actor WHERE coexist_domain(website) = domain ORDER BY id LIMIT {SHOWN} + 1)
        UNION
        (SELECT actor_id FROM actors_contact WHERE coexist_domain(email) = domain ORDER BY actor_id LIMIT {SHOWN} + 1)
    ) AS actor(id)
    WHERE actor.id IS DISTINCT FROM itself
)
SELECT position, found.id, how, strength, what
FROM found JOIN actors_actor ON actors_actor.id = found.id AND actors_actor.merged_into_id IS NULL
ORDER BY position, strength DESC, found.id
"""  # noqa: S608 - numbers of this module


def _resembling(candidates: Sequence[Candidate]) -> list[tuple[int, int, str, float, str]]:
    """(position of the candidate, actor, how it resembles it, how strongly, what they have in common)."""
    domains = [(position, domain) for position, one in enumerate(candidates) for domain in sorted(one.domains)]
    given: Any = [
        list(range(len(candidates))),
        [_text(one.name) for one in candidates],
        [_text(one.acronym) for one in candidates],
        [_text(one.registration_number) for one in candidates],
        [one.pk for one in candidates],
        [position for position, _domain in domains],
        [_text(domain) for _position, domain in domains],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_SQL, given)
        return list(dict.fromkeys(cursor.fetchall()))


def _text(value: str) -> str:
    """As PostgreSQL takes it: no NUL."""
    return value.replace("\0", "").strip()[:LONGEST]


def emails_by_actor(actors: Iterable[Actor]) -> dict[int, list[str]]:
    """Addresses of the contacts of `actors`, in one query."""
    from .models import Contact

    emails: dict[int, list[str]] = defaultdict(list)
    for pk, email in Contact.objects.filter(actor__in=list(actors)).exclude(email="").values_list("actor", "email"):
        emails[pk].append(email)
    return emails


def duplicates_of_actors(actors: Sequence[Actor]) -> dict[int, list[Duplicate]]:
    """By the actor's key; three queries however many actors."""
    emails = emails_by_actor(actors)
    found = duplicates_of([Candidate.of(actor, emails[actor.pk]) for actor in actors])
    return {actor.pk: duplicates for actor, duplicates in zip(actors, found, strict=True)}
