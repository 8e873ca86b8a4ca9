"""What people type, as a printer would set it."""

from datetime import UTC, date, datetime

import pytest

from events.programme.typography import clock, day_name, french, french_html, period


def plain(text: str) -> str:
    """Spaces that do not break, as one sees them here."""
    return text.replace("\u00a0", "_").replace("\u202f", "~")


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ("L'eau, d'ici", "L’eau, d’ici"),
        ("Qui vient ?", "Qui vient~?"),
        ("Qui vient?!", "Qui vient~?!"),
        ("Débat : l'eau ; la terre !", "Débat_: l’eau~; la terre~!"),
        ('Exposition "Visages" (suite)', "Exposition «_Visages_» (suite)"),
        ("« Visages »", "«_Visages_»"),
        ("à 18:30, https://exemple.org/?a=1", "à 18:30, https://exemple.org/?a=1"),
        ("5 €, 20 h, 1 500 places", "5_€, 20_h, 1_500 places"),
        ("A & B; C", "A & B~; C"),
        ("et puis...", "et puis…"),
        ("", ""),
    ],
)
def test_french_typography(typed, set_as):
    assert plain(french(typed)) == set_as
    assert french(french(typed)) == french(typed), "what is set already stays"


def test_marks_of_html_are_left_alone():
    assert plain(french_html('<p class="a: b">A &amp; B : <a href="?x=1">oui ?</a></p>')) == (
        '<p class="a: b">A &amp; B_: <a href="?x=1">oui~?</a></p>'
    )


def test_days_and_hours():
    assert plain(day_name(date(2027, 11, 1))) == "lundi 1er_novembre"
    assert plain(period(date(2027, 11, 12), date(2027, 11, 21))) == "du 12 au 21_novembre"
    assert plain(period(date(2027, 11, 28), date(2027, 12, 1))) == "du 28_novembre au 1er_décembre"
    assert [plain(clock(datetime(2027, 11, 1, 9, minute, tzinfo=UTC))) for minute in (0, 5)] == ["9_h", "9_h_05"]
