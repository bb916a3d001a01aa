"""Which judgement a notice speaks of: an issued one of the card it was issued with, whatever the
visit was judged since.
"""

import msgspec

from inspection.domain.notices.notice_state import UNISSUED
from inspection.domain.refusals import CardUnpublishable
from inspection.domain.scoring.scorecard import Scorecard
from inspection.persistence.notices.notices import NoticeLineRow, NoticeRow
from inspection.persistence.scoring import scored_visits
from inspection.services.notices.notice_letters import frozen
from inspection.services.notices.notice_lines import parts_of


class NoticeCard(msgspec.Struct, frozen=True):
    """The card a notice speaks of, and the one that counts now where that says something else."""

    said: Scorecard
    now: Scorecard | None = None


async def notice_card(row: NoticeRow, lines: tuple[NoticeLineRow, ...]) -> NoticeCard:
    """The card of a notice. Raises CardUnpublishable for a visit without one."""
    cards = await scored_visits.cards_of(row.visit, row.attempt)
    if not cards:
        raise CardUnpublishable
    latest = cards[0]
    if row.state in UNISSUED or agrees(row, lines, latest):
        return NoticeCard(latest)
    said = next((card for card in cards if agrees(row, lines, card)), latest)
    return NoticeCard(said, latest)


def agrees(row: NoticeRow, lines: tuple[NoticeLineRow, ...], card: Scorecard) -> bool:
    """Whether an issued notice says what the card says: the same score, the same losses."""
    said = frozen(row)
    if said is None or (said.score_hundredths, said.lost_hundredths) != (card.total, card.lost):
        return False
    losses = {(item.item, item.section, item.lost) for item in card.items if item.lost}
    told = {(part.item, part.section, part.lost) for line in lines for part in parts_of(line)}
    return losses == told
