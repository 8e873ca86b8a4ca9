"""Logos of the demo's invented organisations, drawn here: a few shapes each, no picture of anybody's."""

import io
import math
from collections.abc import Callable
from uuid import uuid4

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

SIDE = 480  # drawn at twice the size, then made smaller: smooth edges
Pen = ImageDraw.ImageDraw


def _waves(pen: Pen, dark: str, light: str) -> None:
    for row, colour in enumerate((dark, light, dark)):
        points = [(x, 150 + row * 90 + 26 * math.sin(x / 58 + row)) for x in range(60, 421, 4)]
        pen.line(points, fill=colour, width=34, joint="curve")


def _leaf(pen: Pen, dark: str, light: str) -> None:
    pen.pieslice((60, 60, 420, 420), 180, 270, fill=dark)
    pen.pieslice((60, 60, 420, 420), 0, 90, fill=light)
    pen.line((110, 370, 370, 110), fill=dark, width=18)


def _bridge(pen: Pen, dark: str, light: str) -> None:
    pen.arc((60, 150, 420, 510), 180, 360, fill=dark, width=34)
    pen.rectangle((40, 318, 440, 346), fill=light)
    for x in (150, 240, 330):
        pen.line((x, 200, x, 330), fill=dark, width=14)


def _sun(pen: Pen, dark: str, light: str) -> None:
    pen.ellipse((165, 165, 315, 315), fill=dark)
    for turn in range(0, 360, 30):
        x, y = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        pen.line((240 + 105 * x, 240 + 105 * y, 240 + 185 * x, 240 + 185 * y), fill=light, width=20)


def _rings(pen: Pen, dark: str, light: str) -> None:
    pen.ellipse((50, 130, 270, 350), outline=dark, width=30)
    pen.ellipse((210, 130, 430, 350), outline=light, width=30)


def _peaks(pen: Pen, dark: str, light: str) -> None:
    pen.polygon([(30, 380), (180, 130), (330, 380)], fill=dark)
    pen.polygon([(190, 380), (320, 200), (450, 380)], fill=light)


def _grid(pen: Pen, dark: str, light: str) -> None:
    for row in range(3):
        for column in range(3):
            x, y = 90 + column * 110, 90 + row * 110
            pen.rounded_rectangle((x, y, x + 80, y + 80), 20, fill=dark if (row + column) % 2 else light)


SHAPES: dict[str, Callable[[Pen, str, str], None]] = {
    "waves": _waves, "leaf": _leaf, "bridge": _bridge, "sun": _sun, "rings": _rings, "peaks": _peaks, "grid": _grid,
}  # fmt: skip


def draw(shape: str, dark: str, light: str) -> ContentFile:
    """A square logo on white, as the site stores one."""
    picture = Image.new("RGB", (SIDE, SIDE), "white")
    SHAPES[shape](ImageDraw.Draw(picture), dark, light)
    out = io.BytesIO()
    picture.resize((SIDE // 2, SIDE // 2), Image.Resampling.LANCZOS).save(out, "WEBP", quality=90)
    return ContentFile(out.getvalue(), name=f"{uuid4().hex}.webp")
