"""One normal form and one encoder for French and English."""

import numpy as np
import pytest

from coexist.common.language import vectors
from coexist.common.language.encoder import LONGEST_TEXT, get_encoder
from coexist.common.language.index import index_rows
from coexist.common.language.models import TextVector
from coexist.common.language.text import STOP_WORDS, normalise, stem, stems, words
from tests.factories import network


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ÉNERGIE", "energie"),
        ("Cœur d’œuvre", "coeur d'oeuvre"),
        ("Lætitia", "laetitia"),
        ("e\u0301cole", "ecole"),  # an accent written as a character of its own
        ("Ça, où ?", "ca, ou ?"),
        ("", ""),
    ],
)
def test_the_normal_form_has_no_case_accent_or_ligature(text, expected):
    assert normalise(text) == expected


def test_normalising_twice_changes_nothing():
    text = "L’Été à Nîmes : ŒUVRES"
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Énergies", "l'énergie"),
        ("formations", "formation"),
        ("associatifs", "associatives"),
        ("trainings", "training"),
        ("volunteers", "volunteer"),
        ("réparations de pompes", "RÉPARATION DES POMPES"),
    ],
)
def test_forms_of_one_word_meet(one, other):
    assert stems(one) == stems(other) != []


@pytest.mark.parametrize(("one", "other"), [("eau", "eaux usées"), ("salle", "sale"), ("don", "donnée")])
def test_other_words_stay_apart(one, other):
    assert stems(one) != stems(other)


def test_stop_words_and_single_letters_leave_no_stem():
    assert stems("Nous avons, pour les autres, un y d'à l'être the of and") == ["avon"]
    assert "recherche" not in STOP_WORDS


def test_words_keep_order_stop_words_and_technical_names():
    assert words("La C++, le .NET et Node.js") == ["la", "c++", "le", "net", "et", "node.js"]


@pytest.mark.parametrize("word", ["eau", "sol", "2031", "12345"])
def test_short_words_and_numbers_are_their_own_stem(word):
    assert stem(word) == word


class Counting:
    """The real encoder, counting what it is asked."""

    def __init__(self):
        self.texts = []

    def encode(self, texts):
        self.texts += texts
        return get_encoder().encode(texts)


@pytest.fixture
def counted(monkeypatch, db):
    TextVector.objects.all().delete()
    encoder = Counting()
    monkeypatch.setattr(vectors, "get_encoder", lambda: encoder)
    return encoder


def test_a_text_is_encoded_once_for_ever(counted):
    first = vectors.vectors_for(["Forage de puits", "Comptabilité", "Forage de puits"])
    again = vectors.vectors_for(["Comptabilité", "Forage de puits"])
    assert sorted(counted.texts) == ["Comptabilité", "Forage de puits"]
    assert np.allclose(first[0], first[2])
    assert np.allclose(first[0], again[1], atol=1e-6)
    assert np.allclose(first[1], again[0], atol=1e-6)


def test_vectors_come_in_the_order_of_the_texts(counted):
    one, other = vectors.vectors_for(["Forage de puits", "Comptabilité"])
    back = vectors.vectors_for(["Comptabilité", "Forage de puits"])
    assert np.allclose([other, one], back, atol=1e-6)
    assert not np.allclose(one, other, atol=0.1)


def test_an_empty_text_is_like_nothing_and_is_not_encoded(counted):
    empty, blank, text = vectors.vectors_for(["", "  \n", "Puits"])
    assert not empty.any()
    assert not blank.any()
    assert np.linalg.norm(text) == pytest.approx(1, abs=1e-3)
    assert counted.texts == ["Puits"]
    assert vectors.vectors_for([]) == []


def test_another_encoder_never_meets_the_vectors_of_this_one(counted, monkeypatch):
    before = vectors.text_key("Puits")
    monkeypatch.setattr(vectors, "VERSION", "another/1")
    assert vectors.text_key("Puits") != before


def test_a_long_text_is_read_by_its_beginning(db):
    long = "Forage de puits au village. " * 200
    whole, start = get_encoder().encode([long, long[:LONGEST_TEXT]])
    assert np.allclose(whole, start, atol=1e-5)


def test_meaning_crosses_languages(db):
    french, english, other = get_encoder().encode(["Forage de puits", "Well drilling", "Comptabilité associative"])
    assert french @ english > french @ other


def test_a_row_is_read_again_only_when_its_text_changed(counted):
    offer = network.offer(network.actor(), "Forage de puits")
    assert index_rows([offer]) == 1
    assert index_rows([offer]) == 0
    assert offer.stems == ["forag", "puit"]
    offer.title = "Pompes solaires"
    assert index_rows([offer]) == 1
    offer.refresh_from_db()
    assert offer.stems == ["pomp", "solair"]
    assert counted.texts == ["Forage de puits", "Pompes solaires"]
