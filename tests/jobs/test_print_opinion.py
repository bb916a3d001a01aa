"""An opinion on more time on paper: frozen when it is given, printed once, for whom it is."""

import hashlib
from datetime import UTC, datetime

import pytest

from inspection.documents.printed import Fault, PressFailed
from inspection.domain.refusals import NotAllowed, NotFound, NoticeNotReady
from inspection.jobs.print_opinion import PrintOpinion, print_opinion
from inspection.jobs.printing import GivenUp
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services.rectifications.extension_papers import extension_paper
from inspection.services.rectifications.extensions import Decision, Wanted, ask, decide
from inspection.services.rectifications.opinion_prints import (
    keep_opinion,
    opinion_pdf,
    print_opinion_again,
)
from tests.cast import CHEN, DENG, SUN, WANG, ZHAO
from tests.makers import a_province
from tests.rectifying import issued_lines

NOW = datetime(2026, 11, 18, tzinfo=UTC)


@pytest.fixture
async def tools(tools_now):
    await a_province(tools_now)
    return tools_now


async def an_opinion(tools, *, grant=True):
    line, _ = await issued_lines(tools)
    asked = await ask(tools, CHEN.actor, line.id, Wanted(hours=24, reason="配件在途"))
    words = "" if grant else "可先行整改"
    await decide(tools, WANG.actor, asked.id, Decision(grant=grant, opinion=words))
    return asked.id


class BrokenPress:
    """A press whose worker failed."""

    def __init__(self, *, permanent):
        self.fault = PressFailed(Fault.CRASHED, permanent=permanent)

    async def print_opinion(self, _):
        raise self.fault


async def test_an_opinion_is_printed_once_and_always_the_same(tools, press):
    granted = await an_opinion(tools)
    payload = PrintOpinion(extension=granted)
    with pytest.raises(NoticeNotReady):
        await opinion_pdf(tools, CHEN.actor, granted)
    assert not (await extension_paper(CHEN.actor, granted)).pdf
    await print_opinion(tools, press, payload)
    found = await opinion_pdf(tools, CHEN.actor, granted)
    await run("UPDATE line_extension SET pdf_sha256 = NULL WHERE id = ?", granted)
    await print_opinion(tools, press, payload)
    assert found.content.startswith(b"%PDF-1.7")
    assert hashlib.sha256(found.content).hexdigest() == found.sha256
    assert await opinion_pdf(tools, WANG.actor, granted) == found
    assert (await extension_paper(SUN.actor, granted)).pdf
    await print_opinion(tools, BrokenPress(permanent=True), payload)
    await keep_opinion(tools, granted, b"another", hashlib.sha256(b"another").hexdigest())
    assert (await opinion_pdf(tools, SUN.actor, granted)).content == found.content
    events = await audit.events_of("extension", granted)
    assert [event.action for event in events][-1] == "extension.print"


async def test_it_is_for_its_store_and_those_above(tools):
    refused = await an_opinion(tools, grant=False)
    for somebody in (DENG, ZHAO):
        with pytest.raises(NotFound):
            await opinion_pdf(tools, somebody.actor, refused)
    with pytest.raises(NotFound):
        await opinion_pdf(tools, CHEN.actor, "nobody's")
    await run("UPDATE line_extension SET paper = '' WHERE id = ?", refused)
    with pytest.raises(NotFound):
        await opinion_pdf(tools, CHEN.actor, refused)


async def test_what_cannot_be_printed_is_tried_again_or_given_up(tools):
    payload = PrintOpinion(extension=await an_opinion(tools, grant=False))
    with pytest.raises(PressFailed):
        await print_opinion(tools, BrokenPress(permanent=False), payload)
    with pytest.raises(GivenUp):
        await print_opinion(tools, BrokenPress(permanent=True), payload)
    await print_opinion(tools, BrokenPress(permanent=True), PrintOpinion(extension="nobody's"))


async def test_one_that_was_given_up_is_printed_again_when_the_desk_asks(tools):
    opinion = await an_opinion(tools)
    await print_opinion_again(tools, WANG.actor, opinion)
    assert not (await extension_paper(WANG.actor, opinion)).failed
    await run("UPDATE job SET state = 'dead', done_at = ? WHERE kind = 'opinion.print'", NOW)
    paper = await extension_paper(WANG.actor, opinion)
    assert (paper.pdf, paper.failed, paper.can_print) == (False, True, True)
    assert not (await extension_paper(CHEN.actor, opinion)).can_print
    for somebody, refusal in ((ZHAO, NotFound), (CHEN, NotAllowed)):
        with pytest.raises(refusal):
            await print_opinion_again(tools, somebody.actor, opinion)
    await print_opinion_again(tools, WANG.actor, opinion)
    (job,) = await run("SELECT state, tries FROM job WHERE kind = 'opinion.print'")
    assert (job["state"], job["tries"]) == ("ready", 0)
    events = [event.action for event in await audit.events_of("extension", opinion)]
    assert events.count("extension.print_again") == 1
    await run("UPDATE line_extension SET paper = '' WHERE id = ?", opinion)
    for missing in (opinion, "nobody's"):
        with pytest.raises(NotFound):
            await print_opinion_again(tools, WANG.actor, missing)
