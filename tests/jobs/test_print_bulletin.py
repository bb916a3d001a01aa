"""From publishing to paper: the worker prints, readers get those bytes and no others."""

import asyncio
import hashlib

import pytest

from inspection.documents.printed import Fault, PressFailed
from inspection.domain.refusals import MoveRefused, NotFound
from inspection.domain.refusals.bulletins import BulletinNotReady
from inspection.jobs.print_bulletin import PrintBulletin, give_up, print_bulletin
from inspection.jobs.printing import PHOTO_GONE, GivenUp
from inspection.jobs.worker import run_worker
from inspection.persistence import jobs
from inspection.persistence.bulletins import bulletins
from inspection.persistence.statements import run
from inspection.services.bulletins.bulletin_prints import (
    bulletin_pdf,
    keep_bulletin,
    print_bulletin_again,
)
from inspection.services.printing import PRINT_FAILED
from tests.cast import GUO, SUN, WANG
from tests.makers import a_province
from tests.reporting import a_bulletin, a_published, row_of


@pytest.fixture
async def tools(tools_now):
    await a_province(tools_now)
    return tools_now


class BrokenPress:
    """A press whose worker failed."""

    def __init__(self, fault):
        self.fault = fault

    async def print_bulletin(self, *_, **__):
        raise self.fault


async def test_a_published_issue_is_printed_and_handed_out(tools, press):
    row = await a_published(tools)
    with pytest.raises(BulletinNotReady):
        await bulletin_pdf(tools, SUN.actor, row.id)
    stop = asyncio.Event()
    working = asyncio.create_task(run_worker(tools, press, stop))
    async with asyncio.timeout(60):
        while (await row_of(row.id)).pdf_sha256 is None:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    stop.set()
    await working
    # Once it is printed nothing is printed again.
    await print_bulletin(tools, BrokenPress(KeyError("x")), PrintBulletin(row.id))
    got = await bulletin_pdf(tools, WANG.actor, row.id)
    assert hashlib.sha256(got.content).hexdigest() == got.sha256
    assert got.file_name == f"{row.number}.pdf"
    await keep_bulletin(tools, row.id, b"others", "0" * 64, 1)
    assert (await bulletin_pdf(tools, WANG.actor, row.id)).sha256 == got.sha256


@pytest.mark.parametrize("permanent", [True, False])
async def test_why_there_is_no_pdf_is_kept(tools, permanent):
    row = await a_published(tools)
    press = BrokenPress(PressFailed(Fault.TIMEOUT, permanent=permanent))
    with pytest.raises(GivenUp if permanent else PressFailed):
        await print_bulletin(tools, press, PrintBulletin(row.id))
    await give_up(PrintBulletin(row.id))
    assert (await row_of(row.id)).pdf_fault == Fault.TIMEOUT


async def test_a_photo_that_is_gone_is_said(tools):
    row = await a_published(tools)
    with pytest.raises(KeyError):
        await print_bulletin(tools, BrokenPress(KeyError("x")), PrintBulletin(row.id))
    assert (await row_of(row.id)).pdf_fault == PHOTO_GONE


async def test_it_is_laid_out_again_when_somebody_asks(tools):
    row = await a_published(tools)
    await give_up(PrintBulletin(row.id))
    assert (await row_of(row.id)).pdf_fault == PRINT_FAILED
    # Somebody is at it: nothing changes.
    await print_bulletin_again(tools, GUO.actor, row.id)
    assert (await row_of(row.id)).pdf_fault == PRINT_FAILED
    await run("UPDATE job SET state = 'dead' WHERE kind = 'bulletin.print'")
    await print_bulletin_again(tools, GUO.actor, row.id)
    assert (await row_of(row.id)).pdf_fault == ""
    assert await jobs.waiting("bulletin.print")
    await bulletins.note_printed(row.id, "0" * 64, 1)
    with pytest.raises(MoveRefused):
        await print_bulletin_again(tools, GUO.actor, row.id)


async def test_a_draft_has_no_pdf(tools):
    draft = await a_bulletin(tools)
    with pytest.raises(NotFound):
        await bulletin_pdf(tools, GUO.actor, draft)
    with pytest.raises(MoveRefused):
        await print_bulletin_again(tools, GUO.actor, draft)
    await print_bulletin(tools, BrokenPress(KeyError("x")), PrintBulletin(draft))
    await give_up(PrintBulletin("nobodys"))
