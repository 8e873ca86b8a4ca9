"""A campaign, who coordinates it where, and what is proposed for it."""

from datetime import date, timedelta

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, derived_array, person_key, territory_array
from coexist.common.territories import name_of
from events.models import Event, Occurrence
from projects.models import Need, Project

from .enums import (
    PUBLIC_CAMPAIGNS,
    UNDECIDED,
    UNDER_WAY,
    CampaignState,
    Direction,
    ProposalState,
    SupportKind,
)
from .querysets import ActivityQuerySet, AskedOrOfferedQuerySet, CampaignQuerySet, CoordinationQuerySet, MeetingQuerySet

FIRST_YEAR, LAST_YEAR = 2020, 2060
LONGEST = 62  # days of a campaign


class Campaign(models.Model):
    """The Semaine of one year: its page is /semaine/<year>/."""

    year = models.PositiveSmallIntegerField(
        _("année"), unique=True, validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    name = models.CharField(_("nom"), max_length=120)
    first_day = models.DateField(_("premier jour"))
    last_day = models.DateField(_("dernier jour"))
    theme = models.CharField(_("thème, en une phrase"), max_length=200, blank=True)
    text = models.TextField(_("présentation"), max_length=8000, blank=True, help_text=_("Markdown."))
    territories = territory_array()
    state = models.CharField(_("état"), max_length=10, choices=CampaignState, default=CampaignState.DRAFT)
    call_until = models.DateField(_("contributions jusqu'au"))
    call_text = models.TextField(_("appel à contributions"), max_length=3000, blank=True, help_text=_("Markdown."))
    contact_name = models.CharField(
        _("contact général"), max_length=120, help_text=_("Un service ou une fonction : il est public.")
    )
    contact_email = models.EmailField(_("e-mail du contact"))
    contact_phone = models.CharField(_("téléphone du contact"), max_length=30, blank=True)
    project = models.OneToOneField(
        Project, models.PROTECT, related_name="campaign", verbose_name=_("projet"), editable=False
    )
    created_at = models.DateTimeField(_("créée le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("modifiée le"), auto_now=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campagne")
        verbose_name_plural = _("campagnes")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="campaign_days_in_order",
                violation_error_message=_("Le dernier jour ne peut pas être avant le premier."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("campaign", args=[self.year])

    def clean(self) -> None:
        if self.first_day and self.last_day and (self.last_day - self.first_day).days > LONGEST:
            raise ValidationError({"last_day": _("Une campagne dure deux mois au plus.")})

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_CAMPAIGNS

    @property
    def is_under_way(self) -> bool:
        """Proposals are decided: until it is closed."""
        return self.state in UNDER_WAY

    @property
    def takes_proposals(self) -> bool:
        return self.state == CampaignState.OPEN and timezone.localdate() <= self.call_until

    @property
    def days(self) -> list[date]:
        number = (self.last_day - self.first_day).days + 1
        return [self.first_day + timedelta(days=day) for day in range(number)]


class Coordination(models.Model):
    """Who moderates on which ground: a collectivité, a network. Several may share a territory."""

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="coordinations", verbose_name=_("campagne")
    )  # fmt: skip
    territory = models.CharField(_("territoire"), max_length=6)
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="coordinations", verbose_name=_("coordinateur"))

    objects = CoordinationQuerySet.as_manager()

    class Meta:
        verbose_name = _("coordination")
        verbose_name_plural = _("coordinations")
        ordering = ["territory", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "territory", "actor"], name="one_coordination_of_each_actor")
        ]

    def __str__(self) -> str:
        return f"{self.actor} ({self.territory_name})"

    @property
    def territory_name(self) -> str:
        return str(name_of(self.territory))


class Proposal(models.Model):
    """What somebody proposes, and where its decision stands; `turn` counts the decisions."""

    kind_in_address: str

    structure = models.CharField(
        _("structure"), max_length=150, blank=True, help_text=_("Celle qui propose, quand elle n'est pas un acteur.")
    )
    proposer = person_key(_("proposée par"))
    proposer_name = models.CharField(_("nom (sans compte)"), max_length=120, blank=True)
    proposer_email = models.EmailField(_("e-mail (sans compte)"), blank=True)
    state = models.CharField(_("état"), max_length=10, choices=ProposalState, default=ProposalState.PROPOSED)
    turn = models.PositiveIntegerField(_("nombre de décisions"), default=0, editable=False)
    form_key = models.UUIDField(_("clé du formulaire"), unique=True, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("proposée le"), default=timezone.now)
    decided_at = models.DateTimeField(_("décidée le"), null=True, blank=True)

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        return reverse("proposal", args=[self.kind_in_address, self.pk])

    @property
    def is_undecided(self) -> bool:
        return self.state in UNDECIDED

    @property
    def contact_name(self) -> str:
        return (self.proposer.name or self.proposer.email) if self.proposer else self.proposer_name

    @property
    def contact_email(self) -> str:
        return self.proposer.email if self.proposer else self.proposer_email


class Activity(Proposal):
    """An event that is proposed for the campaign."""

    kind_in_address = "activites"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="activities", verbose_name=_("campagne"))
    event = models.OneToOneField(Event, models.CASCADE, related_name="activity", verbose_name=_("événement"))
    agenda_year = models.PositiveSmallIntegerField(
        _("année dans l'agenda"), null=True, editable=False, db_index=True,
        help_text=_("Celle de la campagne, tant que l'activité y est acceptée : l'agenda se filtre par elle."),
    )  # fmt: skip

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activité")
        verbose_name_plural = _("activités")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["campaign", "state"])]

    def __str__(self) -> str:
        return self.event.title

    @property
    def who(self) -> str:
        """As people know the organiser, whoever keeps the event for it."""
        return self.structure or self.event.organiser.name

    @property
    def reach(self) -> list[str]:
        return self.event.reach

    @property
    def first_date(self) -> Occurrence | None:
        row = self.event.occurrences.first()
        if row is not None:
            row.event = self.event
        return row

    @property
    def owner(self) -> Actor | None:
        """The structure, where it is an actor."""
        return None if self.structure else self.event.organiser


class Support(Proposal):
    """Premises, staff, equipment, services or money that somebody asks for or offers."""

    kind_in_address = "soutiens"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="support", verbose_name=_("campagne"))
    direction = models.CharField(_("sens"), max_length=5, choices=Direction)
    kind = models.CharField(_("nature"), max_length=10, choices=SupportKind)
    title = models.CharField(_("en une ligne"), max_length=150)
    detail = models.TextField(_("précisions"), max_length=2000, blank=True)
    quantity = models.CharField(_("combien"), max_length=80, blank=True)
    territory = models.CharField(_("territoire"), max_length=6)
    reach = derived_array(_("territoires, larges et étroits"), models.CharField(max_length=6))
    actor = models.ForeignKey(
        Actor, models.CASCADE, null=True, blank=True, related_name="campaign_support", verbose_name=_("acteur")
    )
    need = models.OneToOneField(
        Need, models.SET_NULL, null=True, blank=True, related_name="campaign_ask", verbose_name=_("besoin")
    )
    tied_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="tied", verbose_name=_("répond à la demande")
    )

    objects = AskedOrOfferedQuerySet.as_manager()

    class Meta:
        verbose_name = _("soutien demandé ou offert")
        verbose_name_plural = _("soutiens demandés ou offerts")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["campaign", "direction", "state"]), GinIndex(fields=["reach"])]

    def __str__(self) -> str:
        return self.title

    @property
    def who(self) -> str:
        return self.actor.name if self.actor else self.structure

    @property
    def owner(self) -> Actor | None:
        return self.actor

    @property
    def is_ask(self) -> bool:
        return self.direction == Direction.ASK

    @property
    def territory_name(self) -> str:
        return str(name_of(self.territory))


class Decision(models.Model):
    """History: who decided what of a proposal, when and why. Never changed."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, null=True, related_name="decisions", verbose_name=_("activité")
    )  # fmt: skip
    support = models.ForeignKey(
        Support, models.CASCADE, null=True, related_name="decisions", verbose_name=_("soutien")
    )  # fmt: skip
    before = models.CharField(_("de"), max_length=10, choices=ProposalState, blank=True)
    after = models.CharField(_("à"), max_length=10, choices=ProposalState)
    why = models.TextField(_("parce que"), max_length=1000, blank=True)
    by = person_key(_("par"))
    at = models.DateTimeField(_("le"), default=timezone.now)

    class Meta:
        verbose_name = _("décision sur une proposition")
        verbose_name_plural = _("décisions sur des propositions")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(activity=None, support__isnull=False) | Q(activity__isnull=False, support=None),
                name="decision_of_one_proposal",
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity or self.support} : {self.get_after_display()}"


class Unconfirmed(models.Model):
    """What somebody without an account sent; it becomes a proposal once the address is confirmed."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+", verbose_name=_("campagne"))
    what = models.CharField(_("quoi"), max_length=10)
    name = models.CharField(_("nom"), max_length=120)
    email = models.EmailField(_("e-mail"), db_index=True)
    structure = models.CharField(_("structure"), max_length=150)
    data = models.JSONField(_("ce qui est proposé"))
    form_key = models.UUIDField(_("clé du formulaire"), unique=True, editable=False)
    created_at = models.DateTimeField(_("envoyé le"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("proposition à confirmer")
        verbose_name_plural = _("propositions à confirmer")

    def __str__(self) -> str:
        return self.structure


class Meeting(models.Model):
    """A line of the checklist of a ground."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="meetings", verbose_name=_("campagne"))
    territory = models.CharField(_("territoire"), max_length=6)
    title = models.CharField(_("réunion"), max_length=150)
    on = models.DateField(_("date"))
    is_done = models.BooleanField(_("tenue"), default=False)
    done_by = person_key(_("cochée par"))
    form_key = models.UUIDField(_("clé du formulaire"), unique=True, null=True, blank=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("réunion de campagne")
        verbose_name_plural = _("réunions de campagne")
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["campaign", "territory"])]

    def __str__(self) -> str:
        return self.title

    @property
    def territory_name(self) -> str:
        return str(name_of(self.territory))
