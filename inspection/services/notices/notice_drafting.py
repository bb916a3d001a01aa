"""Drafting the notice for a visit's losses, inside the transaction that releases the visit."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspection.domain.access import Actor
from inspection.domain.deadline import HoursKind
from inspection.domain.notices.notice_letter import house_demands
from inspection.domain.notices.notice_line import DraftLine
from inspection.domain.refusals import CardUnpublishable
from inspection.persistence.audit import audit
from inspection.persistence.notices import notices
from inspection.persistence.notices.notices import NewNotice, NoticeLineRow
from inspection.persistence.reviews.reviews import ReviewedVisit
from inspection.persistence.rounds import round_rows
from inspection.persistence.scoring import scored_visits
from inspection.services.tools import Tools
from inspection.services.visits.published_visits import LANGUAGE, Told, draft_lines
from inspection.wording import catalogue


class Draft(msgspec.Struct, frozen=True):
    """A draft that was just made."""

    id: str
    lines: int


async def draft_notice(
    tools: Tools, actor: Actor, visit: ReviewedVisit, at: datetime
) -> Draft | None:
    """Keep a draft with a line per lost item; None when nothing was lost, or in a pilot, which no
    store hears of.
    """
    if visit.pilot:
        return None
    card = await scored_visits.find_card(visit.visit, visit.attempt)
    if card is None:
        raise CardUnpublishable
    lines = await draft_lines(visit.visit, visit.rubric_version, card, told_of(visit))
    if not lines:
        return None
    notice = _new(tools, actor, visit, at)
    rows = await line_rows(tools, notice.id, visit.round, lines)
    await notices.add_notice(notice, rows)
    return Draft(notice.id, len(lines))


async def record_draft(actor: Actor, visit: ReviewedVisit, draft: Draft, at: datetime) -> None:
    """Write the draft into the audit log, after everything else of the transaction."""
    await audit.append(
        at=at,
        actor=actor.account,
        action="notice.draft",
        noun="notice",
        noun_id=draft.id,
        body={"visit": visit.visit, "attempt": visit.attempt, "lines": draft.lines},
    )


def told_of(visit: ReviewedVisit) -> Told:
    """What of the circumstances decides how much the store is told."""
    return Told(
        kind=visit.visit_kind,
        started_at=visit.started_at or visit.received_at,
        disclose_day=visit.disclose_day,
    )


def _new(tools: Tools, actor: Actor, visit: ReviewedVisit, at: datetime) -> NewNotice:
    return NewNotice(
        id=tools.random_id(),
        visit=visit.visit,
        round=visit.round,
        store=visit.store,
        store_kind=visit.store_kind,
        region_path=visit.region_path,
        demands=msgspec.json.encode(house_demands(catalogue(LANGUAGE))).decode(),
        verify_token=tools.new_token(),
        drafted_by=actor.account,
        drafted_at=at,
    )


async def line_rows(
    tools: Tools, notice: str, round_id: str, lines: Sequence[DraftLine]
) -> tuple[NoticeLineRow, ...]:
    """The lines as they are stored first: their hours run as the round says, else the house."""
    said = await round_rows.hours_kind_of(round_id) or tools.issuer.hours_kind
    kind = msgspec.convert(said, HoursKind)
    return tuple(_line_row(tools, notice, no, line, kind) for no, line in enumerate(lines, 1))


def _line_row(
    tools: Tools, notice: str, number: int, line: DraftLine, kind: HoursKind
) -> NoticeLineRow:
    return NoticeLineRow(
        id=tools.random_id(),
        notice=notice,
        number=number,
        item=line.item,
        section=line.section,
        severity=line.severity,
        lost=line.lost,
        problem=line.problem,
        requirement=line.requirement,
        responsible=line.responsible,
        hours=line.hours,
        hours_kind=kind,
        photos=msgspec.json.encode([photo.sha256 for photo in line.photos]).decode(),
    )
