"""Reading finished documents: text, fonts, pictures, pages."""

import io
import re
import subprocess
from functools import cache, lru_cache

import pypdf
from PIL import Image
from pypdf.generic import StreamObject

from inspection.documents.notice import Part
from inspection.documents.printed import Job, Printed
from tests.documents.notices import a_snapshot, photos

RECEIPT = (Part.RECEIPT,)


def printed(renderer, n: int = 6, n_photos: int = 0, parts=RECEIPT, **changed) -> Printed:
    """The golden notice with `n` findings and photos spread over them, anew."""
    pictures = photos(n_photos)
    snapshot = a_snapshot(n, shas=list(pictures), **changed)
    return renderer.print(Job(snapshot=snapshot, parts=parts, photos=pictures))


def shared(renderer, n: int = 6, n_photos: int = 0) -> Printed:
    """The same, laid out once for every test that only reads it."""
    return _once(renderer, n, n_photos)


# Defaults are filled in before: what was asked for in two ways is laid out once all the same.
_once = cache(printed)


def reader(document: Printed) -> pypdf.PdfReader:
    """The document taken apart, once for those who read it one after the other."""
    return _taken_apart(document.pdf)


@lru_cache(maxsize=4)
def _taken_apart(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def page_texts(document: Printed) -> list[str]:
    """Text of each page in reading order, without spaces: lines may break anywhere."""
    return list(_texts(document.pdf))


@lru_cache(maxsize=16)
def _texts(pdf: bytes) -> tuple[str, ...]:
    run = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )
    return tuple(re.sub(r"\s+", "", page) for page in run.stdout.decode().split("\f")[:-1])


def page_of(pages: list[str], text: str) -> int:
    """The page a text stands on; it must stand whole, on one page."""
    found = [number for number, page in enumerate(pages) if re.sub(r"\s+", "", text) in page]
    assert len(found) == 1, f"{text!r} is on pages {found}"
    return found[0]


def everything(document: Printed) -> bytes:
    """Every byte of the file a reader could get at: as stored, and unpacked."""
    book = reader(document)
    found = [document.pdf, repr(book.metadata).encode()]
    for number in range(1, int(book.trailer["/Size"])):
        thing = book.get_object(number)
        found.append(repr(thing).encode())
        if isinstance(thing, StreamObject) and thing.get("/Subtype") != "/Image":
            found.append(thing.get_data())
    return b"\n".join(found) + "\n".join(page_texts(document)).encode()


def embedded_fonts(document: Printed) -> dict[str, int]:
    """PostScript names of the embedded fonts with the size of their files; 0 is not embedded."""
    fonts: dict[str, int] = {}
    for page in reader(document).pages:
        for font in page["/Resources"]["/Font"].get_object().values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            file = descendant["/FontDescriptor"].get_object().get("/FontFile2")
            fonts[str(descendant["/BaseFont"])] = len(file.get_object().get_data()) if file else 0
    return fonts


def picture(document: Printed, page: int, dpi: int = 96) -> Image.Image:
    """One page as pixels, in shades of grey."""
    run = subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-gray", "-"],
        input=document.pdf,
        capture_output=True,
        check=True,
    )
    return Image.open(io.BytesIO(run.stdout))
