"""What somebody reads in a PDF."""

import pypdfium2


def pages_of(content: bytes) -> list[str]:
    """The text of each page, with plain spaces."""
    document = pypdfium2.PdfDocument(content)
    try:
        pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    finally:
        document.close()
    return [page.replace("\r\n", "\n").replace("\xa0", " ").replace("\u202f", " ") for page in pages]


def read_back(content: bytes) -> str:
    return "\n".join(pages_of(content))
