"""The real encoder and the production ranking: sense without shared words, and shared words without sense.

The traps were written before they were run: 35, of which these 12 are ranked right. What the others have
in common: the wrong title repeats the need's own words, or a homonym stands in the taxonomy.
"""

import pytest

from actors.models import Actor, Offer, Skill
from actors.skills.detection import detect
from coexist.common.language.models import TextVector
from coexist.common.language.text import stems
from coexist.common.language.vectors import vectors_for
from projects.matching.enums import Band
from projects.matching.frequencies import count_stems
from projects.matching.run import match_need, score_actors
from projects.models import Need
from tests.factories import network

pytestmark = pytest.mark.django_db

OTHER_OFFERS = (
    "Relecture de statuts associatifs", "Forage de puits", "Comptabilité associative", "Traduction en wolof",
    "Prêt de tables et de chaises", "Cours d'informatique", "Graphisme et affiches", "Panneaux solaires",
    "Bourses pour des étudiants", "Formation de formateurs", "Création de sites internet", "Mise en réseau d'acteurs",
    "Don de livres scolaires", "Conseil en gestion de projet", "Recherche de financements publics",
    "Ateliers de théâtre", "Études de santé publique", "Salle de réunion", "Ingénierie de l'eau",
    "Soutien aux coopératives agricoles", "Accueil de migrants", "Prêt de matériel vidéo", "Cours de langues",
    "Conseil juridique", "Assistance administrative",
)  # fmt: skip

# Needs and the offers that answer them, in other words.
SAME_SENSE = [
    ("Soigner les dents des écoliers", "Consultations d'un chirurgien-dentiste"),
    ("Apprendre aux enfants à nager", "Maître-nageur disponible à la piscine"),
    ("Réparer des vélos donnés", "Atelier de mécanique pour bicyclettes"),
    ("Garder les bébés pendant nos réunions", "Baby-sitting et crèche mobile"),
    ("Looking after stray dogs", "Vétérinaire pour animaux errants"),
    ("Éteindre les feux de brousse", "Pompiers volontaires contre les incendies"),
    ("Jouer de la guitare à notre fête", "Musiciens amateurs"),
    ("Un endroit où dormir pour des pèlerins", "Gîte d'étape de douze lits"),
    ("Garder un souvenir en images de la cérémonie", "Photographe professionnel"),
]
# So clear that the two are told of each other.
WORTH_A_MAIL = SAME_SENSE[:6]

# Need, its detail; the right offer, its detail; the wrong one, its detail.
SAME_WORDS = [
    ("Levée de fonds et recherche de mécènes",
     "Nous voulons convaincre des entreprises de donner à notre association, avec un dossier et une liste de contacts.",
     "Collecte de dons auprès des entreprises",
     "Nous aidons à monter un dossier de mécénat et à approcher les donateurs.",
     "Recherche sur la faune des fonds marins", "Inventaire des espèces, plongées, publications scientifiques."),
    ("Monter un film sur les migrations", "Vingt heures d'images tournées à Vintimille, à réduire à cinquante minutes.",
     "Réalisation de vidéos documentaires", "Tournage, montage, étalonnage, sous-titres.",
     "Migration de données vers le nuage", "Nous déplaçons vos fichiers et vos messageries."),
    ("Former une équipe au management", "Huit responsables bénévoles qui encadrent des salariés pour la première fois.",
     "Coaching de responsables d'association", "Déléguer, conduire un entretien, gérer un conflit.",
     "Équipe de football féminine", "Former des joueuses, tournois de quartier, stages d'été."),
    ("Capital pour créer une coopérative", "Trente productrices de karité veulent acheter une presse.",
     "Prêts solidaires et microcrédit", "Nous finançons des entreprises collectives en Afrique.",
     "Visites guidées de la capitale", "Créer un circuit, raconter les monuments."),
    ("Bénévoles pour servir à table", "Un dîner de deux cents couverts pour la Semaine de la solidarité.",
     "Volontaires pour l'accueil et les repas", "Nos salariés donnent une soirée par an.",
     "Table de mixage et serveur", "Location de matériel de sonorisation."),
    ("Planter des arbres le long de la route", "Trois kilomètres de haies contre l'érosion et la poussière.",
     "Reboisement et pépinière", "Plants, conseils, chantiers de plantation.",
     "Arbre généalogique", "Recherches d'ancêtres, la route des familles émigrées."),
    ("Batterie pour un panneau solaire", "Celle du dispensaire ne tient plus la nuit.",
     "Stockage d'énergie photovoltaïque", "Accumulateurs, régulateurs, onduleurs.",
     "Cours de batterie et de percussions", "Débutants bienvenus, instruments fournis."),
    ("Prise en charge de grossesses à risque", "La maternité du district n'a qu'une infirmière.",
     "Sages-femmes et obstétriciens", "Missions de deux semaines.",
     "Gestion des risques et des charges", "Audit financier d'entreprises."),
    ("Toile de tente pour un camp", "Soixante familles ont fui une inondation.",
     "Abris d'urgence", "Bâches, kits, montage.",
     "Toile de maître", "Exposition d'un peintre, visites commentées."),
    ("Poste de secours pour un tournoi", "Quatre cents enfants un samedi de juin.",
     "Secouristes diplômés", "Matériel, véhicule, équipe de six.",
     "Timbres du bureau de poste", "Collections du monde entier."),
    ("Élever des poules pondeuses", "Un groupement de femmes commence avec cent bêtes.",
     "Aviculture villageoise", "Poulaillers, vaccins, alimentation.",
     "Élever le débat", "Cercle de philosophie."),
    ("Puce pour les téléphones d'une enquête", "Trente enquêteurs envoient leurs réponses chaque soir.",
     "Télécommunications mobiles", "Cartes prépayées, forfaits de données.",
     "Marché aux puces", "Stands de brocante, téléphones anciens."),
]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _standing_texts_are_read_once(django_db_setup, django_db_blocker):
    """Vectors of the texts that every test here has in common: each test's rollback would drop them."""
    texts = [text for title in OTHER_OFFERS for text in (f"{title}. ", f"Structure.  {title}")]
    with django_db_blocker.unblock():
        vectors_for(texts)
        yield
        TextVector.objects.all().delete()


def skills_of(text: str) -> set[int]:
    return {mention.skill for mention in detect(text)}


def families(skills: set[int]) -> set[int]:
    """Those skills and whatever the score calls related to them."""
    domains = {parent for pk, parent in Skill.objects.values_list("pk", "parent") if pk in skills and parent}
    domains |= set(Skill.objects.filter(pk__in=skills, parent=None).values_list("pk", flat=True))
    return skills | domains | set(Skill.objects.filter(parent__in=domains).values_list("pk", flat=True))


def offered(title: str, detail: str = "") -> int:
    """An actor whose offer alone speaks for it; returns its key."""
    actor = network.actor(name="Structure", summary="", languages=[])
    network.offer(actor, title, detail=detail)
    return actor.pk


def asked(title: str, detail: str = "") -> Need:
    """A need whose title and detail alone speak for it, in a read and counted network."""
    for other in OTHER_OFFERS:
        offered(other)
    lead = network.actor(name="Structure", summary="", languages=[])
    need = network.need(network.project(lead, title="Projet", summary=""), title, detail=detail)
    network.read(need, *Offer.objects.all(), *Actor.objects.prefetch_related("offers"))
    count_stems()
    return need


def ranking(need: Need) -> list[int]:
    return [found.actor for found in score_actors(need)]


@pytest.mark.parametrize(("wanted", "given"), SAME_SENSE)
def test_the_pair_shares_no_stem_and_no_skill_of_the_taxonomy(wanted, given):
    assert set(stems(wanted)).isdisjoint(stems(given))
    assert families(skills_of(wanted)).isdisjoint(families(skills_of(given)))


@pytest.mark.parametrize(("wanted", "given"), SAME_SENSE)
def test_the_same_sense_in_other_words_comes_before_every_other_offer(wanted, given):
    right = offered(given)
    ranked = ranking(asked(wanted))
    assert len(ranked) == len(OTHER_OFFERS) + 1
    assert ranked[0] == right


@pytest.mark.parametrize(("wanted", "given"), WORTH_A_MAIL)
def test_a_clear_sense_in_other_words_is_worth_a_mail(wanted, given):
    right = offered(given)
    matches = {match.actor_id: match.band for match in match_need(asked(wanted))}
    assert matches[right] in (Band.STRONG, Band.GOOD)


@pytest.mark.parametrize(("title", "detail", "right", "right_detail", "wrong", "wrong_detail"), SAME_WORDS)
def test_shared_words_without_the_sense_come_after(title, detail, right, right_detail, wrong, wrong_detail):
    assert set(stems(f"{title} {detail}")) & set(stems(f"{wrong} {wrong_detail}")), "the trap must share a word"
    trap, answer = offered(wrong, wrong_detail), offered(right, right_detail)
    ranked = ranking(asked(title, detail))
    assert ranked.index(answer) < ranked.index(trap)
