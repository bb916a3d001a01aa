"""What another judgement on a visit means for its notice: a draft follows it, an issued notice
stays as it was said.
"""

from collections.abc import Mapping, Set
from typing import Literal

import msgspec

from inspection.domain.access import Actor
from inspection.domain.notices.notice_state import UNISSUED, NoticeState
from inspection.domain.refusals import NotFound
from inspection.domain.scoring.scorecard import Scorecard
from inspection.persistence.notices import notice_drafts, notices
from inspection.persistence.notices.notices import NoticeLineRow, NoticeRow
from inspection.persistence.reviews import reviews
from inspection.services.notices.notice_cards import agrees
from inspection.services.notices.notice_drafting import draft_notice, line_rows
from inspection.services.notices.notice_letters import told_of
from inspection.services.notices.notice_lines import regrouped
from inspection.services.tools import Tools
from inspection.services.visits.published_visits import draft_lines

Following = Literal["", "drafted", "followed", "dropped", "disagrees"]


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a visit's notice; empty when nothing had to. `body` is for the log."""

    what: Following = ""
    notice: str = ""
    body: Mapping[str, object] = {}


NOTHING = Followed()


async def follow_card(
    tools: Tools, by: Actor, visit: str, card: Scorecard, corrected: Set[str] = frozenset()
) -> Followed:
    """Let the notice of a published visit follow the card that counts now; what it says of the
    items whose facts were `corrected` is worded anew. Belongs into the transaction that wrote the
    card; log `body` at its end.
    """
    known = await notices.notice_of_visit(visit)
    if known is None:
        return await _drafted(tools, by, visit)
    row = await notices.lock_notice(known)
    if row is None:
        raise NotFound(noun="notice")
    if row.state is NoticeState.VOID:
        return await _drafted(tools, by, visit)
    stored = await notices.lines_of(known)
    if row.state not in UNISSUED:
        return NOTHING if agrees(row, stored, card) else Followed(what="disagrees", notice=known)
    told = told_of(row)
    drafted = await draft_lines(visit, row.rubric_version, card, told)
    fresh = await line_rows(tools, known, row.round, drafted)
    return await _redrafted(row, stored, fresh, corrected)


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
    row: NoticeRow,
    stored: tuple[NoticeLineRow, ...],
    fresh: tuple[NoticeLineRow, ...],
    corrected: Set[str],
) -> Followed:
    lines = regrouped(stored, fresh, corrected)
    if lines == stored:
        return NOTHING
    # What somebody wrote about a line that goes is read in the log.
    body = {"changes": {"lines": [_told(stored), _told(lines)]}}
    if not lines:
        await notice_drafts.drop_draft(row.id)
        return Followed(what="dropped", notice=row.id, body=body)
    await notice_drafts.replace_lines(row.id, lines)
    return Followed(what="followed", notice=row.id, body=body)


def _told(lines: tuple[NoticeLineRow, ...]) -> list[object]:
    return [[line.item, line.lost, line.problem, line.requirement] for line in lines]
