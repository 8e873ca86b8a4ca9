"""Resources and files of the médiathèque, made here byte by byte."""

import io
import struct
import zlib
from datetime import timedelta
from itertools import count
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from actors.models import Actor
from mediatheque.collections.services import save_collection
from mediatheque.enums import Extraction, ResourceState
from mediatheque.models import Collection, LoanRequest, LoanStep, Resource, ResourceFile, ResourcePage
from mediatheque.search.words import write_words
from mediatheque.services import save_resource
from mediatheque.sniffing import prepared
from mediatheque.uploading import add_file

_numbers = count(1)
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
ODF = "application/vnd.oasis.opendocument."


def resource(publisher: Actor, *, state: str = ResourceState.PUBLISHED, **fields) -> Resource:
    """Published, in French, of this year, unless told otherwise."""
    skills = fields.pop("skills", ())
    made = Resource(
        publisher=publisher, state=state,
        **{
            "title": f"Guide du réseau {next(_numbers)}", "kind": "guide", "summary": "Ce que le réseau a appris.",
            "year": timezone.localdate().year, "languages": ["fr"], **fields,
        },
    )  # fmt: skip
    if state == ResourceState.PUBLISHED:
        made.published_at = timezone.now()
    return save_resource(resource=made, skills=skills, acting_user=None)


def lent(publisher: Actor, **fields) -> Resource:
    """An exhibition that others may borrow."""
    return resource(publisher, **{"kind": "exhibition", "loan": "Douze panneaux, à retirer à Annemasse.", **fields})


def loan(of: Resource, to: Actor, **fields) -> LoanRequest:
    """Asked for in ten days, for a week, unless told otherwise."""
    start = timezone.localdate() + timedelta(days=10)
    made = LoanRequest.objects.create(
        resource=of, actor=to,
        **{"starts_on": start, "ends_on": start + timedelta(days=7), "place": "Lycée", "message": "Bonjour", **fields},
    )  # fmt: skip
    LoanStep.objects.create(loan=made, state="asked", by=made.asked_by)
    if made.state != "asked":
        LoanStep.objects.create(loan=made, state=made.state)
    return made


def collection(*steps: Resource, **fields) -> Collection:
    """Published, with these steps in this order."""
    made = Collection(**{
        "title": f"Parcours {next(_numbers)}", "summary": "Pour commencer.", "is_published": True, **fields,
    })  # fmt: skip
    save_collection(collection=made, acting_user=None)
    for number, step in enumerate(steps, 1):
        made.steps.create(resource=step, position=number, comment=f"Un mot sur {step}.")
    return made


def upload(content: bytes, name: str = "document.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def file(of: Resource, content: bytes | None = None, name: str = "document.pdf", **given) -> ResourceFile:
    """A short PDF unless told otherwise; not read yet."""
    content = pdf(f"Texte numéro {next(_numbers)}") if content is None else content
    return add_file(resource=of, prepared=prepared(upload(content, name)), acting_user=None, **given)


def read(file: ResourceFile, *texts: str, language: str = "") -> ResourceFile:
    """As if the worker had found these pages in it."""
    ResourcePage.objects.bulk_create(
        ResourcePage(file=file, number=number, text=text, language=language) for number, text in enumerate(texts, 1)
    )
    ResourceFile.objects.filter(pk=file.pk).update(extraction=Extraction.DONE, page_count=len(texts))
    write_words([file.pk])
    return file


# PDF ------------------------------------------------------------------------------------------


def pdf(*pages: str, content: bytes | None = None) -> bytes:
    """A text PDF in Helvetica (WinAnsi), a line of text to a line; or one page of raw `content`."""
    streams = [content] if content is not None else [_drawn(page) for page in pages or ("",)]
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    bodies = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", font]
    kids = []
    for stream in streams:
        bodies.append(stream_of(stream))
        bodies.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % len(bodies)
        )
        kids.append(len(bodies))
    bodies[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    return assembled(bodies)


def _drawn(text: str) -> bytes:
    lines = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").split(b"\n")
    return b"BT /F1 12 Tf 60 780 Td 16 TL " + b" ".join(b"(%s) Tj T*" % line for line in lines) + b" ET"


def stream_of(data: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(data)
    return b"<< /Length %d /Filter /FlateDecode %s >> stream\n%s\nendstream" % (len(packed), more, packed)


def assembled(bodies: list[bytes], trailer: bytes = b"") -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, trailer, start)
    return bytes(out)


def scanned_pdf(*pages: str) -> bytes:
    """Pictures of pages, without any text."""
    pictures = []
    for text in pages:
        picture = Image.new("L", (1240, 700), 255)
        pen = ImageDraw.Draw(picture)
        pen.multiline_text((80, 80), text, fill=0, font=ImageFont.truetype(str(FONT), 44), spacing=24)
        pictures.append(picture)
    out = io.BytesIO()
    pictures[0].save(out, "PDF", resolution=150, save_all=True, append_images=pictures[1:])
    return out.getvalue()


def encrypted_pdf() -> bytes:
    """Asks for a password that nobody has (standard handler, revision 2)."""
    handler = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00><00>]" % (
        b"28" * 32, b"41" * 32,
    )  # fmt: skip
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    bodies = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", page]
    return assembled(bodies, handler)


def bomb_pdf(*, depth: int = 12, width: int = 12) -> bytes:
    """A few kilobytes whose forms draw each other over and over: `width` to the power of `depth` of them."""
    bodies = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"]
    bodies.append(
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /XObject << /X 5 0 R >> >> >>"
    )
    bodies.append(stream_of(b"/X Do " * width))
    for level in range(depth):
        inner = b"/Resources << /XObject << /X %d 0 R >> >>" % (6 + level) if level < depth - 1 else b""
        drawing = b"/X Do " * width if level < depth - 1 else b"0 0 m 90 90 l 9 80 l b "
        bodies.append(stream_of(drawing, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] " + inner))
    return assembled(bodies)


# Office ---------------------------------------------------------------------------------------


def archive(entries: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(body: str) -> bytes:
    """`body` as it stands in word/document.xml, prefix w."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return archive({"word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>"})


def pptx(*slides: str) -> bytes:
    space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    pages = {
        f"ppt/slides/slide{number}.xml": f"<s {space}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></s>"
        for number, text in enumerate(slides, 1)
    }
    return archive({"ppt/presentation.xml": "<p/>", **pages})


def xlsx(*sheets: str) -> bytes:
    """The first cell of each sheet is a shared string, the second a number."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    shared = "".join(f"<si><t>{text}</t></si>" for text in sheets)
    pages = {
        f"xl/worksheets/sheet{number}.xml": f'<worksheet {space}><sheetData><row><c t="s"><v>{number - 1}</v></c>'
        f"<c><v>{number * 10}</v></c></row></sheetData></worksheet>"
        for number in range(1, len(sheets) + 1)
    }
    return archive({"xl/workbook.xml": "<w/>", "xl/sharedStrings.xml": f"<sst {space}>{shared}</sst>", **pages})


def odf(kind: str, body: str) -> bytes:
    """`kind`: text, spreadsheet, presentation; `body` as in content.xml, prefixes text, table, draw."""
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    names = " ".join(f'xmlns:{name}="{space}{name}:1.0"' for name in ("office", "text", "table"))
    names += f' xmlns:draw="{space}drawing:1.0"'
    content = f"<office:document-content {names}><office:body>{body}</office:body></office:document-content>"
    return archive({"mimetype": ODF + kind, "content.xml": content})


# Sound and pictures in motion -----------------------------------------------------------------


def box(kind: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I", len(content) + 8) + kind + content


def mp4(seconds: float = 2.5) -> bytes:
    """The least that a reader of MP4 asks for: what it is, how long it lasts, some data."""
    header = struct.pack(">IIIII", 0, 0, 0, 1000, int(seconds * 1000)) + bytes(80)
    beginning = box(b"ftyp", b"isom", b"\0\0\2\0", b"isommp42") + box(b"mdat", b"data" * 500)
    return beginning + box(b"moov", box(b"mvhd", header))


def webm(seconds: float = 3.0) -> bytes:
    def element(kind: bytes, content: bytes) -> bytes:
        return kind + struct.pack(">Q", (1 << 56) | len(content)) + content

    head = element(b"\x1aE\xdf\xa3", element(b"\x42\x82", b"webm"))
    info = element(b"\x2a\xd7\xb1", (1_000_000).to_bytes(3)) + element(b"\x44\x89", struct.pack(">d", seconds * 1000))
    return head + element(b"\x18\x53\x80\x67", element(b"\x15\x49\xa9\x66", info))


def wav(seconds: int = 2) -> bytes:
    data = bytes(8000 * seconds)
    head = b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8) + b"data" + struct.pack("<I", len(data))
    return b"RIFF" + struct.pack("<I", len(head) + len(data)) + head + data


SRT = (
    "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Bonjour</i> à tous\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nMerci\r\n"
).encode("cp1252")
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nBonjour à tous\n".encode()
