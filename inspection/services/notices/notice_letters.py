"""What goes on a notice's paper: the lines agreed on, the letter around them, what was frozen."""

from datetime import datetime

import msgspec

from inspection.domain.notices.issuer import IssuingBody
from inspection.domain.notices.notice import NoticeSnapshot, NoticeStore
from inspection.domain.notices.notice_draft import Matter
from inspection.domain.notices.notice_letter import Letter
from inspection.domain.notices.notice_line import DraftLine
from inspection.domain.org.region_path import branch_of
from inspection.domain.refusals import CardUnpublishable
from inspection.persistence.notices.notices import NoticeLineRow, NoticeRow
from inspection.persistence.rankings import standings
from inspection.persistence.scoring import scored_visits
from inspection.services.notices.notice_wording import demands_of
from inspection.services.people.places import map_of
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.tools import Tools
from inspection.services.visits.published_visits import LANGUAGE, Told, published
from inspection.wording import say


class Signing(msgspec.Struct, frozen=True, kw_only=True):
    """Whose names stand below a notice, for which issuer, in place of which notice."""

    body: IssuingBody
    drafted: str
    checked: str
    signed: str
    replaces: str = ""


async def matter_of(tools: Tools, row: NoticeRow, lines: tuple[NoticeLineRow, ...]) -> Matter:
    """What a notice with these lines is about, by the card that counts now."""
    card = await scored_visits.find_card(row.visit, row.attempt)
    if card is None:
        raise CardUnpublishable
    return Matter(
        scorecard=card,
        rubric=await rubric_of(row.rubric_version),
        visit=published(told_of(row)),
        lines=tuple(_agreed(line) for line in lines),
        calendar=tools.calendar,
    )


async def letter_of(tools: Tools, row: NoticeRow, signing: Signing) -> Letter:
    """The letter around the judgement."""
    names = await map_of([row.region_path])
    branch = names.name(branch_of(row.region_path)).of(LANGUAGE)
    # Rank and gap stay off the paper: while the round is open they change under the reader.
    return Letter(
        language=LANGUAGE.value,
        issuer=signing.body.name,
        store=NoticeStore(
            code=row.store_code,
            name=row.store_name,
            kind=say(LANGUAGE, f"paper.store_kind.{row.store_kind}"),
            unit=say(LANGUAGE, "sign_off.unit", place=names.name(row.region_path).of(LANGUAGE)),
            region=names.breadcrumbs(row.region_path, LANGUAGE),
        ),
        round_name=row.round_zh,
        round_code=row.round_code,
        previous_score=await standings.previous_score(row.round, row.store),
        demands=demands_of(row),
        cc=say(LANGUAGE, "sign_off.cc", place=branch),
        drafted_by=signing.drafted,
        reviewed_by=signing.checked,
        signed_by=signing.signed,
        verify_url=f"{tools.address}/verify/{row.verify_token}",
        reply_url=f"{tools.address}/notices/{row.id}",
        replaces=signing.replaces,
        seal=signing.body.seal,
    )


def told_of(row: NoticeRow) -> Told:
    """What of the visit's circumstances decides how much the store is told."""
    return Told(
        kind=row.visit_kind,
        started_at=row.started_at or row.received_at,
        disclose_day=row.disclose_day,
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
        hours_kind=line.hours_kind,
        photos=line.published_photos(),
        others=line.items()[1:],
        due_at=line.due_at,
    )
