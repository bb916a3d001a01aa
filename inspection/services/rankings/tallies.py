"""Keeping tallies true: what a store adds is taken away and added anew when its result changes."""

from inspection.domain.rankings.ranking import LINE
from inspection.domain.rankings.standing import Figures
from inspection.domain.rankings.tally import NOTHING, Tally, followed, minus, of_store, plus
from inspection.persistence.rankings import tallies
from inspection.persistence.rankings.standings import StandingOf
from inspection.persistence.rankings.tallies import TallyKey


async def refresh_tallies(key: TallyKey, of: StandingOf, found: Figures) -> None:
    """Put a store's new figures into the tally of its county, and tell those of later rounds what
    it lost before. `key` is what `hold_tallies` said, in the same transaction.
    """
    before = await tallies.part_of(of.previous, of.store)
    lost = await tallies.lost_items(of.round, of.store)
    line = LINE if of.pass_line is None else of.pass_line
    mine = of_store(found, lost, before.tally if before else NOTHING, line)
    was = await tallies.part_of(of.round, of.store)
    if was is not None:
        await tallies.write_tally(was.key, minus(await tallies.tally_of(was.key), was.tally))
    await tallies.write_tally(key, plus(await tallies.tally_of(key), mine))
    await tallies.write_part(key, of.store, mine)
    await _tell_followers(of, mine)


async def _tell_followers(of: StandingOf, mine: Tally) -> None:
    for part in await tallies.parts_after(of.round, of.store):
        told = followed(part.tally, mine)
        if told != part.tally:
            without = minus(await tallies.tally_of(part.key), part.tally)
            await tallies.write_tally(part.key, plus(without, told))
            await tallies.write_part(part.key, of.store, told)
