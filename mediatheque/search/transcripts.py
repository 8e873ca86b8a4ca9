"""A transcript in parts of a few minutes of talk, always cut at the same places."""

TRANSCRIPT = "transcription"  # in the address, where a file's place stands otherwise
LONG = 2_500  # characters of a part


def transcript_pages(transcript: str) -> list[str]:
    """Whole paragraphs; a longer one is cut after a word."""
    pages: list[str] = []
    for paragraph in transcript.replace("\r\n", "\n").split("\n"):
        for piece in _pieces(paragraph):
            if pages and len(pages[-1]) + len(piece) < LONG:
                pages[-1] += "\n" + piece
            else:
                pages.append(piece)
    return [page.strip() for page in pages if page.strip()]


def _pieces(paragraph: str) -> list[str]:
    pieces = []
    while len(paragraph) > LONG:
        cut = paragraph.rfind(" ", 1, LONG) if " " in paragraph[1:LONG] else LONG
        pieces.append(paragraph[:cut])
        paragraph = paragraph[cut:].lstrip()
    return [*pieces, paragraph]
