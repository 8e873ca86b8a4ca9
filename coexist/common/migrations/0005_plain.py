"""A name as one compares it: lower case, without accents, usable in an index.

unaccent() is only STABLE because its dictionary could be replaced; naming the dictionary fixes it.
"""

from django.db import migrations

PLAIN = """
CREATE FUNCTION coexist_plain(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, $1)) $$;
"""


class Migration(migrations.Migration):
    dependencies = [("common", "0004_groups")]
    operations = [migrations.RunSQL(PLAIN, "DROP FUNCTION coexist_plain(text)")]
