"""How long accounts and what hangs on them are kept."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coexist.common.mail.erased import ERASED_ADDRESS, forget_recipient
from coexist.common.mail.models import OutgoingEmail
from coexist.common.retention import RetentionRule, days_ago, register_rule

from ..contacts import forget_contacts
from ..enums import ActorState
from ..models import Actor, ActorDecision, Contact, Invitation, Membership, User
from .erasure import erase_person
from .mails import ERASED, announce_end_of_account
from .succession import left_to_animators

UNPROVEN_KEPT = 30  # days
INACTIVE_FOR = 2 * 365
NOTICE = 30
CONFIRMATION_KEPT = 7
CONTACTS_KEPT = 365
CONTACT_VERSIONS_KEPT = 365
ADMIN_LOG_KEPT = 3 * 365
INVITATIONS_KEPT = 365


def _never_verified() -> QuerySet[User]:
    """Nobody ever got in: no confirmed address, no log-in, no actor. Staff is made by hand."""
    proven = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    member = Membership.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(
        ~Exists(proven), ~Exists(member), last_login=None, is_staff=False, is_superuser=False, erased_at=None,
        date_joined__lt=days_ago(UNPROVEN_KEPT),
    )  # fmt: skip


def _inactive() -> QuerySet[User]:
    seen = User.objects.filter(is_staff=False, is_superuser=False, erased_at=None)
    return seen.annotate(seen_at=Coalesce("last_login", "date_joined")).filter(seen_at__lt=days_ago(INACTIVE_FOR))


def _to_be_told() -> QuerySet[User]:
    """Also those who came back after a first notice, and left again."""
    return _inactive().filter(Q(inactivity_told_at=None) | Q(inactivity_told_at__lt=F("seen_at")), is_active=True)


def _to_be_erased() -> QuerySet[User]:
    """A closed account is not written to."""
    told = Q(inactivity_told_at__gte=F("seen_at"), inactivity_told_at__lt=days_ago(NOTICE))
    return _inactive().filter(told | Q(is_active=False))


def _tell(people: QuerySet[User]) -> None:
    now = timezone.now()
    for person in people:
        person.inactivity_told_at = now
        person.save(update_fields=["inactivity_told_at"])
        announce_end_of_account(person, on=now + timedelta(days=NOTICE))


def _erase(people: QuerySet[User]) -> None:
    """Their actors are not lost: the animators are told of those left alone."""
    for person in people:
        erase_person(person=person, successions=left_to_animators(person), acting_user=None)


def _confirmations() -> QuerySet[OutgoingEmail]:
    sent = OutgoingEmail.objects.filter(kind_code=ERASED.code, created_at__lt=days_ago(CONFIRMATION_KEPT))
    return sent.exclude(address=ERASED_ADDRESS)


def _gone_actors() -> QuerySet[Actor]:
    """Archived or refused for long, and still with somebody's details."""
    recent = ActorDecision.objects.filter(actor=OuterRef("pk"), at__gte=days_ago(CONTACTS_KEPT))
    contacts = Contact.objects.filter(actor=OuterRef("pk"))
    gone = Actor.objects.filter(
        ~Exists(recent), state__in=[ActorState.ARCHIVED, ActorState.REFUSED], created_at__lt=days_ago(CONTACTS_KEPT)
    )
    return gone.filter(Exists(contacts))


def _forget_contacts(actors: QuerySet[Actor]) -> None:
    forget_contacts(Contact.objects.filter(actor__in=actors))


def _delete(people: QuerySet[User]) -> None:
    forget_recipient(OutgoingEmail.objects.filter(recipient__in=people))
    people.delete()


register_rule(
    RetentionRule(
        "unproven_accounts",
        what=_("Compte dont l'adresse e-mail n'a jamais été confirmée"),
        period=_("30 jours après l'inscription"),
        action=_("le compte est supprimé"),
        why=_("laisser le temps de confirmer ; ensuite, rien ne dit que l'adresse est celle de la personne"),
        source=_("RGPD, art. 5(1)(c) et (e)"),
        rows=_never_verified,
        apply=_delete,
    )
)
register_rule(
    RetentionRule(
        "inactive_accounts_told",
        what=_("Compte inactif : avertissement"),
        period=_("2 ans après la dernière connexion"),
        action=_("un e-mail annonce l'effacement ; se connecter suffit à garder le compte"),
        why=_("ne pas effacer par surprise"),
        source=_("CNIL, fiche « Les durées de conservation » : 2 ans d'inactivité pour un compte en ligne"),
        rows=_to_be_told,
        apply=_tell,
    )
)
register_rule(
    RetentionRule(
        "inactive_accounts",
        what=_("Compte inactif : nom, adresse, appartenances, préférences"),
        period=_("30 jours après l'avertissement, sans connexion"),
        action=_("le compte est effacé ; ce que la personne a écrit aux autres reste, sans nom"),
        why=_("ne garder que les comptes qui servent"),
        source=_("RGPD, art. 5(1)(e)"),
        rows=_to_be_erased,
        apply=_erase,
    )
)
register_rule(
    RetentionRule(
        "erasure_confirmations",
        what=_("E-mail qui confirme un effacement : l'adresse"),
        period=_("7 jours"),
        action=_("l'adresse est effacée"),
        why=_("le temps que le message parte, même si le serveur est en panne"),
        source=_("RGPD, art. 12(3)"),
        rows=_confirmations,
        apply=forget_recipient,
    )
)
register_rule(
    RetentionRule(
        "actor_contacts",
        what=_("Contacts d'un acteur archivé ou refusé"),
        period=_("1 an après la décision"),
        action=_("noms, adresses et téléphones sont effacés, la fiche reste"),
        why=_("répondre à une contestation, permettre un retour"),
        source=_("RGPD, art. 5(1)(e)"),
        rows=_gone_actors,
        apply=_forget_contacts,
    )
)
register_rule(
    RetentionRule(
        "contact_versions",
        what=_("Versions antérieures des contacts d'un acteur"),
        period=_("1 an après le changement"),
        action=_("la version est supprimée"),
        why=_("retrouver qui a changé un contact, et pourquoi"),
        source=_("RGPD, art. 5(1)(c) et (e)"),
        rows=lambda: Contact.history.filter(history_date__lt=days_ago(CONTACT_VERSIONS_KEPT)),
        apply=lambda versions: versions.delete(),
    )
)
register_rule(
    RetentionRule(
        "invitations",
        what=_("Invitations à rejoindre un acteur : adresse, rôle, dates"),
        period=_("1 an après le dernier envoi"),
        action=_("la ligne est supprimée"),
        why=_("savoir qui a invité qui, ne pas écrire sans fin à la même adresse"),
        source=_("RGPD, art. 6(1)(f) et 14"),
        rows=lambda: Invitation.objects.filter(sent_at__lt=days_ago(INVITATIONS_KEPT)),
        apply=lambda invitations: invitations.delete(),
    )
)
register_rule(
    RetentionRule(
        "admin_log",
        what=_("Journal de l'administration : qui a modifié quoi"),
        period=_("3 ans"),
        action=_("la ligne est supprimée"),
        why=_("retrouver qui a fait une erreur, ou un abus"),
        source=_("RGPD, art. 6(1)(f) et 32 : sécurité du traitement"),
        rows=lambda: LogEntry.objects.filter(action_time__lt=days_ago(ADMIN_LOG_KEPT)),
        apply=lambda entries: entries.delete(),
    )
)
