"""The points of a synthetic network's offers, put together in the database: as index_actors makes them, in bulk."""

from itertools import combinations

from django.db import connection

from actors.models import Skill
from projects.matching.layout import KINDS, MODES
from projects.matching.space import (
    KIND_LENGTH,
    LENGTH,
    SKILLS_LENGTH,
    kind_direction,
    modes_direction,
    skill_direction,
)

INDEX = "offer_point_best"

FILL = """
    INSERT INTO matching_offerpoint (offer_id, vector)
    SELECT id, parts || ARRAY[sqrt(greatest(0, %s ^ 2 + (parts <#> parts)))]::halfvec
    FROM (
        SELECT offer.id, offer.vector || actor.vector || skills.v || kind.v || modes.v AS parts
        FROM actors_offer offer
    JOIN actors_actor actor ON actor.id = offer.actor_id
    JOIN bench_kind kind ON kind.name = offer.kind
    JOIN bench_modes modes ON modes.named <@ offer.modes AND modes.named @> offer.modes
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(v), (SELECT v - v FROM bench_skill LIMIT 1)) AS v
        FROM bench_skill WHERE id IN (SELECT skill_id FROM actors_offer_skills WHERE offer_id = offer.id)
    ) skills
    ) made
"""


def fill() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE UNLOGGED TABLE bench_skill (id bigint PRIMARY KEY, v halfvec);"
            "CREATE UNLOGGED TABLE bench_kind (name text PRIMARY KEY, v halfvec);"
            "CREATE UNLOGGED TABLE bench_modes (named varchar(20)[], v halfvec)"
        )
        for skill in Skill.objects.all():
            direction = SKILLS_LENGTH * skill_direction(skill.pk, skill.parent_id)
            cursor.execute("INSERT INTO bench_skill VALUES (%s, %s)", [skill.pk, _text(direction)])
        for kind in KINDS:
            cursor.execute("INSERT INTO bench_kind VALUES (%s, %s)", [kind, _text(KIND_LENGTH * kind_direction(kind))])
        for count in range(len(MODES) + 1):
            for modes in combinations(MODES, count):
                cursor.execute("INSERT INTO bench_modes VALUES (%s, %s)", [[*modes], _text(modes_direction(modes))])
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [INDEX])
        (definition,) = cursor.fetchone()
        cursor.execute(f"DROP INDEX {INDEX}")
        cursor.execute(FILL, [LENGTH])
        cursor.execute("SET maintenance_work_mem = '1200MB'")
        cursor.execute(definition)
        cursor.execute("RESET maintenance_work_mem")
        cursor.execute("DROP TABLE bench_skill, bench_kind, bench_modes")
        cursor.execute("VACUUM (ANALYZE) matching_offerpoint")


def _text(vector) -> str:
    return str(vector.tolist())
