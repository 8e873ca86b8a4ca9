"""The stems that public documents hold: what slips in a search are compared with, and what makes a word a rare one.

Of public documents only, so that no word of a hidden one is ever told by way of a correction.
"""

from django.db import connection, transaction

from coexist.common.statements import compiled

from ..models import FileWords, ResourceFile

MOST = 200_000  # stems
MANY = 500  # documents from which a stem must stand in several: what stands in one may itself be a slip
FEWEST = 2
REFILL = """
    INSERT INTO mediatheque_knownstem (stem, documents)
    SELECT rtrim(word, '+') AS stem, sum(ndoc) FROM ts_stat(%s) WHERE word ~ '^[a-z]{2,40}[+]*$'
    GROUP BY stem HAVING sum(ndoc) >= %s ORDER BY sum(ndoc) DESC, stem LIMIT %s"""


@transaction.atomic
def count_stems() -> int:
    """Count them anew; searches go on with the earlier ones meanwhile. Returns how many there are."""
    documents = FileWords.objects.filter(file__in=ResourceFile.objects.public().read().values("pk")).order_by()
    fewest = FEWEST if documents.count() > MANY else 1
    with connection.cursor() as cursor:
        sql, values = compiled(documents.values_list("words"))
        texts = cursor.mogrify(sql, values)
        cursor.execute("DELETE FROM mediatheque_knownstem")
        cursor.execute(REFILL, [texts.decode() if isinstance(texts, bytes) else texts, fewest, MOST])
        return cursor.rowcount
