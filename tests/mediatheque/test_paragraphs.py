"""Lines of a page, put together again."""

import pytest

from mediatheque.paragraphs import paragraphs

FULL = "Le mécénat de compétences : une entreprise met des salariés à disposition"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([FULL, "d'un organisme."], [f"{FULL} d'un organisme."]),
        ([FULL, "Genève accueille la suite."], [f"{FULL} Genève accueille la suite."]),
        (["Ce qui les distingue", FULL], ["Ce qui les distingue", FULL]),
        (["Durée de quelques jours à", "plusieurs mois", FULL], ["Durée de quelques jours à plusieurs mois", FULL]),
        ([f"{FULL}.", "Puis autre chose."], [f"{FULL}.", "Puis autre chose."]),
        ([FULL, "", "Nouveau paragraphe"], [FULL, "Nouveau paragraphe"]),
        (["•", "•", "1 / 2", "---"], ["1 / 2"]),
        (["", "  "], []),
    ],
)
def test_lines_go_on_where_the_paper_ended_them(lines, expected):
    assert paragraphs("\n".join(lines)) == expected
