"""The points of a synthetic network's offers, put together in the database: as index_actors makes them, in bulk."""

from django.db import connection

from actors.models import Skill
from projects.matching.layout import KINDS
from projects.matching.space import LENGTH, kind_direction, skill_direction

INDEX = "offer_point_best"

FILL = """
    INSERT INTO matching_offerpoint (offer_id, vector)
    SELECT id, parts || ARRAY[sqrt(greatest(0, %s ^ 2 + (parts <#> parts)))]::halfvec
    FROM (
        SELECT offer.id, offer.vector || actor.vector || skills.v || kind.v AS parts
        FROM actors_offer offer
    JOIN actors_actor actor ON actor.id = offer.actor_id
    JOIN bench_kind kind ON kind.name = offer.kind
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
            "CREATE UNLOGGED TABLE bench_kind (name text PRIMARY KEY, v halfvec)"
        )
        for skill in Skill.objects.all():
            direction = skill_direction(skill.pk, skill.parent_id)
            cursor.execute("INSERT INTO bench_skill VALUES (%s, %s)", [skill.pk, _text(direction)])
        for kind in KINDS:
            cursor.execute("INSERT INTO bench_kind VALUES (%s, %s)", [kind, _text(kind_direction(kind))])
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [INDEX])
        (definition,) = cursor.fetchone()
        cursor.execute(f"DROP INDEX {INDEX}")
        cursor.execute(FILL, [LENGTH])
        cursor.execute("SET maintenance_work_mem = '1200MB'")
        cursor.execute(definition)
        cursor.execute("RESET maintenance_work_mem")
        cursor.execute("DROP TABLE bench_skill, bench_kind")
        cursor.execute("VACUUM (ANALYZE) matching_offerpoint")


def _text(vector) -> str:
    return str(vector.tolist())
