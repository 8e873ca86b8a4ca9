"""What people mistype, paste or tamper with: a message in French beside its field, or a clean 404; never a 500."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from actors.enums import ActorKind
from tests.access.page_forms import filled_form
from tests.access.rows import digest
from tests.factories import network, people

pytestmark = pytest.mark.django_db

LISTS = ("actor-list", "project-list", "need-list")
SOON, BEFORE = str(date.today() + timedelta(days=30)), str(date.today() + timedelta(days=3))
NUL = "a\x00b"
HUGE = "9" * 25


class Desk:
    """An owner at work: an approved actor with an offer, a project and its need, and a need of others to answer."""

    def __init__(self) -> None:
        self.actor, self.owner = network.owned_actor()
        self.offer = network.offer(self.actor)
        self.project = network.project(self.actor)
        self.need = network.need(self.project)
        self.others = network.actor(owner=people.verified())
        self.foreign_need = network.need(network.project(self.others))
        self.introduction = network.introduction(network.need(self.project), self.others)
        self.client = Client()
        self.client.force_login(self.owner)

    def address(self, name: str) -> str:
        about = {
            "actor-edit": self.actor.slug, "offer-create": self.actor.slug, "offer-edit": self.offer.pk,
            "project-edit": self.project.slug, "need-create": self.project.slug, "need-edit": self.need.pk,
            "interest": self.foreign_need.pk, "refuse": self.foreign_need.pk,
            "introduction-answer": self.introduction.pk,
        }  # fmt: skip
        if name == "contact":
            return reverse(name, args=[self.need.pk, self.others.slug])
        return reverse(name, args=[about[name]] if name in about else [])


@pytest.fixture
def desk() -> Desk:
    return Desk()


ACTOR = {"name": "Atelier du lac", "kind": "ngo", "country": "FR", "summary": "Nous réparons.", "city": "Annecy"}
CONTACT = {
    "contacts-TOTAL_FORMS": "1", "contacts-INITIAL_FORMS": "0", "contacts-0-name": "Awa Diop",
    "contacts-0-role": "Trésorière", "contacts-0-email": "awa@atelier.example", "contacts-0-phone": "",
}  # fmt: skip
NUMBER = "id_registration_number"
OFFER = {"title": "Prêter une salle", "kind": "premises", "modes": ["loan"], "detail": "Le soir."}
PROJECT = {"title": "Un puits à Podor", "stage": "idea", "summary": "Pour le village.", "themes": ["6"]}
NEED = {
    "need-title": "Analyser une eau", "need-kind": "skill", "need-detail": "Deux forages.", "need-modes": ["pro_bono"],
    "need-quantity": "3 jours",
}  # fmt: skip
LATER_FIRST = {"need-starts_on": SOON, "need-ends_on": BEFORE}

# address, what is sent, the field that must carry the message
MISTAKES = [
    ("actor-create", ACTOR | {"name": ""}, "id_name"),
    ("actor-create", ACTOR | {"kind": "club"}, "id_kind"),
    ("actor-create", ACTOR | {"summary": "a" * 281}, "id_summary"),
    ("actor-edit", ACTOR | CONTACT | {"contacts-0-email": "pas une adresse"}, "id_contacts-0-email"),
    ("actor-create", ACTOR | CONTACT | {"contacts-0-name": ""}, "id_contacts-0-name"),
    ("actor-edit", ACTOR | CONTACT | {"contacts-0-email": ""}, "id_contacts-0-email"),
    ("actor-edit", ACTOR | {"registration_kind": "siret", "registration_number": "732 829 320 00075"}, NUMBER),
    ("actor-create", ACTOR | {"registration_kind": "rna", "registration_number": "W12"}, NUMBER),
    ("actor-create", ACTOR | {"registration_number": "une idée"}, "id_registration_kind"),
    ("actor-edit", ACTOR | {"donation_url": "notre page"}, "id_donation_url"),
    ("actor-edit", ACTOR | {"website": "javascript:alert(1)"}, "id_website"),
    ("offer-create", OFFER | {"title": ""}, "id_title"),
    ("offer-create", OFFER | {"modes": []}, "id_modes"),
    ("offer-create", OFFER | {"available_from": SOON, "available_until": BEFORE}, "id_available_until"),
    ("offer-edit", OFFER | {"available_from": SOON, "available_until": BEFORE}, "id_available_until"),
    ("project-create", PROJECT | NEED | {"title": ""}, "id_title"),
    ("project-create", PROJECT | NEED | {"need-title": ""}, "id_need-title"),
    ("project-create", PROJECT | NEED | LATER_FIRST, "id_need-ends_on"),
    ("project-edit", PROJECT | {"title": ""}, "id_title"),
    ("need-create", NEED | LATER_FIRST, "id_need-ends_on"),
    ("need-create", NEED | {"need-ends_on": "hier"}, "id_need-ends_on"),
    ("need-edit", NEED | LATER_FIRST, "id_need-ends_on"),
    ("interest", {"message": ""}, "id_message"),
    ("interest", {"message": "a" * 2001}, "id_message"),
    ("contact", {"message": ""}, "id_message"),
    ("refuse", {"text": "Pas cette année"}, "id_reason"),
    ("introduction-answer", {"reply": "Désolés, pas cette année.", "decline": "1"}, "id_reason"),
]


@pytest.mark.parametrize(("name", "sent", "field"), MISTAKES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_mistake_is_said_in_french_beside_its_field_and_what_was_typed_is_kept(desk, name, sent, field):
    address = desk.address(name)
    hidden = filled_form(desk.client.get(address).content.decode()) if name != "introduction-answer" else {}
    keys = {key: values for key, values in hidden.items() if key in ("lead", "actor", "form_key", "need-form_key")}
    before = digest()
    answer = desk.client.post(address, keys | sent)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert digest() == before
    assert f'id="error_1_{field}"' in html
    assert "This field" not in html
    assert "Rien n'est perdu" in html or "Rien n&#x27;est perdu" in html
    typed = {key: value if isinstance(value, list) else [value] for key, value in sent.items()}
    typed.pop("decline", None)
    shown = filled_form(html)
    impossible = {"kind": ["club"], "modes": []}  # what no choice of the list can show again
    assert {key: shown.get(key) for key in typed if impossible.get(key) != typed[key]} == {
        key: value for key, value in typed.items() if impossible.get(key) != value
    }


def test_the_date_message_says_what_is_wrong(desk):
    html = desk.client.post(desk.address("need-create"), NEED | LATER_FIRST).content.decode()
    assert "Cette date vient avant celle du début" in html


NUL_IN = [
    ("actor-create", ACTOR, "name"), ("actor-edit", ACTOR, "summary"), ("offer-create", OFFER, "title"),
    ("need-create", NEED, "need-title"), ("project-edit", PROJECT, "description"), ("interest", {}, "message"),
    ("contact", {}, "message"), ("preferences", {"language": "fr", "digest": "daily"}, "name"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "sent", "field"), NUL_IN, ids=lambda value: value if isinstance(value, str) else "")
def test_a_nul_byte_is_refused_beside_its_field(desk, name, sent, field):
    before = digest()
    answer = desk.client.post(desk.address(name), sent | {"actor": desk.actor.pk, field: NUL})
    assert (answer.status_code, f'id="error_1_id_{field}"' in answer.content.decode()) == (200, True)
    assert digest() == before


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
@pytest.mark.parametrize("text", [NUL, f"{NUL}@test.example", "a" * 10_000, "\ud800".encode("utf-8", "surrogatepass")])
def test_the_doors_refuse_what_is_no_address(client, name, text):
    answer = client.post(
        reverse(name), {"login": text, "email": text, "password": text, "password1": text, "name": text}
    )
    assert answer.status_code == 200


@pytest.mark.parametrize(("field", "value"), [
    ("need-skills", HUGE), ("need-skills", "x"), ("need-skills", NUL), ("need-modes", "gift"), ("need-form_key", "x"),
    ("lead", HUGE), ("lead", NUL), ("themes", HUGE), ("territories", "XX"),
])  # fmt: skip
def test_a_choice_that_does_not_exist_is_refused(desk, field, value):
    before = digest()
    answer = desk.client.post(reverse("project-create"), PROJECT | NEED | {"lead": desk.actor.pk, field: value})
    assert (answer.status_code, digest() == before) == (200, True)


# Searches and addresses -----------------------------------------------------------------------


@pytest.mark.parametrize("name", LISTS)
def test_a_search_too_long_is_said_kept_and_shows_everything(desk, client, name):
    text = "eau potable " * 833 + "fin"
    answer = client.get(reverse(name), {"q": text})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="id_q_error">200 caractères au plus' in " ".join(html.split()).replace("> 200", ">200")
    assert filled_form(html.partition("</header>")[2])["q"] == [text]
    everything = {str(row) for row in client.get(reverse(name)).context["rows"]}
    assert everything
    assert {str(row) for row in answer.context["rows"]} == everything


UNKNOWN = {
    "actor-list": ("kind", "theme", "territory", "offer", "mode", "skill"),
    "project-list": ("stage", "theme", "territory"),
    "need-list": ("kind", "mode", "theme", "territory"),
}


@pytest.mark.parametrize(("name", "facet"), [(name, facet) for name, facets in UNKNOWN.items() for facet in facets])
def test_an_unknown_facet_is_said_and_shows_everything(desk, client, name, facet):
    for value in ("inconnu", HUGE, NUL, "%", "'; DROP TABLE actors_actor; --", "🌻"):
        answer = client.get(reverse(name), {facet: value})
        assert (value, answer.status_code) == (value, 200)
        assert list(answer.context["filter"].form.errors) == [facet], value
        assert 'class="field-error"' in answer.content.decode(), value
        assert len(answer.context["rows"]) > 0, value


@pytest.mark.parametrize("name", LISTS)
def test_parameters_that_the_site_does_not_know_change_nothing(desk, client, name):
    answer = client.get(reverse(name), {"utm_source": "lettre", "q[]": "x", "__proto__": "x"})
    assert len(answer.context["rows"]) == len(client.get(reverse(name)).context["rows"])


@pytest.mark.parametrize("query", [
    "q=%00", "q=a%00b", "q=%ED%A0%80", "q=%FF%FE", "q=%F0%9F%8C%BB", "q=%27%27%27", "q=a%20%26%20%21b", "q=%3A%2A",
    "q=%5C", "q=le%20la%20les", "q=%20", "q=%28%29%7C%26%21%3C%3E",
])  # fmt: skip
@pytest.mark.parametrize("name", LISTS)
def test_a_search_of_strange_characters_is_answered(client, name, query):
    assert client.get(f"{reverse(name)}?{query}").status_code == 200


@pytest.mark.parametrize("title", [NUL, "a" * 10_000, "🌻", ""])
def test_strange_titles_are_read_while_they_are_typed(client, title):
    assert client.get(reverse("recognise-skills"), {"title": title}).status_code == 200


def test_the_actor_named_by_a_link_may_be_nonsense(desk):
    for nonsense in (NUL, "inconnu", "🌻", "a" * 10_000):
        for name in ("interest", "refuse"):
            assert desk.client.get(desk.address(name), {"acteur": nonsense}).status_code == 200


PAGES = ["9999", "abc", "0", "-1", "1.5", "²", "1e3", NUL, "9" * 25, "9" * 5000]


@pytest.mark.parametrize("number", PAGES, ids=lambda number: repr(number)[:12])
def test_a_page_that_does_not_exist_is_not_found(desk, number):
    own = [reverse("need-matches", args=[desk.need.pk]), reverse("actor-needs", args=[desk.actor.slug])]
    for address in [*map(reverse, LISTS), *own]:
        answer = desk.client.get(address, {"page": number})
        assert (address, answer.status_code) == (address, 404)
        assert "Cette page n'existe pas" in answer.content.decode().replace("&#x27;", "'")


@pytest.mark.parametrize("name", [
    "need-detail", "need-edit", "need-matches", "offer-edit", "offer-delete", "match-detail", "interest", "refuse",
    "introduction-detail",
])  # fmt: skip
def test_a_number_beyond_the_database_is_not_found(desk, name):
    assert desk.client.get(reverse(name, args=[HUGE])).status_code == 404


# Twice, or too late ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["actor-create", "offer-create", "project-create", "need-create", "interest", "contact"]
)
def test_the_same_form_sent_twice_writes_once(desk, name):
    sent = {
        "actor-create": ACTOR, "offer-create": OFFER, "project-create": PROJECT | NEED | {"publish": "1"},
        "need-create": NEED | {"publish": "1"}, "interest": {"message": "Bonjour"}, "contact": {"message": "Bonjour"},
    }[name]  # fmt: skip
    address = desk.address(name)
    form = filled_form(desk.client.get(address).content.decode()) | sent
    before = digest()
    first = desk.client.post(address, form)
    after_one = digest()
    second = desk.client.post(address, form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert before != after_one
    assert digest() == after_one


@pytest.mark.parametrize(("name", "sent"), [
    ("interest", {"message": "Nous savons faire."}), ("contact", {"message": "Pensez-vous pouvoir ?"}),
])  # fmt: skip
@pytest.mark.parametrize("end", ["closed", "filled"])
def test_an_answer_to_a_need_that_ended_meanwhile_is_said_and_kept(desk, name, sent, end):
    address = desk.address(name)
    form = filled_form(desk.client.get(address).content.decode()) | sent
    need = desk.foreign_need if name == "interest" else desk.need
    need.state = end
    need.save()
    before = digest()
    answer = desk.client.post(address, form)
    html = answer.content.decode().replace("&#x27;", "'")
    assert answer.status_code == 200
    assert "Ce besoin n'est plus ouvert" in html
    assert filled_form(html)["message"] == [sent["message"]]
    assert digest() == before


def test_html_in_what_people_write_is_shown_as_text(desk, client):
    typed = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    written = {
        desk.actor: ("summary", "description"), desk.offer: ("title", "detail"), desk.project: ("title", "summary"),
        desk.need: ("title", "detail"), desk.introduction: ("message",),
    }  # fmt: skip
    for row, fields in written.items():
        type(row).objects.filter(pk=row.pk).update(**dict.fromkeys(fields, typed))
    rows = [desk.actor, desk.project, desk.need, desk.introduction]
    addresses = [*map(reverse, (*LISTS, "home", "dashboard")), *(row.get_absolute_url() for row in rows)]
    for address in addresses:
        html = desk.client.get(address).content.decode()
        assert "<script>alert" not in html, address
        assert "<img src=x" not in html, address
        assert "&lt;script&gt;alert(1)" in html, address


def test_an_expired_form_says_so_in_french(desk):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(desk.owner)
    before = digest()
    answer = strict.post(reverse("preferences"), {"name": "Autre", "language": "fr", "digest": "never"})
    assert answer.status_code == 403
    assert "Le formulaire a expiré" in answer.content.decode()
    assert digest() == before


def test_every_kind_of_actor_can_be_typed(desk):
    """The list above is of mistakes; this is the form without one."""
    for kind in ActorKind.values:
        answer = desk.client.post(reverse("actor-create"), ACTOR | {"name": f"Atelier {kind} 🌻", "kind": kind})
        assert answer.status_code == 302


def test_a_wrong_filter_sent_by_htmx_fetches_the_page_that_can_say_so(client):
    answer = client.get(reverse("actor-list"), {"kind": "inconnu"}, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == reverse("actor-list") + "?kind=inconnu"
