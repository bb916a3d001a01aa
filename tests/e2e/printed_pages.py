"""Pages of the desk printed, and figures that take a moment to be shown."""

import csv
import io
import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

MOST_TABS = 80
WORKER_PATIENCE = 60
"""Seconds a worker may take to begin and to finish on two busy cores."""


def shown_at_last(page: Page, wanted: Locator) -> Locator:
    """Load the page again until what a worker makes is on it."""
    end = time.monotonic() + WORKER_PATIENCE
    while not wanted.is_visible():
        assert time.monotonic() < end, wanted
        page.wait_for_timeout(250)
        page.reload()
    return wanted


def printed(page: Page, height: str = "297mm", most: int | None = None) -> list[str]:
    """What the browser prints, sheet by sheet, without the spaces; at most so many sheets."""
    leaves = PdfReader(io.BytesIO(page.pdf(width="210mm", height=height))).pages[:most]
    # Some letters come out as the radicals that share their shape (⼾ for 户): they are left out.
    return [re.sub("[\u2e80-\u2fdf]", "", squeezed(leaf.extract_text())) for leaf in leaves]


def together(sheets: list[str], *words: str) -> bool:
    """Whether a sheet has all these words, as far as sheets have their letters."""
    letters = set("".join(sheets))
    wanted = ["".join(each for each in squeezed(word) if each in letters) for word in words]
    return all(wanted) and any(all(word in sheet for word in wanted) for sheet in sheets)


def text_of_paper(reader: Page) -> str:
    """Wait for the PDF of the issue and read it, without the spaces."""
    link = shown_at_last(reader, reader.get_by_role("link", name="打开 PDF"))
    answer = reader.request.get(str(link.get_attribute("href")))
    assert answer.headers["content-type"] == "application/pdf"
    leaves = PdfReader(io.BytesIO(answer.body())).pages
    return squeezed("".join(leaf.extract_text() for leaf in leaves))


def squeezed(words: str) -> str:
    """Without the spaces: paper sets them as it likes."""
    return "".join(words.split())


def rows_of(page: Page, link: Locator) -> list[dict[str, str]]:
    """The rows of a CSV file behind a link, by their headings."""
    answer = page.request.get(str(link.get_attribute("href")))
    return list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig"))))


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_TABS):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"no Tab leads to {wanted}")
