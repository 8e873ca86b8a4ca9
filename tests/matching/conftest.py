"""What tests of matching have in common."""

import pytest
from django.db import connection


@pytest.fixture(autouse=True, scope="module")
def _the_index_forgets_what_was_rolled_back(django_db_setup, django_db_blocker):
    """As autovacuum does where rows are kept: else the copies that earlier tests left crowd the index's neighbours."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM matching_offerpoint, matching_needpoint")
