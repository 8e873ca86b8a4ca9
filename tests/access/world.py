"""One row of each sort that an address can be about, and forms as people would send them.

"We" are the owner's organisation; the partner is a third one.
"""

import time
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from actors.changes import mark_of, snapshot
from actors.enums import ActorState, Role
from actors.imports import objections
from actors.imports.models import ImportRun
from actors.mails import ACCOUNT
from actors.models import Actor, MembershipEvent, ReasonTemplate, Skill, User
from actors.privacy import address_check
from coexist.common.mail.models import EmailOptOut, OutgoingEmail
from coexist.common.mail.suspension import SuspendedAddress
from coexist.common.mail.unsubscribe import SALT
from coexist.pages.forms import SALT as CONTACT_SALT
from coexist.pages.models import ContactMessage, Page, PageVersion, Partner
from projects.enums import NeedState, ProjectState
from projects.following.models import AgreementTemplate, TaxRule
from projects.freshness.links import Named, confirm_url
from projects.matching.enums import Subject
from projects.matching.mails import NEED_MATCHES, NEEDS_FOR_ACTOR
from projects.matching.models import MatchingDue, Refusal
from projects.matching.refusal_links import refusal_url
from projects.partnerships.enums import IntroductionState, Side
from projects.partnerships.models import Introduction
from projects.search.mails import stop_link
from projects.search.services import keep_search
from tests.access.achievement_rows import achievement_forms, of_achievements
from tests.access.campaign_rows import admin_of_campaigns, campaign_forms, campaign_typed, of_campaigns
from tests.access.event_rows import event_forms, of_events
from tests.access.partnership_rows import of_partnerships, partnership_forms, plan_form
from tests.access.registration_rows import of_registrations, registration_forms
from tests.access.resource_rows import of_loans, of_resources, resource_forms
from tests.access.support_rows import of_support, support_forms
from tests.factories import (
    achievements,
    events,
    files,
    following,
    imports,
    joining,
    network,
    people,
    resources,
    support,
)


class World(SimpleNamespace):
    """`people` by role, `args` of an address by what it is about, `admin` rows by model, `forms` to send.

    `typed` is what an administrator changes in an otherwise untouched form, by model.
    """


def build() -> World:
    roles = {
        "visitor": None, "member": people.verified(), "owner": people.verified(), "other": people.verified(),
        "animator": people.animator(), "superuser": people.superuser(),
    }  # fmt: skip
    owner = roles["owner"]
    actors = {state: network.actor(owner=owner, state=state) for state in ActorState.values}
    ours, others, partner = actors["approved"], network.actor(owner=roles["other"]), network.owned_actor()[0]
    forgetful = people.verified()
    about = _of_actors(actors) | _of_projects(actors, others, partner)
    admin = _of_admin(owner)
    about |= _of_people(ours, partner, roles)
    about |= of_partnerships(ours, partner, about["answered"][0])
    about |= of_achievements(ours, partner) | of_support(ours, partner)
    about |= of_events(ours, actors["suspended"]) | of_registrations(ours, roles["member"])
    about |= of_campaigns(ours, others, partner)
    about |= of_resources(ours, actors["suspended"])
    about |= of_loans(ours, partner, owner)
    review, done = imports.reviewed(roles["animator"]), imports.imported(roles["animator"])
    admin |= {"imports_importrun": done.pk, "imports_provenance": imports.to_tell(done).pk}
    about |= {
        "-": (),
        "refusal_token": (_refusal_token(roles["other"], others, about["need"][0]),),
        "fresh_token": (confirm_url(Named(owner.pk, [ours.pk], [about["need"][0]])).split("/")[-2],),
        "reviewed": (review.pk,),
        "imported": (done.pk,),
        "layout": ("csv",),
        "objection": (objections.objection_url(ours, "awa@test.example").split("/")[-2],),
        "token": (signing.dumps([owner.email, NEED_MATCHES.code], salt=SALT),),
        "forged_token": (signing.dumps([owner.email, NEED_MATCHES.code], salt="another"),),
        "reset_key": (user_pk_to_url_str(forgetful), default_token_generator.make_token(forgetful)),
        "bad_reset_key": (user_pk_to_url_str(forgetful), default_token_generator.make_token(owner)),
        "shown_on_site": (ContentType.objects.get_for_model(Actor).pk, ours.pk),
        "app": ("actors",),
        "logo": tuple(network.actor(logo=files.clean_logo()).logo.name.split("/")),
        "figure": ("evolution",),
        "funnel": ("parcours",),
        "no_figure": ("inconnu",),
        "no_file": ("logos", "0" * 32 + ".webp"),
        "changed": (ours.pk,),
        "address_token": (signing.dumps(owner.email, salt=address_check.SALT),),
        "legal": ("mentions-legales",),
        "nonsense_page": ("nulle-part",),
        "legal_version": _old_version(),
        "sitemap_actors": ("acteurs", 1),
        "sitemap_past": ("acteurs", 999),
        "contact_message": (admin["pages_contactmessage"],),
        "approve": (actors["waiting"].pk, "approuver"),
        "waiting_key": (actors["waiting"].pk,),
        "merged": (ours.pk, network.owned_actor(name="Un doublon")[0].pk),
        "nonsense": (actors["waiting"].pk, "couronner"),
        "user": (owner.pk,),
        "mail": (admin["common_outgoingemail"],),
        "secret_mail": (_mail(owner, ACCOUNT.code).pk,),
    }
    return World(
        people=roles,
        args=about,
        admin=admin,
        forms=_forms(actors, others, roles)
        | _import_forms(review, done)
        | partnership_forms(others, partner)
        | achievement_forms()
        | support_forms(ours, about["asked_support"][0])
        | event_forms(ours)
        | registration_forms(about)
        | campaign_forms()
        | resource_forms(ours, others)
        | {"partnership-plan": plan_form(about["partnership"][0])},
        typed=_typed(owner) | {"campaigns_campaign": campaign_typed(partner)},
    )


def _of_actors(actors: dict[str, Actor]) -> dict[str, tuple]:
    by_page = {state: (actor.slug,) for state, actor in actors.items()}
    return by_page | {
        "offer": (network.offer(actors["approved"]).pk,),
        "draft_offer": (network.offer(actors["draft"]).pk,),
    }


def _of_people(ours: Actor, partner: Actor, roles: dict) -> dict[str, tuple]:
    """Of the owner's actor: a colleague, an invitation, a claim; links as they stand in mails."""
    owner, other = roles["owner"], roles["other"]
    shared = network.actor(owner=owner, state=ActorState.WAITING)
    network.join(people.verified(), shared)
    orphan = network.actor()
    search = keep_search(acting_user=owner, place="needs", query="q=eau", name="L'eau", rhythm="daily")
    return {
        "shared": (shared.slug,),
        "colleague": (network.join(people.verified(), ours, Role.EDITOR).pk,),
        "invited": (joining.invitation(ours, by=owner)[0].pk,),
        "link_to_other": (joining.invitation(ours, by=owner, email=other.email)[1],),
        "link_to_nobody": (joining.invitation(ours, by=owner)[1],),
        "used_link": (joining.invitation(ours, by=owner, accepted_at=timezone.now())[1],),
        "forged_link": ("AAAA_forged-link",),
        "claim_on_us": (joining.claim(ours, people.verified()).pk,),
        "claim_by_other": (joining.claim(partner, other).pk,),
        "orphan_claim": (joining.claim(orphan, people.verified()).pk,),
        "our_session": (joining.session_elsewhere(owner).pk,),
        "our_search": (search.pk,),
        "our_search_link": (stop_link(search.pk).split("/")[-2],),
    }


def _of_projects(actors: dict[str, Actor], others: Actor, partner: Actor) -> dict[str, tuple]:
    ours = actors["approved"]
    project, theirs = network.project(ours), network.project(partner)
    draft, hidden = network.project(ours, state=ProjectState.DRAFT), network.project(actors["suspended"])
    need, second, partner_need = network.need(project), network.need(project), network.need(theirs)
    draft_need = network.need(draft, state=NeedState.DRAFT)
    thread = network.introduction(network.need(project), partner, state=IntroductionState.ACCEPTED)
    attachment = network.attachment(network.message(thread))
    return {
        "project": (project.slug,),
        "draft_project": (draft.slug,),
        "hidden_project": (hidden.slug,),
        "need": (need.pk,),
        "draft_need": (draft_need.pk,),
        "closed_need": (network.need(project, state=NeedState.CLOSED).pk,),
        "hidden_need": (network.need(hidden).pk,),
        "partner_need": (partner_need.pk,),
        "need_other": (need.pk, others.slug),
        "need_draft": (need.pk, actors["draft"].slug),
        "match": (network.match(need, partner).pk,),
        "proposed_to_us": (network.match(partner_need, ours).pk,),
        "stuck": (network.need(theirs, published_at=timezone.now() - timedelta(days=23)).pk,),
        "thread": (thread.pk,),
        "attachment": tuple(attachment.file.name.split("/")),
        "asked_of_us": (network.introduction(need, partner).pk,),
        "asked_by_us": (network.introduction(second, partner, side=Side.PROJECT).pk,),
        "answered": (
            network.introduction(network.need(project), partner, state=IntroductionState.DECLINED).pk,
        ),
    }  # fmt: skip


def _of_admin(owner: User) -> dict[str, object]:
    """A row of each model; nothing hangs on those that may be deleted."""
    actor = network.actor()
    project, need = network.project(network.actor()), network.need(network.project(network.actor()))
    linked, far = network.need(network.project(network.actor())), network.actor()
    refusal = Refusal.objects.create(need=linked, actor=far, by_actor=True, reason="no_time", user=owner)
    return {
        "actors_actor": actor.pk,
        "actors_offer": network.offer(network.actor()).pk,
        "actors_skill": Skill.objects.create(code="essai", name_fr="Essai", name_en="Trial").pk,
        "actors_user": people.verified().pk,
        "actors_invitation": joining.invitation(network.actor(), by=owner)[0].pk,
        "actors_membershipclaim": joining.claim(network.actor(), people.verified()).pk,
        "actors_membershipevent": MembershipEvent.objects.create(actor=network.actor(), what="joined", by=owner).pk,
        "mfa_authenticator": joining.second_step(people.verified()).pk,
        "actors_reasontemplate": ReasonTemplate.objects.create(
            decision="refused", title="Hors champ", text="Le réseau est fait pour la solidarité internationale."
        ).pk,
        "projects_project": project.pk,
        "projects_need": need.pk,
        "matching_match": network.match(linked, far).pk,
        "matching_refusal": refusal.pk,
        "matching_matchingdue": MatchingDue.ask(Subject.NEED, linked).pk,
        "partnerships_introduction": network.introduction(linked, far).pk,
        "achievements_achievement": achievements.achievement(network.actor(), network.actor()).pk,
        "events_event": events.event(far).pk,
        **admin_of_campaigns(network.actor()),
        "mediatheque_resource": (library := resources.resource(far)).pk,
        "mediatheque_loanrequest": resources.loan(library, network.actor()).pk,
        "mediatheque_collection": resources.collection(library).pk,
        "following_partnership": (followed := following.partnership(far, network.actor())).pk,
        "following_agreement": following.agreement(followed).pk,
        "following_agreementtemplate": AgreementTemplate.objects.get(kind="partnership").pk,
        "following_taxrule": TaxRule.objects.get(donor="company").pk,
        "support_expertoffer": support.offers(network.actor(), state="waiting").pk,
        "support_supportrequest": support.request(network.actor()).pk,
        "common_outgoingemail": _mail(owner, NEED_MATCHES.code).pk,
        "common_emailoptout": EmailOptOut.objects.create(address=owner.email, kind_code=NEEDS_FOR_ACTOR.code).pk,
        "common_suspendedaddress": SuspendedAddress.objects.create(address=owner.email, reason="550 Inconnu").pk,
        "pages_page": Page.objects.get(slug="conditions").pk,
        "pages_partner": Partner.objects.create(name="Ville d'essai").pk,
        "pages_contactmessage": _contact_message().pk,
        "auth_group": Group.objects.create(name="Essai").pk,
        "account_emailaddress": EmailAddress.objects.create(user=owner, email="deux@test.example").pk,
    }


def _refusal_token(person: User, actor: Actor, need: int) -> str:
    return refusal_url(person=person, actor=actor.pk, need=need).split("/")[-2]


def _mail(to: User, kind: str) -> OutgoingEmail:
    return OutgoingEmail.objects.create(
        recipient=to, address=to.email, kind_code=kind, dedupe_key=uuid4(), subject="Essai", body_text="Essai",
        body_html="<p>Essai</p>",
    )  # fmt: skip


def _contact_message() -> ContactMessage:
    return ContactMessage.objects.create(
        name="Alix Visite", email="alix@test.example", subject="Une question", body="Bonjour", form_key=uuid4()
    )


def _old_version() -> tuple[str, int]:
    page = Page.objects.get(slug="accessibilite")
    PageVersion.objects.create(page=page, number=1, title=page.title, body="Ancien texte", since=page.updated_at)
    return page.slug, 1


def _forms(actors: dict[str, Actor], others: Actor, roles: dict) -> dict:
    """What is sent, by address, or by address and what it is about; the rest is sent empty."""
    word, ours = people.PASSWORD, actors["approved"]
    actor = {"name": "Les Ateliers du lac", "kind": "ngo", "country": "FR", "city": "Annecy"}
    offer = {"title": "Prêter un chapiteau", "kind": "equipment", "modes": ["loan"]}
    project = {"lead": ours.pk, "title": "Un puits à Podor", "stage": "idea", "form_key": uuid4()}
    need = {"need-title": "Creuser un puits", "need-kind": "skill", "need-form_key": uuid4(), "draft": "1"}
    refusal = {"reason": "no_time", "text": "Pas cette année"}
    return {
        "actor-create": actor,
        "actor-edit": actor,
        "actor-position": {"latitude": "46.19", "longitude": "6.23"},
        "offer-create": offer,
        "offer-edit": offer,
        "actor-members": {"email": "quelquun@test.example", "role": "editor"},
        "actor-switch": {"actor": ours.pk},
        "member-role": {"role": "reader"},
        "claim-create": {"message": "J'y travaille."},
        "claim-detail": {"role": "editor", "reason": "Bienvenue", "accept": "1"},
        "admin:actors_membershipclaim_decide": {"role": "owner", "reason": "Bienvenue", "accept": "1"},
        "preferences": {"name": "Camille Autre", "language": "fr", "digest": "weekly"},
        "saved-search-create": {"name": "Tout ce qui paraît", "rhythm": "weekly"},
        "saved-search-edit": {"name": "L'eau potable", "rhythm": "never"},
        "project-create": project | need,
        "project-edit": project,
        "need-create": need,
        "need-edit": need,
        "need-end": {"state": "closed"},
        ("interest", "need"): {"actor": others.pk, "message": "Nous savons faire."},
        ("interest", "partner_need"): {"actor": others.pk, "message": "Nous savons faire."},
        "interest": {"actor": ours.pk, "message": "Nous savons faire."},
        ("refuse", "need"): {"actor": others.pk, **refusal},
        ("refuse", "partner_need"): {"actor": others.pk, **refusal},
        "refuse": {"actor": ours.pk, **refusal},
        "mailed-refusal": refusal,
        "contact": {"message": "Nous pensons à vous."},
        "contact-us": {
            "name": "Alix", "email": "alix@test.example", "subject": "Bonjour", "body": "Une question.",
            "started": signing.dumps(time.time() - 60, salt=CONTACT_SALT), "form_key": uuid4(),
        },
        "account-erase": {"password": word, **{f"actor-{actor.pk}": "animators" for actor in Actor.objects.all()}},
        ("need-answers", "need"): {
            "send": "1", "courteous": "Merci, une autre fois.",
            "chosen": Introduction.objects.filter(need__project__lead=ours, side="actor", state="proposed")
            .order_by("pk").values_list("pk", flat=True).first(),
        },
        "message-create": {"text": "Pour quand ?", "form_key": uuid4()},
        "admin:partnerships_introduction_stuck_close": {"text": "Nous n'avons pas trouvé.", "send": "1"},
        "thread-close": {"why": "Le projet est reporté."},
        "introduction-answer": {"reply": "Avec plaisir.", "accept": "1"},
        "account_login": {"login": roles["owner"].email, "password": word},
        "account_signup": {"name": "Alix Neuf", "email": "neuf@test.example", "password1": word},
        "account_reauthenticate": {"password": word},
        "account_email": {"email": "autre@test.example", "action_add": ""},
        "account_change_password": {"oldpassword": word, "password1": word + "!", "password2": word + "!"},
        "account_reset_password": {"email": roles["owner"].email},
        "account_reset_password_from_key": {"password1": word + "!", "password2": word + "!"},
        "admin:password_change": {"old_password": word, "new_password1": word + "!", "new_password2": word + "!"},
        "admin:auth_user_password_change": {
            "usable_password": "true", "password1": word + "!", "password2": word + "!",
        },
        "admin:actors_actor_decide": {"reason": "Bienvenue"},
        "admin:actors_actor_changes": {"mark": mark_of(snapshot(ours))},
        "admin:actors_actor_snooze": {"until": timezone.localdate() + timedelta(days=3)},
        "admin:actors_actor_approve_together": {"actor": actors["waiting"].pk},
        "admin:actors_actor_merge": {"name": "kept"},
        "admin:pages_contactmessage_answer": {"body": "Bonjour, voici.", "form_key": uuid4()},
    }  # fmt: skip


def _import_forms(review: ImportRun, done: ImportRun) -> dict:
    content = b"Nom;Type\nMaison bleue;ONG\n"  # a file is read once: each form has its own
    undecided = review.lines.undecided().get()
    return {
        "admin:imports_importrun_upload": {
            "file": SimpleUploadedFile("liste.csv", content),
            "source": "Liste",
            "obtained_on": "2026-01-02",
        },
        ("admin:imports_importrun_replace", "reviewed"): {"file": SimpleUploadedFile("liste.csv", content)},
        "admin:imports_importrun_mapping": {"column_0": "name", "column_1": "kind"},
        ("admin:imports_importrun_preview", "reviewed"): {f"line-{undecided.pk}": "skip"},
        "admin:imports_importrun_rest": {"decision": "skip"},
        "admin:imports_importrun_launch": {"new_state": "draft"},
        "admin:imports_provenance_tell": {"provenance": imports.to_tell(done).pk},
    }


def _typed(owner: User) -> dict[str, dict]:
    word = people.PASSWORD
    return {
        "actors_actor": {"name": "Atelier neuf", "slug": "atelier-neuf", "kind": "ngo", "country": "FR"},
        "actors_offer": {"title": "Prêter une scène", "modes": ["loan"]},
        "actors_skill": {"code": "forge", "name_fr": "Forge", "name_en": "Forging"},
        "actors_reasontemplate": {"decision": "refused", "title": "Neuf", "text": "Un texte"},
        "actors_user": {
            "email": "neuve@test.example", "name": "Neuve", "usable_password": "true", "password1": word,
            "password2": word,
        },
        "projects_project": {"title": "Un autre titre"},
        "projects_need": {"title": "Un autre besoin"},
        "common_suspendedaddress": {"address": "morte@test.example", "reason": "Revenu par la poste"},
        "pages_page": {"title": "Charte", "slug": "charte", "body": "Un texte."},
        "pages_partner": {"name": "Un autre partenaire"},
        "following_agreementtemplate": {"title": "Convention simple", "body": "Entre {{ parties }}."},
        "following_taxrule": {
            "donor": "person", "since": "2030-01-01", "rate": "60", "legal_source": "CGI", "conditions": "À vérifier",
        },
        "mediatheque_collection": {"title": "Un autre parcours", "summary": "Pour commencer."},
        "support_expertoffer": {"state": "confirmed", "why": ""},
        "auth_group": {"name": "Neuf"},
        "account_emailaddress": {"user": owner.pk, "email": "troisieme@test.example"},
    }  # fmt: skip


# What an address is asked with, where it answers nothing to a bare GET.
QUERIES = {"admin:autocomplete": "?app_label=actors&model_name=offer&field_name=skills&term=eau"}
