import resource
import time
from datetime import datetime, timedelta
from datetime import time as hour
from itertools import cycle, islice
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from actors.enums import ActorState
from actors.models import Actor
from coexist.common.databases import kept_database
from events.campaigns.enums import CampaignState, ProposalState
from events.campaigns.models import Activity, Campaign, Coordination
from events.campaigns.services import save_campaign
from events.enums import Audience, EventKind, EventState
from events.models import Event
from events.programme import printing
from events.programme.content import entries_of
from events.programme.enums import Layout, Order
from events.programme.typography import printed_language
from events.services import save_event

MADE_BY = "1"  # another number makes the kept database anew
DAYS, HOURS = 10, (10, 14, 16, 18, 20)
TOWNS = (
    ("Annemasse", "74100"), ("Annecy", "74000"), ("Thonon-les-Bains", "74200"), ("Ambilly", "74100"),
    ("Gaillard", "74240"), ("Saint-Julien-en-Genevois", "74160"), ("Cluses", "74300"), ("Bonneville", "74130"),
    ("Évian-les-Bains", "74500"), ("La Roche-sur-Foron", "74800"), ("Ville-la-Grand", "74100"), ("Sallanches", "74700"),
)  # fmt: skip
TITLES = (
    "Ciné-débat : l'eau, un bien commun", "Repas solidaire", "Atelier : réparer plutôt que jeter",
    "Exposition « Visages du Sahel »", "Rencontre avec les volontaires de retour de mission au Sénégal",
    "Conférence : que peut une commune pour l'accès à l'eau potable, ici et là-bas, quand la ressource se fait rare ?",
    "Contes d'ici et d'ailleurs", "Marché des artisans", "Bal du monde", "Fresque de la solidarité",
)  # fmt: skip
SUMMARY = (
    "Un moment ouvert à toutes et à tous, pour comprendre, échanger et repartir avec une idée à mettre en œuvre chez "
    "soi, à l'école ou dans son quartier. Buffet partagé : apportez un plat, on s'occupe du reste !"
)


class Command(BaseCommand):
    help = "Times the printed programme of a campaign: text, codes, layout, PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--events", type=int, default=300)
        parser.add_argument("--layout", choices=Layout.values, default=Layout.A4)
        parser.add_argument("--order", choices=Order.values, default=Order.TOWN)
        parser.add_argument("--keep", type=Path, help="Write the PDF to this file, to look at it.")

    def handle(self, *args, events: int, layout: str, order: str, keep: Path | None, **options) -> None:
        with kept_database(f"programme_{events}", MADE_BY, lambda: _build(events)), printed_language():
            campaign = Campaign.objects.get()
            started, worked = time.perf_counter(), time.process_time()
            entries = entries_of(campaign)
            read = time.perf_counter() - started
            content = printing.programme(campaign, entries, layout=layout, order=order, progress=lambda done: None)
            taken, worked = time.perf_counter() - started, time.process_time() - worked
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.stdout.write(
            f"{len(entries)} events, {layout} by {order}: {taken:.1f} s ({worked:.1f} s of a processor, "
            f"reading {read:.2f} s), {len(content) / 1024:.0f} KiB, peak memory {peak:.0f} MiB"
        )
        if keep:
            keep.write_bytes(content)


def _build(number: int) -> None:
    call_command("load_taxonomy", verbosity=0)
    now = timezone.now()
    actors = [
        Actor.objects.create(
            name=f"Association {place} des rives du Léman", slug=f"association-{place}", kind="ngo", city="Annemasse",
            state=ActorState.APPROVED, approved_at=now, submitted_at=now,
        )
        for place in range(60)
    ]  # fmt: skip
    first = timezone.localdate() + timedelta(days=60)
    campaign = Campaign(
        name="Semaine de la solidarité internationale", year=first.year, first_day=first,
        last_day=first + timedelta(days=DAYS - 1), theme="L'eau, un bien commun : ici et là-bas", text=SUMMARY,
        territories=["74"], state=CampaignState.PUBLISHED, call_until=first, contact_name="Accueil de la Cité",
        contact_email="semaine@cite.example",
    )  # fmt: skip
    save_campaign(campaign=campaign, lead=actors[0], acting_user=None)  # type: ignore[arg-type]
    for actor in actors[:8]:
        Coordination.objects.create(campaign=campaign, territory="74", actor=actor)
    rows = zip(cycle(TITLES), cycle(TOWNS), cycle(actors), cycle(EventKind.values), strict=False)
    for place, (title, (city, postcode), actor, kind) in enumerate(islice(rows, number)):
        day = first + timedelta(days=place * 7 % DAYS)
        start = datetime.combine(day, hour(HOURS[place % len(HOURS)]), tzinfo=timezone.get_default_timezone())
        event = Event(
            organiser=actor, title=f"{title} ({place})", kind=kind, summary=SUMMARY, state=EventState.PUBLISHED,
            published_at=now, starts_at=start, ends_at=start + timedelta(hours=2), zone="Europe/Paris",
            place=f"Salle {place % 40} de la maison des associations", address=f"{place % 90 + 1} rue de la Gare",
            city=city, postcode=postcode, country="FR", audiences=[Audience.ALL], price="" if place % 3 else "5 €",
            access=["wheelchair"] if place % 2 else [],
        )  # fmt: skip
        save_event(event=event, acting_user=None)
        Activity.objects.create(
            campaign=campaign, event=event, state=ProposalState.ACCEPTED, agenda_year=campaign.year, decided_at=now
        )
