"""Erasing an account: the person goes, what they wrote to others stays, without a name (GDPR art. 17)."""

from collections.abc import Iterable

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import CASCADE, ForeignObjectRel
from django.utils import timezone
from django.utils.translation import gettext as _

from coexist.common import audit_log
from coexist.common.personal_data import erase_all

from ..enums import ActorState, MembershipChange, Role
from ..joining.members import announce_ownerless, change_role
from ..joining.trail import note
from ..models import Actor, Membership, User
from ..services import decide
from .addresses import addresses_of
from .mails import confirm_erasure
from .succession import ANIMATORS, ARCHIVE, Succession, actors_left_alone_by, possible_heirs

# Rows that would go with a deleted person, and stay with an erased one: who administered what.
KEPT = {LogEntry}


class ErasureError(Exception):
    """Why the account cannot be erased now, as a sentence for the person."""


@transaction.atomic
def erase_person(*, person: User, successions: Iterable[Succession], acting_user: User | None) -> None:
    """Wipe the account and all that says who it was; running it twice changes nothing.

    The row stays, as "personne effacée": decisions, messages and answers keep an author who is nobody.
    `acting_user` is None when the time of an account is over.
    Raises ErasureError when an actor would be left alone without a word on it.
    """
    locked = User.objects.select_for_update().get(pk=person.pk)
    if locked.erased_at is not None:
        return
    if locked.is_superuser and not _other_superusers(locked):
        raise ErasureError(_("Vous êtes la dernière personne à administrer le portail : nommez-en une autre d'abord."))
    addresses, email, language = addresses_of(locked), locked.email, locked.language
    orphans = _settle(locked, {succession.actor: succession.choice for succession in successions})
    _note_departures(locked)
    erase_all(locked, addresses)
    _delete_what_goes_with(locked)
    _end_sessions(locked)
    _wipe_admin_log(locked)
    _wipe(locked)
    announce_ownerless(orphans)
    confirm_erasure(locked, email, language)
    # After a restored backup, the numbers written here are erased again (docs/rgpd.md).
    audit_log.record("person.erased", person=locked.pk, by=acting_user.pk if acting_user else None)


def _other_superusers(person: User) -> bool:
    return User.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk).exists()


def _settle(person: User, choices: dict[int, str]) -> list[Actor]:
    """Hand over, archive, or leave to the animators each actor of which `person` is the last owner."""
    own = Membership.objects.filter(user=person).values("actor")
    # Two owners who leave at once wait for each other here: the second finds itself alone.
    list(Actor.objects.select_for_update(of=("self",)).filter(pk__in=own).order_by("pk").values_list("pk"))
    orphans = []
    for actor in actors_left_alone_by(person):
        choice = choices.get(actor.pk)
        if choice == ARCHIVE:
            decide(actor=actor, state=ActorState.ARCHIVED, reason="", acting_user=person)
        elif choice == ANIMATORS:
            orphans.append(actor)
        elif not _hand_over(actor, person, choice):
            raise ErasureError(
                _("Vous êtes seul responsable de « %(actor)s » : dites ce que ce profil devient.") % {"actor": actor}
            )
    return orphans


def _hand_over(actor: Actor, leaving: User, choice: str | None) -> bool:
    heir = next((member for member in possible_heirs(actor, leaving) if str(member.pk) == choice), None)
    if heir is None:  # nothing chosen, or somebody who left meanwhile
        return False
    change_role(membership=heir, role=Role.OWNER, acting_user=leaving)
    return True


def _note_departures(person: User) -> None:
    for membership in Membership.objects.filter(user=person).select_related("actor"):
        note(membership.actor, MembershipChange.LEFT, by=person, person=person, role=membership.role)


def _delete_what_goes_with(person: User) -> None:
    """What the models declare to go with a person (on_delete=CASCADE): memberships, addresses, second factors…"""
    for relation in person._meta.related_objects:
        if _goes_with(relation):
            model = relation.related_model
            model._base_manager.filter(**{relation.field.name: person}).delete()


def _goes_with(relation: ForeignObjectRel) -> bool:
    return getattr(relation, "on_delete", None) is CASCADE and relation.related_model not in KEPT


def _end_sessions(person: User) -> None:
    """Also where the browser still holds its cookie."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()


def _wipe_admin_log(person: User) -> None:
    """The administration's log names the row it is about."""
    about = ContentType.objects.get_for_model(User)
    entries = LogEntry.objects.filter(content_type=about, object_id=str(person.pk))
    entries.update(object_repr=_("personne effacée"), change_message="")


def _wipe(person: User) -> None:
    person.email = f"personne-{person.pk}@coexist.invalid"
    person.name, person.language, person.digest = "", "fr", "never"
    person.is_active = person.is_staff = person.is_superuser = False
    person.last_login = person.inactivity_told_at = None
    person.erased_at = timezone.now()
    person.set_unusable_password()
    person.groups.clear()
    person.user_permissions.clear()
    person.save()
