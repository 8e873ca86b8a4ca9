"""Finding the taxonomy's skills in what people write."""

import pytest

from actors.models import Skill
from actors.skills.detection import detect
from actors.skills.lexicon import LONGEST_TEXT, Lexicon
from actors.skills.taxonomy import load_taxonomy
from coexist.common.language.text import STOP_WORDS

pytestmark = pytest.mark.django_db


def codes(text: str) -> list[str]:
    by_key = dict(Skill.objects.values_list("pk", "code"))
    return [by_key[mention.skill] for mention in detect(text)]


def test_the_longest_expression_wins():
    found = codes("Aide à la recherche de financements")
    assert [code for code in found if code.startswith("fundraising")]
    assert not {code for code in found if code.startswith("research")}


def test_the_shorter_expression_is_found_where_the_longer_is_not():
    lexicon = Lexicon([(1, "recherche"), (2, "recherche de fonds"), (3, "fonds")])
    assert [mention.skill for mention in lexicon.find("recherche de fonds")] == [2]
    assert [mention.skill for mention in lexicon.find("recherche des plantes, fonds marins")] == [1, 3]


@pytest.mark.parametrize(
    "text",
    [
        "comptabilité",
        "COMPTABILITÉ",
        "Comptabilites",
        "un peu de comptabilité, le soir",
        "(comptabilité)",
        "comptabilite\u0301",
        "bookkeeping",
    ],
)
def test_case_accents_plural_and_language_do_not_matter(text):
    assert codes(text) == codes("comptabilité") != []


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("relire des statuts", "bylaws"),
        ("RGPD", "GDPR"),
        ("droit d'auteur", "copyright"),
        ("levée de fonds", "raise funds"),
    ],
)
def test_english_names_the_same_skill(french, english):
    assert codes(french) == codes(english) != []


def test_skills_come_in_the_order_of_the_text_and_once():
    lexicon = Lexicon([(1, "comptabilité"), (2, "traduction")])
    text = "Traduction, comptabilité, puis encore traduction"
    assert [mention.skill for mention in lexicon.find(text)] == [2, 1]


@pytest.mark.parametrize("text", ["", "   ", "de la pour les et ou", "the of and with", "a b c d", "… ! ?", "123 456"])
def test_nothing_is_found_in_words_that_say_nothing(text):
    assert codes(text) == []


def test_no_stop_word_names_a_skill():
    assert [word for word in STOP_WORDS if detect(word)] == []


@pytest.mark.parametrize("label", ["de la", "l'", "a", ""])
def test_a_label_without_meaning_names_nothing(label):
    assert Lexicon([(1, label)]).find("de la musique a l'ombre") == []


def test_one_word_left_of_a_long_label_does_not_stand_for_it():
    # "mise en place" would otherwise be found in any "place".
    assert Lexicon([(1, "les uns avec les autres, place")]).find("une place de marché") == []


def test_a_text_of_a_hundred_thousand_characters_is_read_by_its_beginning():
    padding = "bla " * 25_000
    assert codes(f"comptabilité {padding}") == codes("comptabilité")
    assert codes(f"{'bla ' * (LONGEST_TEXT // 4)}comptabilité") == []


def test_the_mention_tells_the_expression_that_named_the_skill():
    (mention,) = Lexicon([(7, "Tenue des comptes"), (7, "comptabilité")]).find("La comptabilité du dimanche")
    assert (mention.skill, mention.expression) == (7, "comptabilité")


def test_a_changed_taxonomy_is_read_at_once():
    assert codes("zymurgie") == []
    domain = Skill.objects.domains().first()
    skill = Skill.objects.create(code="zymurgy", parent=domain, name_fr="Zymurgie", name_en="Zymurgy")
    assert codes("zymurgie") == ["zymurgy"]
    skill.synonyms_fr = ["art du brassin"]
    skill.save()
    assert codes("l'art des brassins") == ["zymurgy"]
    skill.delete()
    assert codes("zymurgie") == []


def test_the_taxonomy_has_two_levels_and_sixty_skills_or_more():
    skills = Skill.objects.exclude(parent=None)
    assert skills.count() >= 60
    assert not skills.exclude(parent__parent=None).exists()
    assert all(skill.name_fr and skill.name_en and skill.synonyms_fr and skill.synonyms_en for skill in skills)


def test_reading_the_taxonomy_again_changes_nothing():
    assert load_taxonomy() == 0


def test_every_skill_is_found_by_its_own_french_name():
    lost = [skill.code for skill in Skill.objects.exclude(parent=None) if skill.code not in codes(skill.name_fr)]
    assert lost == []
