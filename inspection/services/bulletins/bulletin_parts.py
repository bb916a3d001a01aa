"""What every part of an issue is told of: its part of the tree, until which day, its units."""

from datetime import date

import msgspec

from inspection.domain.access import Actor
from inspection.domain.deadline import day_of
from inspection.domain.org.region_path import depth
from inspection.persistence.bulletins.bulletins import BulletinRow
from inspection.persistence.people import places
from inspection.persistence.people.places import RegionRow, Scope
from inspection.services.tools import Tools


class About(msgspec.Struct, frozen=True, kw_only=True):
    """An issue as its parts are compiled. `units` are the regions right below its own, or its own
    county; a round may go on: what is added up ends with `until`, which is today at the latest.
    """

    row: BulletinRow
    scope: Scope
    until: date
    units: tuple[RegionRow, ...]


async def about(tools: Tools, actor: Actor, row: BulletinRow) -> About:
    """What the issue is about, as it stands now."""
    level = "branch" if depth(row.region_path) == 1 else "county"
    return About(
        row=row,
        scope=Scope(row.region_path, within=actor.region_path),
        until=min(row.last_on, day_of(tools.now())),
        units=await places.regions_within(row.region_path, (level,)),
    )
