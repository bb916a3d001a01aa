"""From sign-off to paper: the worker prints with the real press, and the store gets those bytes."""

import asyncio
import hashlib
import io

import pytest
from pypdf import PdfReader

from inspection.documents.press import Press
from inspection.documents.printed import PressFailed
from inspection.jobs.print_notice import PrintNotice, print_notice
from inspection.jobs.printing import PHOTO_GONE, GivenUp
from inspection.jobs.worker import run_worker
from inspection.persistence.statements import run
from inspection.services.notices.notices import notice_of, notice_pdf
from inspection.wording import Language, catalogue
from tests.cast import CHEN, LI, WANG
from tests.makers import a_province
from tests.reviewing import an_issued, send_photo, snapshot_of
from tests.submissions import a_photo

WORDS = {language.value: catalogue(language) for language in Language}


@pytest.fixture
async def tools(tools_now):
    await a_province(tools_now)
    return tools_now


class BrokenPress:
    """A press whose worker failed."""

    def __init__(self, fault: PressFailed) -> None:
        self.fault = fault

    async def print(self, *_, **__):
        raise self.fault


async def test_a_signed_notice_is_printed_and_handed_out(tools):
    photo = a_photo(size=(960, 720))
    await send_photo(tools, photo)
    signed = await an_issued(tools, losses=("KC-E-01", "KC-M-01"), pictures=(photo,))
    stop = asyncio.Event()
    async with Press(WORDS) as press:
        working = asyncio.create_task(run_worker(tools, press, stop))
        async with asyncio.timeout(60):
            while not (await notice_of(tools, CHEN.actor, signed.id)).pdf_ready:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        stop.set()
        await working
    got = await notice_pdf(tools, CHEN.actor, signed.id)
    assert hashlib.sha256(got.content).hexdigest() == got.sha256
    pages = PdfReader(io.BytesIO(got.content)).pages
    text = "".join(page.extract_text() for page in pages)
    snapshot = await snapshot_of(signed.id)
    assert signed.number in text
    assert snapshot.check in text
    assert LI.name not in text
    assert LI.pseudonym not in text
    kept = await notice_of(tools, WANG.actor, signed.id)
    assert (kept.pdf_pages, kept.unprinted) == (len(pages), "")


async def test_characters_no_face_has_are_told(tools):
    await run("UPDATE store SET name = name || ?", "\u6fdb\U0001f642")
    signed = await an_issued(tools)
    async with Press(WORDS) as press:
        await print_notice(tools, press, PrintNotice(signed.id))
    kept = await notice_of(tools, WANG.actor, signed.id)
    assert (kept.pdf, kept.unprinted) == ("ready", "\u6fdb\U0001f642")


@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        (PressFailed("press.cannot", permanent=True), GivenUp),
        (PressFailed("press.stopped", permanent=False), PressFailed),
    ],
)
async def test_the_staff_learns_why_there_is_no_paper(tools, fault, raised):
    signed = await an_issued(tools)
    with pytest.raises(raised):
        await print_notice(tools, BrokenPress(fault), PrintNotice(signed.id))
    assert (await notice_of(tools, WANG.actor, signed.id)).pdf_fault == fault.code


async def test_a_photo_that_is_gone_is_told_too(tools):
    photo = a_photo()
    await send_photo(tools, photo)
    signed = await an_issued(tools, losses=("KC-E-01",), pictures=(photo,))
    (row,) = await run("SELECT print_sha256 FROM photo")
    await tools.photos.delete(row["print_sha256"])
    with pytest.raises(KeyError):
        await print_notice(
            tools, BrokenPress(PressFailed("x", permanent=True)), PrintNotice(signed.id)
        )
    assert (await notice_of(tools, WANG.actor, signed.id)).pdf_fault == PHOTO_GONE


@pytest.mark.parametrize(("permanent", "raised"), [(True, GivenUp), (False, PressFailed)])
async def test_the_edition_marked_void_is_given_up_when_trying_again_cannot_help(
    tools, permanent, raised
):
    signed = await an_issued(tools)
    await run("UPDATE notice SET state = 'void' WHERE id = ?", signed.id)
    press = BrokenPress(PressFailed("x", permanent=permanent))
    with pytest.raises(raised):
        await print_notice(tools, press, PrintNotice(signed.id, void=True))


async def test_printing_again_asks_the_press_for_nothing(tools):
    signed = await an_issued(tools)
    await run("UPDATE notice SET pdf_sha256 = ?", "0" * 64)
    await print_notice(tools, BrokenPress(PressFailed("x", permanent=True)), PrintNotice(signed.id))
    assert (await notice_of(tools, WANG.actor, signed.id)).pdf == "ready"
