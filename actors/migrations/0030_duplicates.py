"""Comparing numbers and web domains as one reads them, each with an index.

Left out of the comparison: spaces, dots and dashes of a number; "www." and the path of an address.
"""

from django.db import migrations, models
from django.db.models.functions import Left

NUMBER = """
CREATE FUNCTION coexist_number(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT upper(regexp_replace($1, '[^0-9A-Za-z]', '', 'g')) $$;
"""
DOMAIN = """
CREATE FUNCTION coexist_domain(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT substring(lower($1) from '(?:@|://(?:www\\.)?)([^/:?#@]+)') $$;
"""
# A threshold of its own lets the index leave out, unread, the thousands that share "association" alone.
ALIKE = """
CREATE FUNCTION coexist_names_alike(text, at_most integer) RETURNS TABLE (id bigint, alike real)
    LANGUAGE sql STABLE STRICT ROWS 6 SET pg_trgm.similarity_threshold = '0.45'
    AS $$
        SELECT id, similarity(name_key, $1) FROM actors_actor WHERE name_key % $1 ORDER BY 2 DESC, 1 LIMIT $2
    $$;
"""


def computed(function: str, field: str) -> models.Func:
    return models.Func(models.F(field), function=function)


class Migration(migrations.Migration):
    dependencies = [("actors", "0020_directory")]
    operations = [
        migrations.RunSQL(NUMBER, "DROP FUNCTION coexist_number(text)"),
        migrations.RunSQL(DOMAIN, "DROP FUNCTION coexist_domain(text)"),
        migrations.AddIndex("actor", models.Index(computed("coexist_plain", "acronym"), name="actor_plain_acronym")),
        migrations.AddIndex(
            "actor", models.Index(Left(computed("coexist_number", "registration_number"), 9), name="actor_number")
        ),
        migrations.AddIndex("actor", models.Index(computed("coexist_domain", "website"), name="actor_website_domain")),
        migrations.AddIndex("actor", models.Index(fields=["name_key"], name="actor_name")),
        migrations.RunSQL(ALIKE, "DROP FUNCTION coexist_names_alike(text, integer)"),
        migrations.AddIndex("contact", models.Index(computed("coexist_domain", "email"), name="contact_email_domain")),
    ]
