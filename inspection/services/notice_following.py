"""What another judgement on a visit means for its notice: a draft follows it, an issued notice
stays as it was said.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from inspection.domain.access import Actor
from inspection.domain.notice_state import NoticeState
from inspection.domain.refusals import NotFound
from inspection.domain.scorecard import Scorecard
from inspection.persistence import notice_drafts, notices, reviews
from inspection.persistence.notices import NoticeLineRow, NoticeRow
from inspection.services.notice_cards import agrees
from inspection.services.notice_drafting import draft_notice, line_row
from inspection.services.notice_signing import told_of
from inspection.services.published_visits import draft_lines
from inspection.services.tools import Tools

Following = Literal["", "drafted", "followed", "dropped", "disagrees"]


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a visit's notice; empty when nothing had to. `body` is for the log."""

    what: Following = ""
    notice: str = ""
    body: Mapping[str, object] = {}


NOTHING = Followed()


async def follow_card(tools: Tools, by: Actor, visit: str, card: Scorecard) -> Followed:
    """Let the notice of a published visit follow the card that counts now. Belongs into the
    transaction that wrote the card; log `body` at its end.
    """
    known = await notices.notice_of_visit(visit)
    if known is None:
        return await _drafted(tools, by, visit)
    row = await notices.lock_notice(known)
    if row is None:
        raise NotFound(noun="notice")
    stored = await notices.lines_of(known)
    if row.state is not NoticeState.DRAFT:
        return NOTHING if agrees(row, stored, card) else Followed(what="disagrees", notice=known)
    told = told_of(row)
    drafted = await draft_lines(visit, row.rubric_version, card, told)
    fresh = tuple(line_row(tools, known, number, line) for number, line in enumerate(drafted, 1))
    return await _redrafted(row, stored, fresh)


async def _drafted(tools: Tools, by: Actor, visit: str) -> Followed:
    found = await reviews.find_visit(visit)
    if found is None:
        raise NotFound(noun="visit")
    draft = await draft_notice(tools, by, found, tools.now())
    if draft is None:
        return NOTHING
    body = {"visit": visit, "attempt": found.attempt, "lines": draft.lines}
    return Followed(what="drafted", notice=draft.id, body=body)


async def _redrafted(
    row: NoticeRow, stored: tuple[NoticeLineRow, ...], fresh: tuple[NoticeLineRow, ...]
) -> Followed:
    known = {line.item: line for line in stored}
    lines = tuple(_kept(line, known.get(line.item)) for line in fresh)
    if lines == stored:
        return NOTHING
    # What somebody wrote about a line that goes is read in the log.
    body = {"changes": {"lines": [_told(stored), _told(lines)]}}
    if not lines:
        await notice_drafts.drop_draft(row.id)
        return Followed(what="dropped", notice=row.id, body=body)
    await notice_drafts.replace_lines(row.id, lines)
    return Followed(what="followed", notice=row.id, body=body)


def _kept(fresh: NoticeLineRow, stored: NoticeLineRow | None) -> NoticeLineRow:
    """The new points beside the words that are there already."""
    if stored is None:
        return fresh
    return msgspec.structs.replace(
        stored,
        number=fresh.number,
        section=fresh.section,
        severity=fresh.severity,
        lost=fresh.lost,
    )


def _told(lines: tuple[NoticeLineRow, ...]) -> list[object]:
    return [[line.item, line.lost, line.problem, line.requirement] for line in lines]
