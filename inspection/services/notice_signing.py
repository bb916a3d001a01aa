"""Sign-off: the number is drawn and the words are frozen in one transaction."""

from datetime import datetime

import msgspec

from inspection.domain import notice_state
from inspection.domain.access import Action, Actor
from inspection.domain.notice import NoticeSnapshot, NoticeStore, canonical
from inspection.domain.notice_draft import Matter, draft
from inspection.domain.notice_letter import Letter
from inspection.domain.notice_line import DraftLine
from inspection.domain.notice_number import STANDARD, counter_key, number, year_of
from inspection.domain.notice_state import NoticeMove
from inspection.domain.refusals import CardUnpublishable, DraftChanged
from inspection.domain.region_path import branch_of
from inspection.persistence import audit, jobs, notice_counters, notices, scored_visits, standings
from inspection.persistence.engine import tx
from inspection.persistence.notices import Issue, NoticeLineRow, NoticeRow
from inspection.services.notice_access import held
from inspection.services.notice_results import SignedNotice
from inspection.services.notice_wording import demands_of, version_of
from inspection.services.places import map_of
from inspection.services.published_visits import LANGUAGE, Told, published
from inspection.services.rubrics import rubric_of
from inspection.services.tools import Tools
from inspection.wording import catalogue, say

PRINT = "notice.print"
"""Kind of the job that lays out the PDF."""


def print_key(notice: str) -> str:
    """The key of the job that prints a notice."""
    return f"{PRINT}:{notice}"


async def sign_notice(
    tools: Tools, actor: Actor, notice: str, seen: str | None = None
) -> SignedNotice:
    """Give the draft its number, freeze it and have it printed. Signing again changes nothing and
    gets the same answer; somebody else's notice in another state is refused, and so is a draft
    that no longer has the version `seen`.
    """
    async with tx():
        row = await held(actor, Action.NOTICE_SIGN, notice)
        if row.signed_by == actor.account and (issued := frozen(row)) is not None:
            return _signed(notice, issued)
        notice_state.move(row.state, NoticeMove.SIGN)
        lines = await notices.lines_of(notice)
        if seen not in {None, version_of(demands_of(row), lines)}:
            raise DraftChanged
        matter = await _matter(row, lines)
        letter = await _letter(tools, actor, row)
        # Drawn last: from here to the commit nobody else can draw.
        at = tools.now()
        drawn = await _draw(tools, at)
        snapshot = draft(matter, letter, number=drawn, issued_at=at, words=catalogue(LANGUAGE))
        await _issue(actor, row, snapshot)
    return _signed(notice, snapshot)


async def _draw(tools: Tools, at: datetime) -> str:
    year = year_of(at)
    n = await notice_counters.draw(counter_key(tools.issuer.mark, year))
    return number(STANDARD, tools.issuer.mark, year, n)


async def _issue(actor: Actor, row: NoticeRow, snapshot: NoticeSnapshot) -> None:
    await notices.issue_notice(
        row.id,
        Issue(
            number=snapshot.number,
            snapshot=canonical(snapshot).decode(),
            signed_by=actor.account,
            issued_at=snapshot.issued_at,
            first_due_at=first_due(snapshot),
            due=tuple((line.no, line.due_at) for line in snapshot.lines),
        ),
    )
    await jobs.enqueue(
        kind=PRINT, key=print_key(row.id), payload={"notice": row.id}, at=snapshot.issued_at
    )
    await audit.append(
        at=snapshot.issued_at,
        actor=actor.account,
        action="notice.sign",
        noun="notice",
        noun_id=row.id,
        body={"number": snapshot.number, "check": snapshot.check},
    )


async def _matter(row: NoticeRow, lines: tuple[NoticeLineRow, ...]) -> Matter:
    card = await scored_visits.find_card(row.visit, row.attempt)
    if card is None:
        raise CardUnpublishable
    return Matter(
        scorecard=card,
        rubric=await rubric_of(row.rubric_version),
        visit=published(told_of(row)),
        lines=tuple(_agreed(line) for line in lines),
    )


def told_of(row: NoticeRow) -> Told:
    """What of the visit's circumstances decides how much the store is told."""
    return Told(
        kind=row.visit_kind,
        started_at=row.started_at or row.received_at,
        disclose_day=row.disclose_day,
    )


def _agreed(line: NoticeLineRow) -> DraftLine:
    return DraftLine(
        item=line.item,
        section=line.section,
        severity=line.severity,
        lost=line.lost,
        problem=line.problem,
        requirement=line.requirement,
        responsible=line.responsible,
        hours=line.hours,
        photos=line.published_photos(),
    )


async def _letter(tools: Tools, actor: Actor, row: NoticeRow) -> Letter:
    names = await map_of([row.region_path])
    branch = names.name(branch_of(row.region_path)).of(LANGUAGE)
    before = await standings.previous_score(row.round, row.store)
    # Rank and gap stay off the paper: while the round is open they change under the reader.
    return Letter(
        language=LANGUAGE.value,
        issuer=tools.issuer.name,
        store=NoticeStore(
            code=row.store_code,
            name=row.store_name,
            kind=say(LANGUAGE, f"paper.store_kind.{row.store_kind}"),
            unit=say(LANGUAGE, "sign_off.unit", place=names.name(row.region_path).of(LANGUAGE)),
            region=names.breadcrumbs(row.region_path, LANGUAGE),
        ),
        round_name=row.round_zh,
        round_code=row.round_code,
        previous_score=before,
        demands=demands_of(row),
        cc=say(LANGUAGE, "sign_off.cc", place=branch),
        drafted_by=row.drafted_name,
        reviewed_by=row.reviewed_name or "",
        signed_by=actor.name,
        verify_url=f"{tools.address}/verify/{row.verify_token}",
        reply_url=f"{tools.address}/notices/{row.id}",
    )


def first_due(snapshot: NoticeSnapshot) -> datetime:
    """The earliest hour of all lines."""
    return min((line.due_at for line in snapshot.lines), default=snapshot.report_back_at)


def frozen(row: NoticeRow) -> NoticeSnapshot | None:
    """What the notice said when it was issued; None for a draft."""
    return said_in(row) if row.number else None


def said_in(row: NoticeRow) -> NoticeSnapshot:
    """What a notice with a number says."""
    return msgspec.json.decode(row.snapshot or "", type=NoticeSnapshot)


def _signed(notice: str, snapshot: NoticeSnapshot) -> SignedNotice:
    return SignedNotice(
        id=notice,
        number=snapshot.number,
        issued_at=snapshot.issued_at,
        first_due_at=first_due(snapshot),
    )
