"""Small pictures for lists; of a file that is an image, the image itself."""

from pathlib import Path

from PIL import Image, ImageOps

from . import said
from .limits import THUMBNAIL, Limits

NAME = "thumbnail.webp"


def save_thumbnail(picture: Image.Image, folder: Path) -> str:
    small = picture.convert("RGB")
    small.thumbnail(THUMBNAIL, Image.Resampling.LANCZOS)
    small.save(folder / NAME, "WEBP", quality=82, method=4)
    return NAME


def read(path: Path, folder: Path, start: int, limits: Limits) -> said.Saying:
    try:
        with Image.open(path, formats=("WEBP", "PNG", "JPEG")) as picture:
            yield {"thumbnail": save_thumbnail(ImageOps.exif_transpose(picture), folder)}
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise said.ProblemError("broken") from error
