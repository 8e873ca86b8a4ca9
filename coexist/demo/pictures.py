"""Pictures of the demo's achievements, drawn here: flat scenes of a few shapes, no photograph of anybody."""

import io
import math
from collections.abc import Callable
from uuid import uuid4

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

SIZE = (1800, 1200)  # drawn at twice the size, then made smaller: smooth edges
Pen = ImageDraw.ImageDraw
SKY, SAND, EARTH, FIR, LEAF = "#cfe4ea", "#ead9b6", "#c08a55", "#1c5d55", "#7fa88f"
OCHRE, BRICK, NIGHT, PAPER, SKIN = "#d9822b", "#a3553a", "#22302d", "#faf8f4", "#8a5a3b"


def _ground(pen: Pen, sky: str, ground: str, horizon: int) -> None:
    pen.rectangle((0, 0, *SIZE), fill=sky)
    pen.rectangle((0, horizon, *SIZE), fill=ground)


def _person(pen: Pen, x: int, foot: int, dress: str, scale: float = 1.0) -> None:
    head, body = 52 * scale, 240 * scale
    pen.polygon([(x - 85 * scale, foot), (x + 85 * scale, foot), (x + 40 * scale, foot - body), (x - 40 * scale, foot - body)], fill=dress)  # fmt: skip  # noqa: E501
    pen.ellipse((x - head, foot - body - 2 * head, x + head, foot - body), fill=SKIN)


def _hill(pen: Pen, peaks: list[tuple[int, int]], colour: str, foot: int) -> None:
    for x, height in peaks:
        pen.polygon([(x - height, foot), (x, foot - height), (x + height, foot)], fill=colour)


def _tree(pen: Pen, x: int, foot: int, height: int) -> None:
    pen.rectangle((x - 16, foot - height, x + 16, foot), fill=BRICK)
    pen.ellipse((x - 150, foot - height - 170, x + 150, foot - height + 70), fill=LEAF)


def _pump(pen: Pen) -> None:
    _ground(pen, SKY, SAND, 780)
    pen.ellipse((1380, 110, 1600, 330), fill=OCHRE)
    _tree(pen, 260, 820, 330)
    pen.polygon([(640, 1010), (1190, 1010), (1120, 920), (710, 920)], fill="#b8b2a6")
    pen.rectangle((880, 460, 960, 930), fill=FIR)
    pen.line((920, 480, 620, 380), fill=NIGHT, width=34)
    pen.rectangle((950, 620, 1100, 670), fill=FIR)
    pen.line((1088, 670, 1088, 850), fill="#4d93b3", width=26)
    pen.polygon([(1010, 850), (1165, 850), (1140, 960), (1035, 960)], fill=OCHRE)
    _person(pen, 560, 1020, BRICK, 1.25)
    _person(pen, 1380, 1020, FIR, 1.1)


def _workshop(pen: Pen) -> None:
    _ground(pen, "#e4efec", "#b98d62", 860)
    pen.rectangle((330, 140, 1470, 560), fill=NIGHT)
    for row, width in enumerate((760, 620, 880)):
        pen.line((400, 250 + row * 100, 400 + width, 250 + row * 100), fill=PAPER, width=14)
    _person(pen, 200, 1000, OCHRE, 1.5)
    for number, colour in enumerate((FIR, BRICK, LEAF, OCHRE, FIR)):
        _person(pen, 520 + number * 260, 1120, colour, 1.15)
    pen.rectangle((380, 1040, 1700, 1200), fill=EARTH)
    for number in range(5):
        pen.rectangle((470 + number * 260, 1010, 590 + number * 260, 1050), fill=PAPER)


def _solar(pen: Pen) -> None:
    _ground(pen, "#26424e", "#5c4a36", 880)
    for number in range(26):
        x, y = (number * 397) % 1800, (number * 211) % 520
        pen.ellipse((x, y, x + 9, y + 9), fill=PAPER)
    pen.polygon([(420, 520), (900, 320), (1380, 520)], fill=BRICK)
    pen.rectangle((480, 520, 1320, 930), fill=SAND)
    for column in range(3):
        pen.polygon([(560 + column * 130, 470 - column * 50), (670 + column * 130, 425 - column * 50), (690 + column * 130, 465 - column * 50), (580 + column * 130, 510 - column * 50)], fill="#3f6f94")  # fmt: skip  # noqa: E501
    for x in (590, 820, 1050):
        pen.rectangle((x, 620, x + 150, 760), fill="#f8dfae")
    pen.rectangle((1230, 700, 1300, 930), fill=NIGHT)
    for number, colour in enumerate((OCHRE, LEAF, BRICK)):
        _person(pen, 260 + number * 130, 1080, colour, 0.9)


def _festival(pen: Pen) -> None:
    _ground(pen, SKY, "#d7cdb8", 800)
    _hill(pen, [(300, 420), (820, 520), (1400, 380)], "#9fb9b4", 800)
    for number, colour in enumerate((FIR, OCHRE, BRICK)):
        x = 150 + number * 560
        pen.polygon([(x, 600), (x + 240, 430), (x + 480, 600)], fill=colour)
        pen.rectangle((x + 40, 600, x + 440, 860), fill=PAPER)
        pen.rectangle((x + 20, 780, x + 460, 860), fill=EARTH)
    for number in range(30):
        x = number * 62
        y = 240 + 60 * math.sin(number / 4)
        pen.polygon([(x, y), (x + 50, y), (x + 25, y + 60)], fill=(OCHRE, FIR, BRICK, LEAF)[number % 4])
    for number, colour in enumerate((BRICK, FIR, OCHRE, LEAF, NIGHT, BRICK)):
        _person(pen, 180 + number * 290, 1140, colour, 1.1)


def _seeds(pen: Pen) -> None:
    _ground(pen, SKY, "#8d6a45", 620)
    _hill(pen, [(250, 300), (900, 360), (1550, 280)], LEAF, 620)
    for row in range(5):
        y = 680 + row * 115
        pen.line((0, y, 1800, y + 30), fill="#6f5134", width=26)
        for column in range(14):
            x = 60 + column * 130 + (row % 2) * 60
            pen.ellipse((x - 34, y - 62, x + 2, y - 8), fill=LEAF)
            pen.ellipse((x, y - 70, x + 38, y - 12), fill=FIR)
    _person(pen, 620, 1010, OCHRE, 1.35)
    _person(pen, 1120, 1060, BRICK, 1.35)


def _registers(pen: Pen) -> None:
    _ground(pen, "#f1ece2", EARTH, 820)
    for shelf in range(3):
        y = 120 + shelf * 210
        pen.rectangle((140, y + 170, 1660, y + 190), fill=BRICK)
        for number in range(24):
            x = 160 + number * 62
            colour = (FIR, OCHRE, "#4d6f94", LEAF, BRICK)[(number + shelf) % 5]
            pen.rectangle((x, y + (number * 37) % 50, x + 50, y + 170), fill=colour)
    pen.rectangle((760, 740, 1180, 990), fill=NIGHT)
    pen.rectangle((785, 765, 1155, 960), fill="#dbe9f2")
    _person(pen, 460, 1130, FIR, 1.5)
    _person(pen, 1450, 1130, OCHRE, 1.5)


SCENES: dict[str, Callable[[Pen], None]] = {
    "pump": _pump, "workshop": _workshop, "solar": _solar, "festival": _festival, "seeds": _seeds,
    "registers": _registers,
}  # fmt: skip


def draw_scene(name: str) -> ContentFile:
    """A picture of 900 × 600, as the site stores one."""
    picture = Image.new("RGB", SIZE, "white")
    SCENES[name](ImageDraw.Draw(picture))
    out = io.BytesIO()
    picture.resize((SIZE[0] // 2, SIZE[1] // 2), Image.Resampling.LANCZOS).save(out, "WEBP", quality=88)
    return ContentFile(out.getvalue(), name=f"{uuid4().hex}.webp")
