"""Every page of the site: who sees the most of it, and where it stands in the planted world."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core import signing
from django.urls import reverse
from playwright.sync_api import expect

from actors.imports.objections import objection_url
from actors.privacy import address_check
from projects.freshness.links import Named, confirm_url
from projects.matching.refusal_links import refusal_url
from projects.search.mails import stop_link
from tests.browser.visit import Visit
from tests.browser.world import World
from tests.factories import people

VISITOR = ""


@dataclass(frozen=True)
class Page:
    name: str  # of the URL
    role: str = VISITOR  # attribute of World
    arguments: Callable[[World], list] = lambda world: []
    query: str = ""
    # What somebody does once there, to show the page in a state of interest.
    then: Callable[[Visit], None] | None = None
    note: str = ""
    elsewhere: bool = False  # the address sends on to the page meant

    def path(self, world: World) -> str:
        return reverse(self.name, args=self.arguments(world)) + self.query

    def __str__(self) -> str:
        return f"{self.name}{self.query}{' ' + self.note if self.note else ''} as {self.role or 'visitor'}"


def _refusal_token(world: World) -> list:
    return [refusal_url(person=world.company_owner, actor=world.company.pk, need=world.need.pk).split("/")[-2]]


def _fresh_token(world: World) -> list:
    return [confirm_url(Named(world.ngo_owner.pk, [world.ngo.pk], [world.need.pk])).split("/")[-2]]


def _submit(visit: Visit) -> None:
    """Send the page's own form as it stands, with the required fields empty."""
    visit.page.locator("main form[method=post] [type=submit]:not([tabindex='-1'])").first.click()
    visit.page.locator(".invalid-feedback, .notice-error").first.wait_for()


def _submit_empty(visit: Visit) -> None:
    visit.page.locator("main input[type=text], main textarea").evaluate_all("all => all.forEach(e => e.value = '')")
    _submit(visit)


def _write_dates_backwards(visit: Visit) -> None:
    visit.page.fill("[name$=starts_on], [name=available_from]", "2030-05-02")
    visit.page.fill("[name$=ends_on], [name=available_until]", "2030-05-01")
    _submit(visit)


def _sign_up(visit: Visit) -> None:
    visit.page.fill("[name=name]", "Camille Nouvelle")
    visit.page.fill("[name=email]", "camille.nouvelle@test.example")
    visit.page.fill("[name=password1]", "des-mots-bien-longs")
    visit.page.click("main [type=submit]")
    visit.page.locator("[name=code]").wait_for()


def _send_wrong_code(visit: Visit) -> None:
    _sign_up(visit)
    visit.page.fill("[name=code]", "XXXXXX")
    _submit(visit)


def _ask_for_reset(visit: Visit) -> None:
    visit.page.fill("[name=email]", "personne.inconnue@test.example")
    visit.page.click("main [type=submit]")
    visit.page.wait_for_url("**/reset/done/")


def _choose_a_territory(visit: Visit) -> None:
    visit.page.fill("#id_territories_search", "séné")
    visit.page.press("#id_territories_search", "Enter")
    visit.page.fill("#id_territories_search", "haute")
    visit.page.locator(".picker-options button").first.wait_for()


def _add_a_contact(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Ajouter un contact").click()
    expect(visit.page.locator("[name=contacts-2-name]")).to_be_focused()
    visit.page.locator("summary").evaluate_all("all => all.forEach(e => e.parentNode.open = true)")


def _refuse_a_contact(visit: Visit) -> None:
    visit.page.fill("[name=contacts-0-email]", "pas une adresse")
    visit.page.set_input_files("[name=logo]", {"name": "a.png", "mimeType": "image/png", "buffer": b"du texte"})
    _submit(visit)


def _type_a_search(visit: Visit) -> None:
    visit.page.locator("#id_q").press_sequentially("eau potable")
    visit.page.wait_for_url(re.compile(r"q=eau(\+|%20)potable"))
    expect(visit.page.locator("#resultats")).to_contain_text("Léman Ingénierie")


def _have_suggested(visit: Visit) -> None:
    visit.page.locator("#chercher-partout").press_sequentially("léman")
    visit.page.locator(".suggestion").first.wait_for()
    visit.page.keyboard.press("ArrowDown")


def _type_an_offer(visit: Visit) -> None:
    visit.page.locator("#id_title").press_sequentially("Traduire en anglais")
    expect(visit.page.locator(".recognised-live .recognised")).to_contain_text("Traduction")


def _open_menu(visit: Visit) -> None:
    visit.page.click(".navbar-toggler")
    visit.page.locator("#menu.show").wait_for()


def _open_actor_menu(visit: Visit) -> None:
    _open_menu(visit)
    visit.page.click(".actor-menu summary")
    visit.page.locator(".actor-menu-list").wait_for()


def _confirm_password(visit: Visit) -> None:
    """The page meant asks for the password again first."""
    visit.page.fill("[name=password]", people.PASSWORD)
    visit.page.click("main [type=submit]")
    visit.page.locator("[name=password]").wait_for(state="detached")


def _confirm_and_send_wrong_code(visit: Visit) -> None:
    _confirm_password(visit)
    visit.page.fill("[name=code]", "000000")
    _submit(visit)


def _log_in_up_to_the_second_step(visit: Visit) -> None:
    visit.page.fill("[name=login]", "protegee@test.example")
    visit.page.fill("[name=password]", people.PASSWORD)
    visit.page.click("main [type=submit]")
    visit.page.fill("[name=code]", "000000")
    _submit(visit)


def _invite_nobody(visit: Visit) -> None:
    visit.page.fill("[name=email]", "pas une adresse")
    visit.page.get_by_role("button", name="Envoyer l'invitation").click()
    visit.page.locator(".invalid-feedback").first.wait_for()


def _open_facets(visit: Visit) -> None:
    toggle = visit.page.locator("#montrer-les-filtres")
    if visit.page.locator(".facet-toggle-label").is_visible():
        toggle.check(force=True)
    visit.page.locator(".facets").first.wait_for()


def _open_all(visit: Visit) -> None:
    visit.page.locator("main details").evaluate_all("all => all.forEach(e => e.open = true)")


def _reset_key(world: World) -> list:
    key = default_token_generator.make_token(world.company_owner)
    return [user_pk_to_url_str(world.company_owner), key]


def _slug(attribute: str) -> Callable[[World], list]:
    return lambda world: [getattr(world, attribute).slug]


def _pk(attribute: str) -> Callable[[World], list]:
    return lambda world: [getattr(world, attribute).pk]


def _partnership_of(attribute: str) -> Callable[[World], list]:
    return lambda world: [getattr(world, attribute).partnership_id]


def _part(world: World) -> list:
    return [world.told.contributions.get(actor=world.ngo).pk]


def _offer(world: World) -> list:
    return [world.company.offers.first().pk]


def _date(world: World) -> list:
    return [world.event.occurrences.first().pk]


NGO, COMPANY, NEWCOMER, ANIMATOR = "ngo_owner", "company_owner", "newcomer", "animator"

PAGES = [
    Page("home"),
    Page("home", ANIMATOR, then=_open_menu, note="menu open"),
    Page("dashboard", NGO),
    Page("dashboard", COMPANY),
    Page("dashboard", ANIMATOR),
    Page("dashboard", NEWCOMER),
    Page("actor-list", NGO),
    Page("actor-list", query="?q=eau&kind=company"),
    Page("actor-list", query="?q=xyzzy"),
    Page("actor-list", query="?kind=plombier&theme=99"),
    Page("actor-list", query="?page=2"),
    Page("actor-list", then=_type_a_search, note="as one types"),
    Page("actor-list", COMPANY, query="?vue=carte"),
    Page(
        "actor-list", query="?q=comptabilit&theme=6&territory=SN&mode=pro_bono", then=_open_facets, note="facets open"
    ),
    Page("search", COMPANY, query="?q=eau+potable"),
    Page("search", query="?q=xyzzy&mode=vol"),
    *(Page("find", query=query) for query in ("", "?q=eau", "?q=xyzzy", "?q=eau&type=acteurs")),
    Page("home", then=_have_suggested, note="find-suggestions"),
    Page("saved-search-list", COMPANY),
    Page("saved-search-list", NEWCOMER),
    Page("saved-search-create", COMPANY, query="?place=needs&q=eau&theme=6", then=_submit_empty),
    Page("saved-search-edit", COMPANY, _pk("saved_search")),
    Page("saved-search-delete", COMPANY, _pk("saved_search")),
    Page("saved-search-stop", VISITOR, lambda world: [stop_link(world.saved_search.pk).split("/")[-2]]),
    Page("need-list", query="?q=comptabilit&mode=pro_bono", then=_open_facets, note="facets open"),
    Page("actor-position", NGO, _slug("ngo")),
    Page("actor-create", NEWCOMER, then=_submit),
    Page("actor-detail", NGO, _slug("ngo")),
    Page("actor-detail", COMPANY, _slug("company")),
    Page("actor-detail", "sent_back_owner", _slug("sent_back")),
    Page("actor-edit", NGO, _slug("ngo"), then=_choose_a_territory),
    Page("actor-edit", NGO, _slug("ngo"), then=_add_a_contact, note="another contact"),
    Page("actor-edit", NGO, _slug("ngo"), then=_refuse_a_contact, note="refused"),
    Page("actor-detail", VISITOR, _slug("ngo")),
    Page("offer-create", COMPANY, _slug("company"), then=_submit),
    Page("offer-create", COMPANY, _slug("company"), then=_type_an_offer, note="recognise-skills"),
    Page("offer-edit", COMPANY, _offer, then=_submit_empty),
    Page("offer-edit", COMPANY, _offer, note="untouched"),
    Page("offer-delete", COMPANY, _offer),
    Page("skill-list"),
    Page("preferences", COMPANY),
    Page("preferences", "unreachable", note="address refused"),
    Page("my-data", COMPANY),
    Page("account-erase", COMPANY, then=_submit),
    Page("account-erase", NEWCOMER, note="alone"),
    Page("address-confirm", VISITOR, lambda world: [signing.dumps("a@test.example", salt=address_check.SALT)]),
    Page("address-confirm", VISITOR, lambda world: [signing.dumps(world.unreachable.email, salt=address_check.SALT)]),
    Page("page", VISITOR, lambda world: ["mentions-legales"]),
    Page("page", VISITOR, lambda world: ["confidentialite"]),
    Page("page", VISITOR, lambda world: ["conditions"]),
    Page("page", VISITOR, lambda world: ["accessibilite"]),
    Page("page-version", VISITOR, lambda world: ["conditions", 1]),
    Page("site-plan"),
    Page("site-plan", COMPANY),
    Page("partners"),
    Page("key-figures"),
    Page("report", ANIMATOR),
    Page("report", ANIMATOR, query="?start=2026-03-02&end=2026-03-01", note="refused"),
    Page("report-actors", ANIMATOR, query="?sort=rate"),
    Page("report-print", ANIMATOR),
    Page("contact-us", COMPANY),
    Page("contact-us", then=_submit),
    Page("contact-us-sent"),
    Page("project-list", NGO),
    Page("project-list", query="?q=xyzzy"),
    Page("project-create", NGO),
    Page("project-create", NGO, then=_write_dates_backwards, note="refused"),
    Page("project-detail", NGO, _slug("project")),
    Page("project-detail", NGO, _slug("draft")),
    Page("project-edit", NGO, _slug("project"), then=_submit_empty),
    Page("need-create", NGO, _slug("project")),
    Page("need-list", COMPANY),
    Page("need-list", query="?q=xyzzy"),
    Page("need-detail", NGO, _pk("need")),
    Page("need-detail", COMPANY, _pk("need")),
    Page("need-detail", NGO, _pk("draft_need")),
    Page("need-edit", NGO, _pk("need"), then=_write_dates_backwards),
    Page("need-matches", NGO, _pk("need")),
    Page("need-matches", NGO, _pk("quiet_need"), note="empty"),
    Page("actor-needs", COMPANY, _slug("company")),
    Page("actor-needs", NGO, _slug("ngo"), note="empty"),
    Page("match-detail", COMPANY, _pk("match")),
    Page("match-detail", NGO, _pk("match")),
    Page("interest", COMPANY, _pk("need"), then=_submit),
    Page("refuse", COMPANY, _pk("need"), then=_submit),
    Page("mailed-refusal", VISITOR, _refusal_token, then=_submit),
    Page("contact", NGO, lambda world: [world.need.pk, world.company.slug], then=_submit),
    Page("introduction-list", NGO),
    Page("introduction-list", NEWCOMER),
    Page("introduction-detail", NGO, _pk("asked")),
    Page("introduction-detail", COMPANY, _pk("accepted")),
    Page("introduction-detail", COMPANY, _pk("declined")),
    Page("thread-close", COMPANY, _pk("accepted"), then=_submit),
    Page("need-answers", NGO, _pk("need")),
    Page("confirm-fresh", VISITOR, _fresh_token),
    Page("partnership-list", NGO),
    Page("partnership-list", NEWCOMER, note="empty"),
    Page("partnership-detail", NGO, _pk("partnership")),
    Page("partnership-detail", "animator", _pk("partnership")),
    Page("partnership-plan", NGO, _pk("partnership")),
    Page("partnership-party", "animator", _pk("partnership")),
    Page("partnership-open", "animator", then=_submit),
    Page("partnership-board", "animator"),
    Page("partnership-follow", "animator"),
    Page("milestone-create", NGO, _pk("partnership"), then=_submit),
    Page("milestone-edit", NGO, _pk("milestone")),
    Page("agreement-create", NGO, _pk("partnership"), then=_submit),
    Page("agreement-detail", COMPANY, _pk("agreement")),
    Page("agreement-edit", NGO, _pk("agreement")),
    Page("agreement-text", NGO, _pk("agreement")),
    Page("achievement-list"),
    Page("achievement-list", query="?q=pompe&theme=6", then=_open_facets, note="facets open"),
    Page("achievement-list", query="?q=xyzzy"),
    Page("achievement-detail", VISITOR, _slug("achievement")),
    Page("achievement-detail", COMPANY, _slug("told"), note="not public yet"),
    Page("achievement-desk", NGO, _partnership_of("told")),
    Page("achievement-desk", "animator", _partnership_of("achievement")),
    Page("achievement-desk", COMPANY, _partnership_of("achievement"), note="public"),
    Page("achievement-story", COMPANY, _partnership_of("told"), then=_submit_empty),
    Page("contribution-quotation", NGO, _part),
    Page("contribution-picture", NGO, _part, then=_submit),
    Page("contribution-appraisal", NGO, _part, note="grade given"),
    Page("picture-edit", NGO, lambda world: [world.told.pictures.first().pk]),
    Page("support"),
    Page("support", COMPANY, query="?kind=technical", then=_open_facets, note="facets open"),
    Page("support-references", VISITOR, _slug("company")),
    Page("support-offers", COMPANY, _slug("company")),
    Page("support-ask", NGO, then=_submit),
    Page("support-ask", NGO, query="?kind=event"),
    Page("support-ask", NEWCOMER, note="no actor yet"),
    Page("support-list", NGO),
    Page("support-list", NEWCOMER),
    Page("support-follow", ANIMATOR),
    Page("support-detail", COMPANY, _pk("support")),
    Page("support-detail", COMPANY, _pk("support_asked"), then=_open_all, note="asked"),
    Page("support-detail", ANIMATOR, _pk("support"), then=_open_all, note="all open"),
    Page("support-plan", NGO, _pk("support")),
    Page("support-finish", COMPANY, _pk("support"), then=_submit_empty),
    Page("support-confirm", NGO, _pk("support_done")),
    Page("agenda"),
    Page("agenda", query="?vue=mois"),
    Page("agenda", query="?vue=carte"),
    Page("agenda", query="?passe=true&kind=screening", then=_open_facets, note="empty"),
    Page("agenda", query="?du=hier&mois=2026-99"),
    Page("event-detail", VISITOR, _slug("event")),
    Page("event-detail", NGO, _slug("event")),
    Page("event-detail", NGO, _slug("draft_event")),
    Page("event-create", NGO, then=_submit),
    Page("event-edit", NGO, _slug("event")),
    Page("event-cancel", NGO, _slug("event"), then=_submit),
    Page("occurrence-edit", NGO, _date),
    Page("occurrence-cancel", NGO, _date),
    Page("dashboard", "busy", then=_open_actor_menu, note="several actors"),
    Page("actor-members", NGO, _slug("ngo"), then=_invite_nobody),
    Page("actor-members", "reader", _slug("ngo"), note="as a reader"),
    Page("actor-leave", "reader", _slug("ngo")),
    Page("member-remove", NGO, lambda world: [world.ngo.memberships.get(user=world.reader).pk]),
    Page("invitation", VISITOR, lambda world: [world.invitation_token]),
    Page("invitation", COMPANY, lambda world: [world.invitation_token], note="another address"),
    Page("claim-create", COMPANY, _slug("ngo"), then=_submit),
    Page("claim-detail", NGO, _pk("claim")),
    Page("claim-detail", NEWCOMER, _pk("claim")),
    Page("unsubscribe", VISITOR, lambda world: [world.unsubscribe_path.split("/")[2]]),
    Page("contact-objection", VISITOR, lambda world: [objection_url(world.company, "awa@test.example").split("/")[-2]]),
    Page("account_login", then=_submit),
    Page("account_signup"),
    Page("account_signup", then=_submit_empty, note="refused"),
    # The page that asks for the code, which only follows a sign-up.
    Page("account_signup", then=_send_wrong_code, note="account_email_verification_sent"),
    Page("account_reset_password", then=_submit),
    Page("account_reset_password", then=_ask_for_reset, note="account_reset_password_done"),
    Page("account_reset_password_from_key", VISITOR, _reset_key, elsewhere=True),
    Page("account_reset_password_from_key", VISITOR, lambda world: ["1", "1-1"], note="out of date"),
    Page("account_reset_password_from_key_done"),
    Page("account_inactive"),
    Page("account_logout", COMPANY),
    Page("account_email", COMPANY),
    Page("account_change_password", COMPANY, then=_submit),
    Page("account_reauthenticate", COMPANY),
    Page("account_set_password", "no_password"),
    Page("security", COMPANY),
    Page("security", "protected"),
    Page("usersessions_list", "protected"),
    Page("mfa_index", COMPANY),
    Page("mfa_index", "protected"),
    Page("mfa_reauthenticate", "protected"),
    Page("mfa_activate_totp", "reader", elsewhere=True, then=_confirm_and_send_wrong_code),
    Page("mfa_deactivate_totp", "protected", elsewhere=True, then=_confirm_password),
    Page("mfa_view_recovery_codes", "protected"),
    Page("mfa_generate_recovery_codes", "protected"),
    Page("account_login", "nobody", then=_log_in_up_to_the_second_step, note="mfa_authenticate"),
]
