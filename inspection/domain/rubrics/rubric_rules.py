"""The deduction rule of an item, read by its kind."""

from collections.abc import Callable

from inspection.domain.rubrics.rubric import Info, Meas, MeasBand, Occ, Option, Rule, Sum, Tier
from inspection.domain.rubrics.rubric_table import Table


def read_rule(table: Table | None) -> Rule:
    """The rule of one item. With a fault in its place it is Info, which no check looks at."""
    if table is None:
        return Info()
    kind = table.word("kind", tuple(_READERS))
    # The fields of a rule of unknown kind are not known either.
    if not table.faults.sound(table.at("kind")):
        return Info()
    rule = _READERS[kind](table)
    table.close()
    return rule


def _tier(table: Table) -> Rule:
    return Tier(options=_options(table, "options"))


def _occ(table: Table) -> Rule:
    each, unit = table.points("each"), table.wording("unit")
    if not table.has("veto_option"):
        return Occ(each=each, unit=unit)
    option = table.table("veto_option")
    return Occ(each=each, unit=unit, veto_option=None if option is None else _option(option))


def _sum(table: Table) -> Rule:
    return Sum(ticks=_options(table, "ticks"))


def _meas(table: Table) -> Rule:
    return Meas(
        unit=table.wording("unit"),
        least=table.points("least"),
        most=table.points("most"),
        bands=tuple(_meas_band(band) for band in table.tables("bands")),
    )


def _info(_table: Table) -> Rule:
    return Info()


def _options(table: Table, field: str) -> tuple[Option, ...]:
    return tuple(_option(option) for option in table.tables(field))


def _option(table: Table) -> Option:
    option = Option(
        code=table.text("code"),
        text=table.wording("text"),
        loss=table.points("loss"),
        veto=table.flag("veto"),
    )
    table.close()
    return option


def _meas_band(table: Table) -> MeasBand:
    band = MeasBand(
        above=table.points("above"),
        loss=table.points("loss"),
        text=table.wording("text"),
        veto=table.flag("veto"),
    )
    table.close()
    return band


_READERS: dict[str, Callable[[Table], Rule]] = {
    "tier": _tier,
    "occ": _occ,
    "sum": _sum,
    "meas": _meas,
    "info": _info,
}
