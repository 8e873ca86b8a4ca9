"""What tests of matching have in common."""

import pytest
from django.db import connection


@pytest.fixture(autouse=True, scope="module")
def _the_index_forgets_what_was_rolled_back(request):
    """As autovacuum does where rows are kept: else the copies that earlier tests left crowd the index's neighbours."""
    if not any(item.get_closest_marker("django_db") for item in request.session.items):  # no database was made
        return
    request.getfixturevalue("django_db_setup")
    with request.getfixturevalue("django_db_blocker").unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM matching_offerpoint, matching_needpoint")
