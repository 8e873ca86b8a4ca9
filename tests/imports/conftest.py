import pytest

from tests.imports.desk import Desk


@pytest.fixture
def desk(db) -> Desk:
    return Desk()
