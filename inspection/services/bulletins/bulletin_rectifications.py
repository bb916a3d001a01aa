"""The follow-up part of an issue: what was issued, answered, verified and called about in its days,
and what is late at this moment.
"""

from inspection.domain.bulletins.bulletin import month_until, year_before, year_until
from inspection.domain.bulletins.bulletin_share import Share
from inspection.domain.bulletins.bulletin_snapshot import (
    LatePlace,
    PeriodFigures,
    RectificationPart,
    UnitRectification,
)
from inspection.domain.org.region_path import branch_of, lies_in
from inspection.persistence.bulletins.bulletin_figures import Counted, Events, events_in
from inspection.persistence.rectifications import pass_rates
from inspection.services.bulletins.bulletin_parts import About
from inspection.services.people.places import map_of
from inspection.services.rectifications.overdue import OverdueRow, late_places
from inspection.services.tools import Tools
from inspection.services.visits.published_visits import LANGUAGE

MOST_LATE = 10
"""Counties and stores told of, each."""

Late = tuple[tuple[OverdueRow, ...], tuple[OverdueRow, ...]]
"""Counties and stores with late lines."""


async def rectification_of(tools: Tools, about: About) -> RectificationPart:
    """The figures of the issue's part of the tree, inside `read_tx()`."""
    scope, year = about.scope, year_until(about.until)
    days = await events_in(scope, about.row.period)
    late = await late_places(tools, scope)
    counties, stores = late
    rates = await pass_rates.pass_rates(scope)
    return RectificationPart(
        days=_figures(days),
        month=_figures(await events_in(scope, month_until(about.until))),
        year=_figures(await events_in(scope, year)),
        year_before=_figures(await events_in(scope, year_before(year))),
        units=tuple(
            _unit(region.name.of(LANGUAGE.value), region.path, days, late) for region in about.units
        ),
        whole=_unit("", about.row.region_path, days, late),
        first_time=Share(
            part=sum(rate.first for rate in rates), whole=sum(rate.verified for rate in rates)
        ),
        late_counties=await _late(counties, county=True),
        late_stores=await _late(stores, county=False),
    )


def _figures(found: Events) -> PeriodFigures:
    issued = _share(found.issued)
    return PeriodFigures(
        notices=issued.part,
        lines=issued.whole,
        answered=_share(found.answered),
        verified=_share(found.verified),
        reached=_share(found.reached),
        content=_share(found.content),
    )


def _share(found: tuple[Counted, ...], path: str = "") -> Share:
    """What was counted together, of a part of the tree or everywhere."""
    kept = [each for each in found if not path or lies_in(each.region_path, path)]
    return Share(part=sum(each.part for each in kept), whole=sum(each.whole for each in kept))


def _unit(name: str, path: str, days: Events, late: Late) -> UnitRectification:
    counties, stores = ([row for row in rows if lies_in(row.path, path)] for rows in late)
    return UnitRectification(
        name=name,
        lines=_share(days.issued, path).whole,
        answered=_share(days.answered, path),
        verified=_share(days.verified, path),
        late_lines=sum(each.lines for each in counties),
        late_stores=len(stores),
        late_hours=sum(each.hours for each in counties),
    )


async def _late(rows: tuple[OverdueRow, ...], *, county: bool) -> tuple[LatePlace, ...]:
    names = await map_of(row.path for row in rows[:MOST_LATE])
    return tuple(
        LatePlace(
            region=names.name(branch_of(row.path) if county else row.path).of(LANGUAGE.value),
            name=row.name,
            lines=row.lines,
            hours=row.hours,
            longest=row.longest,
        )
        for row in rows[:MOST_LATE]
    )
