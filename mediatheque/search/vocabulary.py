"""The stems that public pages hold: what slips in a search are compared with.

Of public pages only, so that no word of a hidden document is ever told by way of a correction.
"""

from django.db import connection, transaction

from ..models import ResourcePage

MOST = 200_000  # stems
MANY = 5_000  # pages from which a stem must stand in several: what stands in one may itself be a slip
FEWEST = 3
REFILL = """
    INSERT INTO mediatheque_knownstem (stem, pages)
    SELECT word, ndoc FROM ts_stat(%s) WHERE ndoc >= %s AND word ~ '^[a-z]{4,40}$' ORDER BY ndoc DESC, word LIMIT %s"""


@transaction.atomic
def count_stems() -> int:
    """Count them anew; searches go on with the earlier ones meanwhile. Returns how many there are."""
    pages = ResourcePage.objects.public().order_by()
    fewest = FEWEST if pages.count() > MANY else 1
    with connection.cursor() as cursor:
        sql, values = pages.values_list("search").query.get_compiler(connection=connection).as_sql()
        texts = cursor.mogrify(sql, values)
        cursor.execute("DELETE FROM mediatheque_knownstem")
        cursor.execute(REFILL, [texts.decode() if isinstance(texts, bytes) else texts, fewest, MOST])
        return cursor.rowcount
