"""What people send as images: told by content, bounded, written anew, served apart from the site's pages."""

import io
import tracemalloc
from datetime import timedelta
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from actors.models import Actor
from coexist.common.uploads import shelves
from coexist.common.uploads.images import LARGEST_SIDE, clean_image
from coexist.common.uploads.orphans import AGE, forget_orphans
from tests.factories import files, network

ACTOR = {"name": "Atelier du lac", "kind": "ngo", "country": "FR"}


def opened(content: ContentFile) -> Image.Image:
    return Image.open(io.BytesIO(content.read()))


def refusal(content: bytes, name: str = "logo.png", content_type: str = "image/png") -> str:
    with pytest.raises(ValidationError) as refused:
        clean_image(files.upload(content, name, content_type))
    return refused.value.code


# What gets in -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_an_image_is_stored_as_webp_under_a_name_of_chance(kind):
    stored = clean_image(files.upload(files.image(kind), "../../Logo de l'été.PNG"))
    assert (opened(stored).format, len(stored.name)) == ("WEBP", 32 + len(".webp"))
    assert stored.name != clean_image(files.upload(files.image(kind))).name


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_way_to_tell_colours_is_read(mode):
    made = Image.new("RGB", (20, 20), "red").convert("P") if mode == "P" else Image.new(mode, (20, 20))
    out = io.BytesIO()
    made.save(out, "PNG")
    assert opened(clean_image(files.upload(out.getvalue()))).size == (20, 20)


def test_a_logo_without_background_keeps_it_clear():
    assert opened(clean_image(files.upload(files.image(mode="RGBA")))).mode == "RGBA"


def test_a_large_image_is_made_smaller():
    assert opened(clean_image(files.upload(files.image(size=(3000, 1500))))).size == (LARGEST_SIDE, LARGEST_SIDE // 2)


def test_where_a_photo_was_taken_is_forgotten_and_it_stands_upright():
    source = files.photo_with_place()
    assert "Marque secrète".encode() in source or b"Marque" in source
    stored = clean_image(files.upload(source, "photo.jpg", "image/jpeg"))
    assert opened(stored).size == (40, 80)
    stored.seek(0)
    assert dict(opened(stored).getexif()) == {}
    stored.seek(0)
    assert b"Marque" not in stored.read()


def test_a_file_that_is_an_image_and_a_page_keeps_only_the_image():
    assert files.SCRIPT in files.polyglot()
    stored = clean_image(files.upload(files.polyglot())).read()
    assert b"script" not in stored
    assert Image.open(io.BytesIO(stored)).size == (60, 40)


def test_of_a_moving_image_the_first_picture_stays():
    stored = opened(clean_image(files.upload(files.moving_image(), "logo.gif", "image/gif")))
    assert getattr(stored, "n_frames", 1) == 1
    red, _green, blue = stored.convert("RGB").getpixel((15, 15))
    assert red > 200 > blue


# What does not ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Bonjour, ceci est un texte.", "not_an_image"),
        (b"%PDF-1.7 " + files.SCRIPT, "not_an_image"),
        (b"PK\x03\x04" + bytes(200), "not_an_image"),
        (files.svg(), "svg"),
        (b"\xef\xbb\xbf  <SVG onload='x'>", "svg"),
        (files.image(size=(200, 200))[:120], "damaged"),
        (files.image("JPEG", size=(300, 300))[:600], "damaged"),
        (files.huge_png(), "too_large"),
        (b"", "not_an_image"),
    ],
    ids=["text", "pdf", "zip", "svg", "svg in capitals", "half a PNG", "half a JPEG", "30000 x 30000", "nothing"],
)
def test_what_is_no_image_is_refused_whatever_it_is_called(content, code):
    assert refusal(content) == code


def test_a_huge_image_is_refused_before_it_is_unpacked():
    tracemalloc.start()
    refusal(files.huge_png(10_000))
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_heavy_file_is_refused_without_being_read():
    heavy = TemporaryUploadedFile("logo.png", "image/png", 0, None)
    heavy.truncate(50_000_000)
    heavy.size = 50_000_000
    tracemalloc.start()
    with pytest.raises(ValidationError) as refused:
        clean_image(heavy)
    assert refused.value.code == "too_heavy"
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


@given(st.one_of(st.binary(max_size=500), st.binary(max_size=300).map(lambda rest: files.image()[:60] + rest)))
def test_any_file_is_stored_clean_or_refused_with_a_sentence(content):
    try:
        stored = clean_image(files.upload(content))
    except ValidationError:
        return
    assert opened(stored).format == "WEBP"


# Through the form -------------------------------------------------------------------------------


@pytest.fixture
def owned(client, db):
    actor, owner = network.owned_actor()
    client.force_login(owner)
    return actor


def send(client, actor, logo, **fields):
    return client.post(reverse("actor-edit", args=[actor.slug]), ACTOR | {"logo": logo} | fields)


def stored_files() -> set[str]:
    try:
        return set(default_storage.listdir("logos")[1])
    except FileNotFoundError:
        return set()


def test_a_50_mb_logo_gets_a_message_and_leaves_nothing(client, owned):
    before = stored_files()
    answer = send(client, owned, files.upload(files.image() + bytes(50_000_000)))
    assert answer.status_code == 200
    assert "Ce fichier pèse 47,7" in unescape(answer.content.decode())
    assert "Choisissez de nouveau votre image" in answer.content.decode()
    owned.refresh_from_db()
    assert (owned.logo.name, stored_files()) == ("", before)


def test_what_comes_after_the_most_we_keep_is_counted_and_dropped(client, owned, settings):
    settings.UPLOAD_KEPT_BYTES = 100_000
    answer = send(client, owned, files.upload(bytes(8_000_000)))
    assert "Ce fichier pèse 7,6" in unescape(answer.content.decode())


@pytest.mark.parametrize("content", [b"du texte", files.svg(), files.image()[:80], files.huge_png()])
def test_a_refused_file_is_said_beside_its_field_and_changes_nothing(client, owned, content):
    before = stored_files()
    answer = send(client, owned, files.upload(content))
    assert 'id="error_1_id_logo"' in answer.content.decode()
    owned.refresh_from_db()
    assert (owned.name == ACTOR["name"], owned.logo.name, stored_files()) == (False, "", before)


def test_a_good_logo_beside_a_mistake_is_not_stored(client, owned):
    before = stored_files()
    assert send(client, owned, files.upload(files.image()), website="javascript:x").status_code == 200
    assert stored_files() == before


@pytest.mark.django_db(transaction=True)
def test_a_replaced_or_removed_logo_is_deleted_once_that_is_certain(client):
    actor, owner = network.owned_actor()
    client.force_login(owner)
    assert send(client, actor, files.upload(files.image())).status_code == 302
    first = Actor.objects.get(pk=actor.pk).logo.name
    with transaction.atomic():
        stale = Actor.objects.get(pk=actor.pk)
        stale.logo = files.clean_logo()
        stale.save()
        transaction.set_rollback(True)
    assert default_storage.exists(first)
    assert send(client, actor, files.upload(files.image("JPEG"))).status_code == 302
    second = Actor.objects.get(pk=actor.pk).logo.name
    assert (default_storage.exists(first), default_storage.exists(second)) == (False, True)
    assert client.post(reverse("actor-edit", args=[actor.slug]), ACTOR | {"logo-clear": "on"}).status_code == 302
    assert (Actor.objects.get(pk=actor.pk).logo.name, default_storage.exists(second)) == ("", False)


def test_saving_a_profile_without_a_file_keeps_its_logo(client, owned):
    send(client, owned, files.upload(files.image()))
    owned.refresh_from_db()
    kept = owned.logo.name
    client.post(reverse("actor-edit", args=[owned.slug]), ACTOR)
    owned.refresh_from_db()
    assert (owned.logo.name, default_storage.exists(kept)) == (kept, True)


# Serving ----------------------------------------------------------------------------------------


def test_our_images_are_shown_and_kept_for_long(client, db):
    answer = client.get(network.actor(logo=files.clean_logo()).logo_url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).format == "WEBP"


@pytest.fixture
def papers(monkeypatch):
    """A shelf of what we did not write ourselves, for its readers only."""
    monkeypatch.setattr("coexist.common.uploads.shelves._shelves", dict(shelves._shelves))
    shelves.register_shelf(
        shelves.Shelf("papiers", "actors.Actor", "logo", may_read=lambda user, path: user.is_authenticated)
    )
    return f"/fichiers/{default_storage.save('papiers/' + 'a' * 32 + '.html', ContentFile(files.SCRIPT))}"


def test_anything_else_is_a_download_in_a_sandbox_for_its_readers(client, papers, member):
    assert client.get(papers).status_code == 404
    client.force_login(member)
    answer = client.get(papers)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/octet-stream")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "path",
    ["logos/", "logos/../secret.webp", "logos/%2e%2e/x.webp", "logos/a%00.webp", f"autres/{'0' * 32}.webp",
     f"logos/{'0' * 32}.webp", "../manage.py", f"logos/{'0' * 5000}.webp"],
)  # fmt: skip
def test_other_names_find_nothing(client, db, path):
    assert client.get(f"/fichiers/{path}").status_code == 404


# Files that nobody names ------------------------------------------------------------------------


def test_files_that_no_row_names_are_forgotten_after_a_day(db, clock):
    kept = network.actor(logo=files.clean_logo()).logo.name
    lost = default_storage.save("logos/" + "b" * 32 + ".webp", ContentFile(files.image()))
    forget_orphans()
    assert default_storage.exists(lost), "it may belong to a transaction under way"
    clock.forward(days=AGE / timedelta(days=1), minutes=1)
    forget_orphans()
    assert (default_storage.exists(lost), default_storage.exists(kept)) == (False, True)
    assert forget_orphans() == 0


def test_logos_stand_on_a_shelf():
    shelf = shelves.shelf_of("logos")
    assert shelf is not None
    assert shelf.inline
