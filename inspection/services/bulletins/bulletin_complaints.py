"""The complaints of an issue: what other systems counted, by channel and by city."""

from collections.abc import Callable, Sequence

from inspection.domain.bulletins.bulletin import month_until, year_before, year_until
from inspection.domain.bulletins.bulletin_snapshot import ComplaintPart, ComplaintRow
from inspection.domain.org.region_path import lies_in
from inspection.persistence.bulletins import complaints
from inspection.persistence.bulletins.complaints import ComplaintSum
from inspection.services.bulletins.bulletin_parts import About
from inspection.services.bulletins.complaint_channels import channel_words
from inspection.services.visits.published_visits import LANGUAGE

Sums = tuple[ComplaintSum, ...]


async def complaints_of(about: About) -> ComplaintPart | None:
    """What was counted in the days, the month, the year and a year ago; None when nothing was. A
    week counts where it begins.
    """
    year = year_until(about.until)
    periods = (about.row.period, month_until(about.until), year, year_before(year))
    found = [await complaints.sums_in(about.scope, period) for period in periods]
    if not any(found):
        return None
    channels = sorted({_named(each) for sums in found for each in sums})
    return ComplaintPart(
        channels=tuple(_row(name, found, _through(name)) for name in channels),
        units=tuple(
            _row(region.name.of(LANGUAGE.value), found, _in(region.path)) for region in about.units
        ),
        whole=_row("", found, _in(about.row.region_path)),
    )


def _named(each: ComplaintSum) -> str:
    return channel_words(LANGUAGE, each.channel)


def _through(channel: str) -> Callable[[ComplaintSum], bool]:
    return lambda each: _named(each) == channel


def _in(path: str) -> Callable[[ComplaintSum], bool]:
    return lambda each: lies_in(each.region_path, path)


def _row(name: str, found: Sequence[Sums], holds: Callable[[ComplaintSum], bool]) -> ComplaintRow:
    days, month, year, before = (sum(each.n for each in sums if holds(each)) for sums in found)
    return ComplaintRow(name=name, days=days, month=month, year=year, year_before=before)
