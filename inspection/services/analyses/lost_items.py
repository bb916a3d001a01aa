"""What cost most in a round, item by item, and what was lost by the same item again."""

import msgspec

from inspection.domain.access import Actor
from inspection.domain.points import Hundredths
from inspection.domain.rankings.ranking import ItemLoss, ItemShare, pareto
from inspection.domain.rankings.tally import ItemTally, total
from inspection.domain.rubrics.rubric import Item, Section, Text
from inspection.persistence.engine import read_tx
from inspection.persistence.rankings import tallies
from inspection.services.analyses.analysis_frames import Frame, frame_of
from inspection.services.rankings.ranking_lists import list_asked
from inspection.services.rankings.unit_results import UnitsAsked


class LostItemRow(msgspec.Struct, frozen=True, kw_only=True):
    """An item by what it cost. `stores` lost something by it, `again` of them in the round before
    too. Shares are per mille of all losses.
    """

    item: str
    title: Text
    section: Text
    full: Hundredths | None
    stores: int
    times: int
    again: int
    lost: Hundredths
    share: int
    cumulative: int


class LostItemsPage(msgspec.Struct, frozen=True, kw_only=True):
    """Items, the dearest first, out of `ranked` stores with a place."""

    frame: Frame
    ranked: int
    lost: Hundredths
    rows: tuple[LostItemRow, ...]


async def lost_items_page(actor: Actor, asked: UnitsAsked) -> LostItemsPage:
    """Every item that cost something in the part of the tree asked for."""
    async with read_tx():
        return await items_now(actor, asked)


async def items_now(actor: Actor, asked: UnitsAsked) -> LostItemsPage:
    """The same in the caller's moment of the database."""
    of = await list_asked(actor, asked)
    whole = total(row.tally for row in await tallies.tallies(of.tallies(), items=True))
    sections = of.rubric.sections
    known = {item.code: (item, section) for section in sections for item in section.items}
    tally = {item.item: item for item in whole.items}
    shares = pareto(ItemLoss(item=i.item, times=i.times, lost=i.lost) for i in whole.items)
    return LostItemsPage(
        frame=frame_of(of),
        ranked=whole.ranked,
        lost=Hundredths(sum(item.lost for item in whole.items)),
        rows=tuple(_row(share, tally[share.item], known.get(share.item)) for share in shares),
    )


def _row(share: ItemShare, tally: ItemTally, known: tuple[Item, Section] | None) -> LostItemRow:
    # Visits scored by an older version may have lost items this round's version does not know.
    return LostItemRow(
        item=share.item,
        title=known[0].title if known else Text(share.item, share.item),
        section=known[1].title if known else Text("", ""),
        full=known[0].full if known else None,
        stores=tally.stores,
        times=share.times,
        again=tally.again,
        lost=Hundredths(share.lost),
        share=share.share,
        cumulative=share.cumulative,
    )
