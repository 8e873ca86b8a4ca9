"""The rows that the browser tests look at: every state that a page shows, long words, empty lists."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from actors.enums import ActorState
from actors.models import Actor, ActorDecision, MembershipClaim, User
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.suspension import suspend
from coexist.common.mail.unsubscribe import unsubscribe_url
from coexist.pages.models import Page, PageVersion, Partner
from events.campaigns.models import Campaign
from events.models import Event
from events.registrations.models import Registration
from events.registrations.services import cancel
from events.services import cancel_occurrence
from mediatheque.models import Collection, LoanRequest, Resource, ResourceFile
from projects.achievements.models import Achievement
from projects.enums import NeedState, ProjectState
from projects.following.models import Agreement, Milestone, Partnership
from projects.matching.announce import announce_new
from projects.matching.enums import Band
from projects.matching.models import Match
from projects.models import Need, Project
from projects.partnerships import services as introductions
from projects.partnerships.enums import Side
from projects.partnerships.models import Introduction
from projects.search.models import SavedSearch
from projects.search.services import keep_search
from projects.support.models import SupportRequest
from tests.browser.campaign_pages import plant_campaign
from tests.factories import (
    achievements,
    calendars,
    events,
    files,
    following,
    joining,
    network,
    people,
    resources,
    support,
)
from tests.factories.registrations import asked, register

WHOLE_PAGE = 24  # rows before a list gets a second page
REASONS = [
    {"code": "skill_same", "value": 9, "params": {"given": {"fr": "Traitement de l'eau", "en": "Water treatment"}}},
    {"code": "place", "value": 2, "params": {"territories": ["SN"]}},
    {"code": "mode", "value": 1, "params": {"modes": ["mecenat_competences"]}},
]
LONG_ADDRESS = "https://www.une-adresse-de-site-tres-longue-sans-aucune-coupure.example/page/" + "x" * 60


@dataclass
class World:
    ngo: Actor
    ngo_owner: User
    company: Actor
    company_owner: User
    newcomer: User
    no_password: User
    animator: User
    reader: User  # of the NGO
    busy: User  # acts for three
    protected: User  # with a second step at log-in
    claim: MembershipClaim  # of the newcomer on the NGO
    invitation_token: str
    used_token: str
    sent_back: Actor
    sent_back_owner: User
    waiting: Actor
    project: Project
    draft: Project
    need: Need
    draft_need: Need
    quiet_need: Need
    match: Match
    asked: Introduction  # waits for the NGO's answer
    accepted: Introduction
    declined: Introduction
    mail: OutgoingEmail
    unreachable: User  # whose mail server takes nothing
    saved_search: SavedSearch  # the company's owner's
    partnership: Partnership  # of the two
    milestone: Milestone
    agreement: Agreement
    told: Achievement  # of the two, not public yet
    achievement: Achievement  # public
    support: SupportRequest  # the NGO is helped by the company
    support_done: SupportRequest
    support_asked: SupportRequest  # by nobody of the two, of the company
    event: Event  # of the NGO, on several dates
    draft_event: Event
    bookable: Event  # of the NGO, full
    registered: Registration  # the company's owner's
    promoted: Registration  # may take a place
    unverified: Registration
    week: Campaign  # coordinated by the NGO
    resource: Resource  # of the NGO, public, with files, a video, one elsewhere
    draft_resource: Resource
    resource_file: ResourceFile
    lent: Resource  # by the NGO
    loan: LoanRequest  # of it, by the company
    collection: Collection
    nobody: None = None  # a second visitor, with a browser of their own

    @property
    def unsubscribe_path(self) -> str:
        return "/" + unsubscribe_url(self.mail).split("/", 3)[3]


def plant() -> World:
    animator = people.animator()
    ngo, ngo_owner = _ngo()
    company, company_owner = _company()
    other, other_owner = network.owned_actor(kind="university", name="Université des savoirs alpins et lémaniques")
    network.offer(other, "Analyses d'eau en laboratoire", modes=["partnership"])
    sent_back, sent_back_owner = network.owned_actor(state=ActorState.CHANGES_ASKED, name="Atelier des possibles")
    ActorDecision.objects.create(
        actor=sent_back, state=ActorState.CHANGES_ASKED, reason="Dites où vous agissez.\nEt pour qui.", by=animator
    )
    waiting, _owner = network.owned_actor(
        state=ActorState.WAITING, name="Passeurs d'eau", submitted_at=timezone.now() - timedelta(days=3)
    )
    network.offer(waiting, "Former à l'entretien des pompes", kind="training")
    project = _project(ngo)
    need, done, refused, quiet = _needs(project)
    draft = network.project(ngo, title="Un projet encore en brouillon", state=ProjectState.DRAFT, themes=[6])
    draft_need = network.need(draft, "Un graphiste", state=NeedState.DRAFT)
    network.need(project, "Un local de stockage", state=NeedState.FILLED, kind="premises", modes=["loan"])
    for number in range(3):
        network.project(network.actor(), title=f"Un autre projet sur l'eau {number}", themes=[6, 13])
    for number in range(WHOLE_PAGE):
        network.actor(name=f"Membre du réseau {number:02}")
    match = network.match(need, company, band=Band.STRONG, score=9.0, offer=company.offers.first(), reasons=REASONS)
    network.match(need, other, band=Band.GOOD, score=4.0, reasons=REASONS[1:])
    network.match(refused, company, band=Band.EXPLORE, score=1.0)
    network.match(done, company, band=Band.GOOD, score=3.0, interested_at=timezone.now())
    with transaction.atomic():
        announce_new(need)
    asked, _new = introductions.ask(
        need=need, actor=other, side=Side.ACTOR, message="Bonjour,\nnotre laboratoire peut aider.",
        acting_user=other_owner,
    )  # fmt: skip
    newcomer, reader = people.verified(name=""), people.verified(name="Un lecteur au nom plutôt long")
    network.join(reader, ngo, "reader")
    joining.invitation(ngo, by=ngo_owner, expires_at=timezone.now() - timedelta(days=1))
    partnership = following.partnership(ngo, company, title="Un puits et une pompe solaire à Podor")
    following.note(partnership)
    following.document(partnership)
    told, public = _achievements(ngo, company, need)
    support.offers(company, sentence="Dimensionner un réseau d'eau et relire un devis de forage.")
    support.offers(company, "event", state="waiting")
    support.reference(company, other, "Trois jours sur le réseau d'eau d'un campus")
    helped = support.request(
        ngo, expert=company, state="under_way", animator=animator, next_step="Relire le devis du forage",
        next_due=timezone.localdate() - timedelta(days=2), next_person=company_owner, partnership=partnership,
    )  # fmt: skip
    support.note(helped, by=ngo_owner)
    support.note(helped, "Devis reçu, réponse vendredi.", by=company_owner, side="expert")
    event = events.event(
        ngo, title="Projection-débat : l'eau, un bien commun à partager entre les deux rives du Léman",
        kind="screening", rule="FREQ=WEEKLY;COUNT=4", themes=[6], place="Salle polyvalente des associations",
        summary="Un film, puis une discussion.", description="# Le film\n\nUne heure.", access=["wheelchair"],
        audiences=["all"], languages=["fr"],
    )  # fmt: skip
    _calendars(ngo)
    cancel_occurrence(occurrence=events.date_of(event, 1), note="Vacances", acting_user=ngo_owner)
    shared, unfinished, document = _resources(ngo)
    return World(
        **_registrations(ngo, company_owner),
        week=plant_campaign(ngo, company),
        resource=shared, draft_resource=unfinished, resource_file=document, **_lent(shared, company),
        event=event, draft_event=events.event(ngo, state="draft", title="Encore en brouillon"),
        told=told, achievement=public, support=helped,
        support_asked=support.request(other, expert=company, state="asked"),
        support_done=support.request(ngo, expert=company, state="done", done="Deux ateliers.", reference="Atelier"),
        partnership=partnership, milestone=following.milestone(partnership), agreement=following.agreement(partnership),
        ngo=ngo, ngo_owner=ngo_owner, company=company, company_owner=company_owner, newcomer=newcomer, reader=reader,
        busy=_busy(), protected=_protected(), claim=joining.claim(ngo, newcomer),
        invitation_token=joining.invitation(ngo, by=ngo_owner, email="une.adresse.assez.longue@association.example")[1],
        used_token=joining.invitation(ngo, by=ngo_owner, accepted_at=timezone.now())[1],
        no_password=_without_password(),
        animator=animator, sent_back=sent_back, sent_back_owner=sent_back_owner, waiting=waiting, project=project,
        draft=draft, need=need, draft_need=draft_need, quiet_need=quiet, match=match, asked=asked,
        accepted=_answered(done, company, company_owner, ngo_owner, yes=True),
        declined=_answered(refused, company, company_owner, ngo_owner, yes=False),
        mail=OutgoingEmail.objects.filter(kind_code="needs_for_actor", recipient=company_owner).get(),
        unreachable=_unreachable(),
        saved_search=keep_search(
            acting_user=company_owner, place="everything", query="q=eau+potable&mode=pro_bono&territory=SN",
            name="De l'eau au Sénégal", rhythm="daily",
        ),
    )  # fmt: skip


def _registrations(ngo: Actor, person: User) -> dict[str, Any]:
    """Two places: one is taken, one was given back and is kept for who waited; somebody else waits."""
    event = events.event(
        ngo, title="Atelier : lire un budget de projet à plusieurs", kind="workshop", booking="each", capacity=2,
        rule="FREQ=WEEKLY;COUNT=2", online_url="https://visio.example/lire-un-budget",
    )  # fmt: skip
    registered, leaves, promoted = register(event, person=person), register(event), register(event)
    register(event, access_needs="Boucle magnétique, si possible au premier rang.")
    cancel(registration=leaves)
    promoted.refresh_from_db()
    return {"bookable": event, "registered": registered, "promoted": promoted, "unverified": asked(event)}


def _calendars(ngo: Actor) -> None:
    """One that is read, with every question that it may ask; one that fails; one that waits."""
    problems = [
        {"code": "zone", "line": 118, "params": {"zone": "Heure d'été de nulle part"}},
        {"code": "rule", "line": 1204, "params": {"rule": "FREQ=SECONDLY;INTERVAL=5"}},
    ]
    of = calendars.source(ngo, url=LONG_ADDRESS, problems=problems, counts={"new": 3, "deleted": 1})
    for number, said in enumerate(({}, {"gone_at": timezone.now()}, {"conflicts": {"title": "Autre", "place": "MJC"}})):
        calendars.entry(events.event(ngo, state="draft", title=f"Venu d'ailleurs {number}"), of, **said)
    calendars.entry(events.event(ngo, title="Publié et parti"), of, gone_at=timezone.now())
    error = {"code": "status", "line": None, "params": {"host": "agenda.example", "status": 404}}
    calendars.source(ngo, error=error, failures=14, is_active=False)
    calendars.source(ngo, tried_at=None)


def _resources(ngo: Actor) -> tuple[Resource, Resource, ResourceFile]:
    """A public one with everything that a page can show, and a draft with files in every state."""
    shared = resources.resource(
        ngo, title="La boîte à outils du mécénat de compétences et du pro bono en solidarité internationale",
        kind="toolkit", themes=[8, 17], territories=["74", "SN"], licence="cc-by-sa", authors="Awa Diop, Passerelles",
        description="# Pour qui\n\nPour une première convention.", audiences=["associations"], transcript="Bonjour.",
        loan="Six panneaux, à retirer à Annemasse.", link="https://www.youtube.com/watch?v=abcDEF12345",
        languages=["fr", "en"],
    )  # fmt: skip
    document = resources.file(shared, label="La boîte à outils")
    resources.read(
        document, "Une association se dote de statuts.\nLes statuts disent qui décide.", "Faire relire ses statuts."
    )
    video = resources.file(shared, resources.mp4(), "film.mp4", label="Le film")
    resources.file(shared, resources.VTT, "a.vtt", video=video, language="fr")
    resources.file(shared, resources.wav(), "entretien.wav", label="L'entretien")
    resources.file(shared, files.image(), "affiche.png", label="L'affiche")
    draft = resources.resource(ngo, state="draft", title="Encore en brouillon", why="Citez vos sources.")
    refused = resources.file(draft, label="Un rapport illisible au nom plutôt long pour un petit écran")
    refused.extraction, refused.problem = "failed", "encrypted"
    refused.save()
    resources.file(draft, replaces=resources.file(draft))
    for number in range(3):
        resources.resource(ngo, title=f"Fiche pratique {number}", kind="fact_sheet")
    return shared, draft, document


def _lent(shared: Resource, company: Actor) -> dict:
    lent = resources.lent(shared.publisher, title="Exposition « Chemins d'eau »", themes=[6], territories=["SN"])
    resources.loan(lent, network.actor(), state="agreed")
    asked = resources.loan(lent, company, message="Pour les classes de seconde.\n04 50 00 00 00")
    intro = "# Par où commencer\n\nPar la **boîte à outils**."
    return {"lent": lent, "loan": asked, "collection": resources.collection(shared, lent, introduction=intro)}


def _achievements(ngo: Actor, company: Actor, need: Need) -> tuple[Achievement, Achievement]:
    """Both with a picture, words and a grade of the NGO."""
    made = [
        achievements.achievement(ngo, company, title="Douze techniciennes savent entretenir les pompes", themes=[6]),
        achievements.published(
            partnership=achievements.completed(ngo, company, need=need), themes=[6], territories=["SN"],
            people_reached=8400, days_given="26.5", amount="16900", kinds=["skill", "training"],
        ),
    ]  # fmt: skip
    for row in made:
        mine = achievements.side(row, ngo)
        mine.quotation, mine.quotation_author = "Avant, on appelait la ville et on attendait.", "Awa Diop"
        mine.save()
        for _number in range(2):
            achievements.picture(mine)
        achievements.appraisal(row, ngo)
    return made[0], made[1]


def _unreachable() -> User:
    """Her server refuses our mails; so does that of another owner. An old text of the terms can be read."""
    actor, owner = network.owned_actor(name="Comptoir du lac")
    other = people.verified(name="Camille Sans-Boîte")
    network.join(other, actor)
    for person in (owner, other):
        suspend(person.email, "550 5.1.1 Unknown")
    page = Page.objects.get(slug="conditions")
    PageVersion.objects.create(page=page, number=1, title=page.title, body="# Objet\n\nAncien.", since=page.updated_at)
    Partner.objects.create(name="Une collectivité au nom bien long, agglomération transfrontalière", text="Elle aide.")
    return owner


def _without_password() -> User:
    person = people.verified()
    person.set_unusable_password()
    person.save()
    return person


def _busy() -> User:
    person = people.verified()
    for name in ("Atelier du lac", "Bibliothèque des possibles et des savoirs partagés", "Collectif"):
        network.actor(owner=person, name=name)
    return person


def _protected() -> User:
    person = people.verified(email="protegee@test.example")
    joining.second_step(person)
    joining.session_elsewhere(person)
    return person


def _ngo() -> tuple[Actor, User]:
    ngo, owner = network.owned_actor(
        kind="ngo", name="Passerelles solidaires et développement intercommunautaire", acronym="PSDI", city="Annemasse",
        summary="Accès à l'eau et à l'assainissement, avec les communes.", description="Depuis 1998.\n\nEn réseau.",
        territories=["SN", "74", "CH-GE"], themes=[6, 17], languages=["fr", "wo"], website=LONG_ADDRESS,
        address="12, chemin des Sources", size="1-9", registration_kind="rna", registration_number="W743001234",
        donation_url="https://passerelles-solidaires.example/don",
        logo=files.clean_logo(),
        contact={
            "name": "Awa Diop", "email": "awa.diop.une.adresse.plutot.longue@passerelles-solidaires.example",
            "phone": "+33 4 50 00 00 01",
        },
    )  # fmt: skip
    network.offer(ngo, "Animer un atelier sur le droit à l'eau", kind="training", detail="Deux heures.\nPartout.")
    return ngo, owner


def _company() -> tuple[Actor, User]:
    company, owner = network.owned_actor(
        kind="company", name="Léman Ingénierie", city="Thonon-les-Bains", territories=["SN"], themes=[6, 9],
        contact={
            "name": "Paul Favre", "email": "paul.favre@leman-ingenierie.example", "phone": "+33 4 50 00 00 02",
        },
    )  # fmt: skip
    network.offer(
        company, "Traitement de l'eau potable", detail="Cinq jours par an, sur site.", modes=["mecenat_competences"]
    )
    network.offer(company, "Prêt de matériel de mesure", kind="equipment", modes=["loan"])
    return company, owner


def _project(ngo: Actor) -> Project:
    return network.project(
        ngo, title="De l'eau potable pour trois villages de la vallée du fleuve", slug="eau-potable", themes=[6],
        territories=["SN"], languages=["fr"], summary="Trois forages à remettre en état avec les comités d'usagers.",
        description="Première phase en mars.\n\nPuis la formation des comités.",
    )  # fmt: skip


def _needs(project: Project) -> list[Need]:
    today = timezone.localdate()
    first = network.need(
        project, "Savoir si l'eau de nos forages est bonne à boire", detail="Trois points d'eau.\nRapport simple.",
        modes=["mecenat_competences", "partnership"], quantity="10 jours", starts_on=today,
        ends_on=today + timedelta(days=90),
    )  # fmt: skip
    titles = ["Former les comités d'usagers", "Financer une pompe solaire", "Traduire un guide en wolof"]
    return [first, *(network.need(project, title) for title in titles)]


def _answered(need: Need, actor: Actor, asking: User, answering: User, *, yes: bool) -> Introduction:
    introduction, _new = introductions.ask(
        need=need, actor=actor, side=Side.ACTOR, message="Nous pouvons vous aider.", acting_user=asking
    )
    if yes:
        return introductions.accept(introduction=introduction, reply="Avec joie.", acting_user=answering)
    return introductions.decline(
        introduction=introduction, reason="place", reply="Trop loin, merci.", acting_user=answering
    )
