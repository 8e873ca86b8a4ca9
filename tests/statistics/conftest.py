import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def _counted_anew():
    """Public figures are kept some minutes: no test reads those of another."""
    caches["memory"].clear()
    yield
    caches["memory"].clear()
