"""The printed notice: the same bytes for ever, its photos, and the code anybody may verify."""

import hashlib
from datetime import timedelta

import msgspec
import pytest

from inspection.domain.refusals import (
    MoveRefused,
    NotAllowed,
    NotFound,
    NoticeNotReady,
)
from inspection.jobs.kinds import KINDS
from inspection.persistence import jobs
from inspection.persistence.statements import run
from inspection.services.notices.notice_prints import keep_print, note_print_fault, print_order
from inspection.services.notices.notice_verifying import verify_notice
from inspection.services.notices.notices import (
    notice_of,
    notice_pdf,
    notice_photo,
    print_again,
)
from tests.cast import (
    CHEN,
    SUN,
    WANG,
    ZHAO,
)
from tests.reviewing import (
    a_draft,
    an_issued,
    send_photo,
    snapshot_of,
)
from tests.submissions import a_photo

PDF = b"%PDF-1.7 a notice"


async def printed(tools, notice, pdf=PDF):
    await keep_print(tools, notice, pdf, hashlib.sha256(pdf).hexdigest(), 3)


async def test_the_pdf_is_the_same_bytes_at_every_download(province):
    signed = await an_issued(province)
    await printed(province, signed.id)
    for person in (CHEN, WANG, CHEN):
        got = await notice_pdf(province, person.actor, signed.id)
        assert (got.content, got.file_name) == (PDF, f"{signed.number}.pdf")
    await printed(province, signed.id, b"%PDF-1.7 another")
    assert (await notice_pdf(province, CHEN.actor, signed.id)).content == PDF
    detail = await notice_of(province, WANG.actor, signed.id)
    assert (detail.pdf, detail.pdf_pages) == ("ready", 3)
    assert (await notice_of(province, CHEN.actor, signed.id)).pdf_ready


async def test_before_it_is_printed_one_is_told_when_to_ask_again(province):
    signed = await an_issued(province)
    with pytest.raises(NoticeNotReady) as refused:
        await notice_pdf(province, CHEN.actor, signed.id)
    assert refused.value.facts == {"notice": signed.number, "seconds": 3}


async def test_a_draft_has_no_pdf(province):
    notice = await a_draft(province)
    with pytest.raises(MoveRefused):
        await notice_pdf(province, WANG.actor, notice)


async def test_a_print_that_failed_is_told_to_the_staff_until_it_works(province):
    signed = await an_issued(province)
    await note_print_fault(signed.id, "press.too_large")
    detail = await notice_of(province, WANG.actor, signed.id)
    assert (detail.pdf, detail.pdf_fault) == ("failed", "press.too_large")
    await printed(province, signed.id)
    assert (await notice_of(province, WANG.actor, signed.id)).pdf_fault == ""


async def test_the_press_gets_the_snapshot_and_its_photos(province):
    photo = a_photo()
    await send_photo(province, photo)
    signed = await an_issued(province, losses=("KC-E-01",), pictures=(photo,))
    order = await print_order(province, signed.id)
    (line,) = order.snapshot.lines
    assert list(order.photos) == [line.photos[0].sha256]
    await printed(province, signed.id)
    assert await print_order(province, signed.id) is None


async def test_there_is_nothing_to_print_of_a_draft_or_of_nothing(province):
    assert await print_order(province, await a_draft(province)) is None
    assert await print_order(province, "0" * 32) is None


async def test_the_photos_of_a_line_are_shown_by_their_place(province):
    photo = a_photo()
    await send_photo(province, photo)
    signed = await an_issued(province, losses=("KC-E-01",), pictures=(photo,))
    seen = await notice_of(province, CHEN.actor, signed.id)
    assert [(p.k, p.figure) for p in seen.lines[0].photos] == [(1, 1)]
    clean = await notice_photo(province, CHEN.actor, signed.id, 1, 1)
    assert hashlib.sha256(clean).hexdigest() == (
        (await snapshot_of(signed.id)).lines[0].photos[0].sha256
    )
    for line, k in ((1, 2), (1, 0), (2, 1)):
        with pytest.raises(NotFound):
            await notice_photo(province, CHEN.actor, signed.id, line, k)


async def test_anybody_may_verify_the_code_on_paper_and_learns_no_more(province):
    signed = await an_issued(province)
    snapshot = await snapshot_of(signed.id)
    token = snapshot.verify_url.rpartition("/")[2]
    found = await verify_notice(token)
    assert msgspec.to_builtins(found) == {
        "number": signed.number,
        "issuer": "陇原通信有限公司服务质量部",
        "issued_on": "2026-11-18",
        "check": snapshot.check,
        "standing": "valid",
        "replaced_by": "",
        "sha256": "",
    }


async def test_a_wrong_code_or_a_drafts_is_missing(province):
    notice = await a_draft(province)
    (row,) = await run("SELECT verify_token FROM notice WHERE id = ?", notice)
    for token in ("nothing", row["verify_token"]):
        with pytest.raises(NotFound):
            await verify_notice(token)


async def given_up(tools, clock, notice):
    """The print job dies of something the press cannot say."""
    (job,) = await jobs.claim(clock(), timedelta(minutes=1), ("notice.print",), 1)
    (kind,) = (kind for kind in KINDS if kind.name == "notice.print")
    await jobs.bury(job, clock(), "took longer than 60 s")
    await kind.gave_up(job)


async def test_a_print_that_was_given_up_says_so_and_can_be_asked_for_again(province, clock):
    signed = await an_issued(province)
    await given_up(province, clock, signed.id)
    detail = await notice_of(province, WANG.actor, signed.id)
    assert (detail.pdf, detail.pdf_fault) == ("failed", "notice.print_failed")
    await print_again(province, WANG.actor, signed.id)
    detail = await notice_of(province, WANG.actor, signed.id)
    assert (detail.pdf, detail.trail[-1].action) == ("queued", "notice.print_again")
    assert len(await jobs.claim(clock(), timedelta(minutes=1), ("notice.print",), 1)) == 1


async def test_a_cause_the_press_named_is_kept_when_the_job_dies(province, clock):
    signed = await an_issued(province)
    await note_print_fault(signed.id, "press.too_deep")
    await given_up(province, clock, signed.id)
    detail = await notice_of(province, WANG.actor, signed.id)
    assert detail.pdf_fault == "press.too_deep"


async def test_asking_again_changes_nothing_while_it_is_under_way(province):
    signed = await an_issued(province)
    await print_again(province, WANG.actor, signed.id)
    detail = await notice_of(province, WANG.actor, signed.id)
    assert (detail.pdf, detail.trail[-1].action) == ("queued", "notice.sign")


async def test_only_an_issued_notice_without_a_pdf_is_printed_again(province):
    signed = await an_issued(province)
    for person, refusal in ((SUN, NotAllowed), (ZHAO, NotFound)):
        with pytest.raises(refusal):
            await print_again(province, person.actor, signed.id)
    await printed(province, signed.id)
    with pytest.raises(MoveRefused):
        await print_again(province, WANG.actor, signed.id)
