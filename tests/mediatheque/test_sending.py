"""Files that come in: told by their first bytes, bounded, kept in versions; served in parts, to those who may."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from django.urls import reverse

from mediatheque import sniffing, uploading
from mediatheque.models import Resource, ResourceFile
from mediatheque.services import ResourceError
from mediatheque.subtitles import NotSubtitlesError, as_webvtt
from tests.factories import files, network, people, resources

pytestmark = pytest.mark.django_db
upload = resources.upload


@pytest.fixture
def ours():
    return network.owned_actor()


def browser(person=None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


@pytest.mark.parametrize(
    ("content", "name", "kind", "ending"),
    [
        (resources.pdf("a"), "video.mp4", "pdf", "pdf"),
        (resources.docx(""), "a.pdf", "office", "docx"),
        (resources.odf("spreadsheet", ""), "a.zip", "office", "ods"),
        (files.image(), "a.exe", "image", "webp"),
        (resources.mp4(), "a.pdf", "video", "mp4"),
        (resources.webm(), "a", "video", "webm"),
        (resources.wav(), "a.mp3", "audio", "wav"),
        (b"ID3\x04" + bytes(60), "a.mp3", "audio", "mp3"),
        (resources.SRT, "a.txt", "subtitles", "vtt"),
        (resources.VTT, "a.vtt", "subtitles", "vtt"),
    ],
)
def test_what_a_file_is_shows_in_its_first_bytes_and_never_in_its_name(content, name, kind, ending):
    found = sniffing.prepared(upload(content, name))
    assert (found.kind, found.ending) == (kind, ending)
    assert found.name.endswith(f".{ending}")
    assert found.content.name.endswith(f".{ending}")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"<html><script>alert(1)</script></html>", "n'est pas accepté"),
        (files.svg(), "n'est pas accepté"),
        (b"MZ" + bytes(300), "n'est pas accepté"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "mot de passe"),
        (resources.archive({"word/document.xml": "", "word/vbaProject.bin": ""}), "macros"),
        (resources.archive({"setup.exe": "MZ"}), "n'est pas accepté"),
        (resources.box(b"ftyp", b"heic", b"\0\0\0\0"), "n'est pas accepté"),
        (b"WEBVTT\n\nrien du tout\n", "sous-titres ne se lisent pas"),
    ],
)
def test_what_is_not_taken_is_said_in_a_sentence(content, said):
    with pytest.raises(ValidationError) as refused:
        sniffing.prepared(upload(content, "document.pdf"))
    assert said in " ".join(refused.value.messages)


def test_each_kind_has_its_limit(monkeypatch):
    monkeypatch.setitem(sniffing.MOST_BYTES, "pdf", 1000)
    with pytest.raises(ValidationError, match="au plus pour ce type"):
        sniffing.prepared(upload(resources.pdf("a") + b" " * 2000))
    assert sniffing.prepared(upload(resources.wav(), "a.wav")).kind == "audio"


def test_subrip_becomes_webvtt_without_tags():
    assert as_webvtt(resources.SRT) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nBonjour à tous\n\n00:00:03.000 --> 00:00:04.000\nMerci\n"
    )
    with pytest.raises(NotSubtitlesError):
        as_webvtt(b"WEBVTT\n\n<script>alert(1)</script>")


def test_a_new_version_is_shown_and_the_earlier_one_is_kept_for_its_people(ours):
    actor, owner = ours
    of = resources.resource(actor)
    first = resources.file(of, label="Guide")
    second = resources.file(of, replaces=first)
    assert (second.position, second.version, second.label, second.is_latest) == (first.position, 2, "Guide", True)
    first.refresh_from_db()
    assert not first.is_latest
    page = browser().get(of.get_absolute_url()).content.decode()
    assert second.download_url in page
    assert first.download_url not in page
    assert browser().get(first.url).status_code == 404
    assert browser().get(second.url).status_code == 200
    assert browser(owner).get(first.url).status_code == 200
    assert first.url in browser(owner).get(reverse("resource-files", args=[of.slug])).content.decode()
    assert Resource.objects.get(pk=of.pk).changed_at, "the animators read a public resource again"


def test_the_same_file_is_not_there_twice_and_elsewhere_is_said(ours):
    actor, owner = ours
    of, other = resources.resource(actor), resources.resource(network.actor(), title="Déjà publiée ailleurs")
    hidden = resources.resource(network.actor(), state="draft", title="Brouillon des autres")
    content = resources.pdf("Le même texte")
    made = resources.file(of, content)
    with pytest.raises(ResourceError, match="déjà dans cette ressource"):
        resources.file(of, content)
    resources.file(other, content)
    resources.file(hidden, content)
    page = browser(owner).get(reverse("resource-files", args=[of.slug])).content.decode()
    assert "Déjà publiée ailleurs" in page
    assert "Brouillon des autres" not in page
    found = uploading.same_elsewhere([made], ResourceFile.objects.all())
    assert found[made.pk].resource in (other, hidden)


def test_a_file_is_sent_with_its_form_once_though_the_button_is_pressed_twice(ours):
    actor, owner = ours
    of = resources.resource(actor, state="draft")
    address, key = reverse("resource-files", args=[of.slug]), "11111111-1111-4111-8111-111111111111"
    for _click in range(2):
        sent = {"file": upload(resources.pdf("Le texte"), "Rapport annuel.PDF"), "form_key": key}
        assert browser(owner).post(address, sent).status_code == 302
    made = of.files.get()
    assert (made.name, made.kind, made.uploaded_by) == ("Rapport annuel.pdf", "pdf", owner)


def test_a_refused_file_is_said_beside_its_field_and_htmx_is_led_on(ours):
    actor, owner = ours
    of = resources.resource(actor, state="draft")
    address = reverse("resource-files", args=[of.slug])
    page = browser(owner).post(address, {"file": upload(b"MZ" + bytes(99), "a.pdf")}).content.decode()
    assert "n&#x27;est pas accepté" in page
    answer = browser(owner).post(address, {"file": upload(resources.pdf("a"))}, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == address


def test_a_large_video_comes_in_and_an_endless_one_is_counted_and_dropped(ours, monkeypatch):
    actor, owner = ours
    of = resources.resource(actor, state="draft")
    address = reverse("resource-files", args=[of.slug])
    film = resources.mp4() + resources.box(b"free", bytes(200_000))
    with override_settings(UPLOAD_KEPT_BYTES=100_000):
        assert browser(owner).post(address, {"file": upload(film, "film.mp4")}).status_code == 302
    assert of.files.get().size == len(film)


def test_subtitles_go_with_a_video_and_are_shown_by_its_player(ours):
    actor, owner = ours
    of = resources.resource(actor, kind="video", transcript="Bonjour à tous, dit-elle.")
    address = reverse("resource-files", args=[of.slug])
    alone = browser(owner).post(address, {"file": upload(resources.SRT, "a.srt"), "language": "fr"}).content.decode()
    assert "envoyez d&#x27;abord la vidéo" in alone
    video = resources.file(of, resources.mp4(), "film.mp4")
    browser(owner).post(address, {"file": upload(resources.SRT, "a.srt"), "language": "fr"})
    track = of.files.get(kind="subtitles")
    assert track.video == video
    answer = browser().get(of.get_absolute_url())
    page = answer.content.decode()
    assert f'<track kind="subtitles" src="{track.url}" srclang="fr"' in page
    assert "Bonjour à tous, dit-elle." in page
    assert "media-src 'self'" in answer["Content-Security-Policy"]
    served = browser().get(track.url)
    assert served["Content-Type"] == "text/vtt; charset=utf-8"
    assert b"".join(served).decode().startswith("WEBVTT")


@pytest.mark.parametrize(
    ("asked", "status", "part", "told"),
    [
        ("bytes=0-3", 206, slice(0, 4), "bytes 0-3/{size}"),
        ("bytes=100-", 206, slice(100, None), "bytes 100-{last}/{size}"),
        ("bytes=-5", 206, slice(-5, None), None),
        ("bytes=5-9999999", 206, slice(5, None), "bytes 5-{last}/{size}"),
        ("bytes=9999999-", 416, None, "bytes */{size}"),
        ("bytes=3-1", 200, slice(None), None),
        ("bytes=0-1,4-5", 200, slice(None), None),
        ("lignes=1-2", 200, slice(None), None),
    ],
)
def test_a_video_is_served_in_parts(asked, status, part, told):
    content = resources.mp4()
    file = resources.file(resources.resource(network.actor()), content, "film.mp4")
    answer = browser().get(file.url, headers={"Range": asked})
    assert answer.status_code == status
    assert answer["Accept-Ranges"] == "bytes"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    if part is not None:
        assert b"".join(answer.streaming_content) == content[part]
        assert answer["Content-Type"] == "video/mp4"
        assert int(answer["Content-Length"]) == len(content[part])
    if told:
        assert answer["Content-Range"] == told.format(size=len(content), last=len(content) - 1)


def test_a_document_is_only_ever_downloaded():
    file = resources.file(resources.resource(network.actor()), name="Rapport d'été.pdf")
    answer = browser().get(file.url)
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/octet-stream"


def test_the_form_for_files_is_for_people_with_an_account_only():
    """What is larger than usual comes in from them alone."""
    from coexist.common.uploads.handlers import BoundedFileUploadHandler

    class Asking:
        resolver_match = type("Match", (), {"func": type("View", (), {"largest_upload": 5_000})})

    for person, most in ((people.verified(), 5_000), (None, 60_000_000)):
        asking = Asking()
        asking.user = person or type("Anonymous", (), {"is_authenticated": False})()
        assert BoundedFileUploadHandler(asking)._most() == most
