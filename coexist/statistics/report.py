"""What the animators read of a period, with the one before beside it."""

from collections.abc import Callable

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from actors.models import Actor, Skill
from projects.following.stages import PartnershipStage
from projects.models import Need
from projects.partnerships.models import Introduction

from . import counting, mails, public, small
from .counting import Duration
from .figures import Drawn, Figure, Row, Value, row
from .periods import Period

MOST_SKILLS = 30
FUNNEL = ("posted", "matched", "solicited", "answered", "accepted", "partnership", "completed", "achievement")


def activity(period: Period) -> Figure:
    """What happened in the period, whenever it began."""
    partnerships = counting.partnerships()
    completed = partnerships.filter(stage=PartnershipStage.COMPLETED)
    accepted = Introduction.objects.ever_accepted().filter(need__in=counting.posted())
    rows = [
        row(_("Acteurs validés"), *counting.in_both(Actor.objects.approved(), "approved_at", period)),
        row(_("Besoins publiés"), *counting.in_both(counting.posted(), "published_at", period)),
        row(_("Mises en relation acceptées"), *counting.in_both(accepted, "answered_at", period)),
        row(_("Partenariats commencés"), *counting.in_both(partnerships, "created_at", period)),
        row(_("Partenariats terminés"), *counting.in_both(completed, "stage_since", period)),
    ]
    return Figure("activite", _("Ce qui s'est passé"), (_("Pendant la période"),), columns(period), rows)


def funnel(period: Period) -> Figure:
    """How far the needs published in the period have come by today."""
    labels = {
        "posted": _("Besoins publiés"),
        "matched": _("avec au moins une correspondance"),
        "solicited": _("pour lesquels un acteur a été sollicité"),
        "answered": _("auxquels un acteur a répondu oui"),
        "accepted": _("avec une mise en relation acceptée"),
        "partnership": _("avec un partenariat"),
        "completed": _("avec un partenariat terminé"),
        "achievement": _("avec une réalisation publiée"),
    }
    now, before = (counting.steps(posted_in(each), *FUNNEL) for each in (period, period.previous))
    rows = [row(labels[name], now[name], before[name]) for name in FUNNEL]
    note = _("Besoins publiés pendant la période, et jusqu'où ils sont allés à ce jour.")
    return Figure("parcours", _("Du besoin à la réalisation"), (_("Besoins"),), columns(period), rows, note=note)


def delays(period: Period, *, to_everybody: bool = False) -> Figure:
    now, before = (counting.delays(posted_in(each)) for each in (period, period.previous))

    def days(taken: Duration) -> Value:
        return small.enough(taken.days, taken.cases) if to_everybody else taken.days

    rows = [row(str(label), days(now[name]), days(before[name])) for name, label in public.DELAYS.items()]
    note = _("Médiane, en jours, des besoins publiés pendant la période.")
    return Figure("delais", _("Les délais"), (_("Délai"),), columns(period), rows, Drawn.NOT, note)


def stages(period: Period) -> Figure:
    """Today's, of the partnerships that began in the period; for animators only."""
    begun = counting.by_stage(counting.partnerships().filter(period.holds("created_at")))
    before = counting.by_stage(counting.partnerships().filter(period.previous.holds("created_at")))
    rows = [row(str(stage.label).capitalize(), begun[stage.value], before[stage.value]) for stage in PartnershipStage]
    title = _("Où en sont les partenariats commencés")
    return Figure("etapes", title, (_("Étape à ce jour"),), columns(period), rows)


def missing_skills(period: Period) -> Figure:
    """Skills that needs of the period ask for, and that no approved actor offers."""
    asked = posted_in(period)
    carried = Need.skills.through.objects.filter(skill=OuterRef("pk"), need__in=asked)
    offered = Actor.objects.approved().filter(offer_skills__contains=[OuterRef("pk")])
    missing = Skill.objects.filter(Exists(carried)).exclude(Exists(offered))
    counted = missing.filter(needs__in=asked).annotate(number=Count("needs")).select_related("parent")
    rows = [
        Row((skill.name, skill.parent.name if skill.parent else ""), (skill.number,))
        for skill in counted.order_by("-number", "name_fr")[:MOST_SKILLS]
    ]
    return Figure(
        "competences-manquantes",
        _("Compétences demandées que personne n'offre"),
        (_("Compétence"), _("Domaine")),
        (_("Besoins de la période"),),
        rows,
        Drawn.NOT,
        _("Les trente plus demandées, parmi celles qu'aucun acteur validé ne propose."),
    )


def posted_in(period: Period) -> QuerySet[Need]:
    return counting.posted().filter(period.holds("published_at"))


def columns(period: Period) -> tuple[str, str]:
    return str(period), str(period.previous)


# By the name of their sheet, in the order of the page.
FIGURES: dict[str, Callable[[Period], Figure]] = {
    "activite": activity,
    "parcours": funnel,
    "delais": delays,
    "etapes": stages,
    "competences-manquantes": missing_skills,
    "messages": lambda period: mails.by_month(period, mails.count(period)),
    "messages-par-type": lambda period: mails.by_kind(mails.count(period)),
    "messages-par-mois-et-type": lambda period: mails.by_month_and_kind(mails.count(period)),
}


def on_the_page(period: Period) -> list[Figure]:
    """All of them but the longest, which is a sheet only."""
    written = mails.count(period)
    return [
        activity(period), funnel(period), delays(period), stages(period), missing_skills(period),
        mails.by_month(period, written), mails.by_kind(written),
    ]  # fmt: skip


def for_officials(period: Period) -> list[Figure]:
    """What may be handed round: no name, and no small number about how things went."""
    counted = public.counted()
    return [
        activity(period), funnel(period), delays(period, to_everybody=True), public.partnerships(counted.stages),
        public.actors_by_kind(counted.kinds), public.territories(*counted.places),
    ]  # fmt: skip
