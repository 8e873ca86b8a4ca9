"""Numbers of registers: what each accepts, how it is kept and shown."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from actors import registration
from actors.enums import RegistrationKind

GOOD = [
    ("siren", " 732 829 320 ", "732829320", "732 829 320"),
    ("siret", "732.829.320.00074", "73282932000074", "732 829 320 00074"),
    ("siret", "356 000 000 00048", "35600000000048", "356 000 000 00048"),  # La Poste, whose others have no Luhn key
    ("rna", "w 743 001 234", "W743001234", "W743001234"),
    ("rna", "W2A1234567", "W2A1234567", "W2A1234567"),
    ("ch_uid", "CHE-100.155.212", "CHE100155212", "CHE-100.155.212"),
    ("ch_uid", "che 100155212 TVA", "CHE100155212", "CHE-100.155.212"),
    ("ch_uid", "100.155.212", "CHE100155212", "CHE-100.155.212"),
    ("other", "  RCS   Dakar 12 ", "RCS Dakar 12", "RCS Dakar 12"),
]


@pytest.mark.parametrize(("kind", "typed", "kept", "shown"), GOOD)
def test_a_number_is_kept_compact_and_shown_as_its_register_writes_it(kind, typed, kept, shown):
    assert registration.compact(kind, typed) == kept
    assert registration.shown(kind, kept) == shown


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("siren", "732 829 321"), ("siren", "73282932"), ("siren", "732 829 320 00074"), ("siret", "73282932000079"),
        ("siret", "732829320"), ("rna", "743001234"), ("rna", "W74300123"), ("rna", "W74300123X"),
        ("rna", "W٧٤3001234"), ("ch_uid", "CHE-100.155.213"), ("siren", "tout neuf"),
    ],
)  # fmt: skip
def test_a_wrong_number_is_refused_with_an_example(kind, typed):
    with pytest.raises(ValidationError, match="par exemple"):
        registration.compact(kind, typed)


def test_a_number_tells_its_register_where_only_one_can_have_it():
    telling = GOOD[:-2]
    assert [registration.kind_of(typed) for _kind, typed, _kept, _shown in telling] == [row[0] for row in telling]
    assert [registration.kind_of(typed) for typed in ("RCS Dakar 12", "100.155.212")] == [None, None]


@given(st.sampled_from(RegistrationKind.values), st.text(max_size=60))
def test_what_is_accepted_stays_accepted_as_it_is_shown(kind, typed):
    try:
        kept = registration.compact(kind, typed)
    except ValidationError:
        return
    assert registration.compact(kind, registration.shown(kind, kept)) == kept


def test_a_register_unknown_by_now_shows_the_number_as_it_is():
    assert registration.shown("", "12 AB") == "12 AB"
