import pytest
from actors.skills.detection import detect
from coexist.common.language.index import index_rows
from coexist.common.language.text import stems
from projects.matching.candidates import related_skills
from projects.matching.facts import knowledge
from projects.matching.frequencies import count_stems
from projects.matching.run import rank_actors
from tests.factories import network
pytestmark = pytest.mark.django_db

MEANT = [
("Trouver un toit pour une famille afghane","Chambre libre chez l'habitant"),
("Rendre notre site lisible par des aveugles","Conformité numérique et malvoyants"),
("Soigner les dents des écoliers","Consultations d'un chirurgien-dentiste"),
("Faire voyager nos colis jusqu'à Tamatave","Fret maritime et conteneurs"),
("Apprendre aux enfants à nager","Maître-nageur disponible à la piscine"),
("Réparer des vélos donnés","Atelier de mécanique pour bicyclettes"),
("Garder les bébés pendant nos réunions","Baby-sitting et crèche mobile"),
("Jouer de la guitare à notre fête","Musiciens amateurs"),
("Un camion pour déménager du mobilier","Fourgonnette avec chauffeur"),
("Faire pousser des légumes sur le toit","Jardin potager urbain"),
("Repas chauds pour deux cents marcheurs","Cuisine collective et traiteur"),
("Empêcher les moustiques de propager le paludisme","Malaria prevention kits"),
("Looking after stray dogs","Vétérinaire pour animaux errants"),
("Coudre des rideaux","Couturières et machine à broder"),
("Un endroit où dormir pour des pèlerins","Gîte d'étape de douze lits"),
("Éteindre les feux de brousse","Pompiers volontaires contre les incendies"),
("Garder un souvenir en images de la cérémonie","Photographe professionnel"),
("Permettre aux villageois de traverser la rivière","Ingénieurs en ponts et passerelles"),
]
DISTRACTORS = ["Relecture de statuts associatifs","Forage de puits","Comptabilité associative","Traduction en wolof","Prêt de tables et de chaises","Cours d'informatique","Graphisme et affiches","Panneaux solaires"]
TRAPS = [
("Levée de fonds et recherche de mécènes","Collecte de dons auprès des entreprises","Recherche sur la faune des fonds marins"),
("Avocat pour relire un bail commercial","Conseil juridique aux associations","Commerce équitable d'avocats et de mangues"),
("Salle pour réunir notre conseil d'administration","Prêt de locaux de réunion","Conseil en administration de serveurs"),
("Cours de français pour des réfugiés","Apprentissage de la langue aux nouveaux arrivants","Végétaliser les cours d'école françaises"),
("Traiter l'eau d'un village","Potabilisation et assainissement","Traitement de texte et saisie de courriers"),
("Monter un film sur les migrations","Réalisation de vidéos documentaires","Migration de données vers le nuage"),
("Former une équipe au management","Coaching de responsables d'association","Équipe de football féminine à former"),
("Souris et claviers pour une salle informatique","Ordinateurs reconditionnés","Piéger les souris dans une salle"),
("Pompe pour un forage","Matériel hydraulique pour puits","Pompes funèbres et cérémonies"),
("Capital pour créer une coopérative","Prêts solidaires et microcrédit","Créer une visite guidée de la capitale"),
("Bénévoles pour servir à table","Volontaires pour l'accueil et les repas","Table de mixage et serveur"),
("Planter des arbres le long de la route","Reboisement et pépinière","Arbre généalogique et route des ancêtres"),
("Réseau électrique d'une école","Électriciens pour des installations solaires","Animer un réseau d'écoles"),
("Créer une mutuelle de santé","Protection sociale et assurance maladie","Créer un site sur la santé des chevaux"),
("Cultures maraîchères économes en eau","Agronomie et irrigation","Économie de la culture et des musées"),
]
@pytest.mark.parametrize("i", range(len(MEANT)))
def test_m(i):
    n,o=MEANT[i]
    actors={}
    for t in [o,*DISTRACTORS]:
        a=network.actor(name=f"Structure {len(actors)}",summary="",languages=[]); network.offer(a,t); actors[a.pk]=t
    need=network.need(network.project(network.actor(name='Porteur',summary=''),title='Projet',summary=''),n)
    from actors.models import Actor, Offer
    index_rows([need,*Offer.objects.all(),*Actor.objects.all()]); count_stems()
    ranked=rank_actors(need,knowledge())
    order=[actors[s.actor] for s in ranked]
    A={m.skill for m in detect(n)};B={m.skill for m in detect(o)}
    print("PROBE", set(stems(n))&set(stems(o)), bool(related_skills(A)&B), order.index(o)+1, [round(s.total,2) for s in ranked[:2]], ranked[order.index(o)].band, n,'|',o, order[0])
@pytest.mark.parametrize("i", range(len(TRAPS)))
def test_t(i):
    n,o,w=TRAPS[i]
    actors={}
    for t in [o,w]:
        a=network.actor(name=f"Structure {len(actors)}",summary="",languages=[]); network.offer(a,t); actors[a.pk]=t
    for t in DISTRACTORS:
        network.offer(network.actor(name=f"Structure",summary="",languages=[]),t)
    need=network.need(network.project(network.actor(name='Porteur',summary=''),title='Projet',summary=''),n)
    from actors.models import Actor, Offer
    index_rows([need,*Offer.objects.all(),*Actor.objects.all()]); count_stems()
    sc={actors[s.actor]:s.total for s in rank_actors(need,knowledge()) if s.actor in actors}
    print("TRAP", sc[o]>sc[w], round(sc[o],2), round(sc[w],2), set(stems(n))&set(stems(w)), set(stems(n))&set(stems(o)), n)
