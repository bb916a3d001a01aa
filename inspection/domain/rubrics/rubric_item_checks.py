"""What must hold inside one item: its worst outcome is its marks, its veto is reachable."""

from inspection.domain.points import Hundredths, plain
from inspection.domain.rubrics.rubric import (
    STORE_FEATURES,
    Info,
    Item,
    Meas,
    MeasBand,
    Occ,
    Option,
    Sum,
    Tier,
)
from inspection.domain.rubrics.rubric_codes import KEY, check_form, check_unique, numbered
from inspection.domain.rubrics.rubric_faults import FaultList
from inspection.domain.rubrics.rubric_places import Path

LONGEST_HOURS = 8760


def check_item(item: Item, full: Hundredths, at: Path, faults: FaultList) -> None:
    """Report everything that does not hold in one item; `full` is the card's."""
    if faults.sound((*at, "full"), (*at, "rule", "kind")):
        _check_marks(item, at, faults)
    _check_options(item, at, faults)
    if isinstance(item.rule, Meas) and faults.sound((*at, "rule")):
        _check_measurement(item.rule, at, faults)
    if faults.sound((*at, "rule"), (*at, "critical"), (*at, "severity")):
        _check_critical(item, full, at, faults)
    _check_na(item, at, faults)
    if not 0 < item.hours <= LONGEST_HOURS and faults.sound((*at, "hours")):
        faults.add((*at, "hours"), "hours_out_of_range", hours=item.hours, most=LONGEST_HOURS)


def costs(item: Item, at: Path) -> list[tuple[Path, Hundredths]]:
    """Everything a finding on the item can cost, each with the path it is written at."""
    place = (*at, "rule")
    found = [((*below, "loss"), option.loss) for below, option in options(item, at)]
    match item.rule:
        case Occ(each):
            return [((*place, "each"), each), *found]
        case Meas(_, _, _, bands):
            return [((*below, "loss"), b.loss) for below, b in numbered((*place, "bands"), bands)]
        case _:
            return found


def worst(item: Item) -> int:
    """The most an item can lose before its floor."""
    match item.rule:
        case Occ(each):
            # Occurrences can be as many as the floor allows.
            return item.full if each > 0 else 0
        case Sum(ticks):
            return sum(tick.loss for tick in ticks)
        case _:
            return max((loss for _, loss in costs(item, ())), default=0)


def _check_marks(item: Item, at: Path, faults: FaultList) -> None:
    facts = {"item": item.code, "full": plain(item.full)}
    if isinstance(item.rule, Info):
        if item.full:
            faults.add((*at, "full"), "info_with_marks", **facts)
        return
    if item.full <= 0:
        faults.add((*at, "full"), "item_without_marks", **facts)
        return
    found = costs(item, at)
    for place, loss in found:
        if loss <= 0 and faults.sound(place):
            faults.add(place, "loss_not_positive", loss=plain(loss), **facts)
        elif loss > item.full:
            faults.add(place, "loss_above_marks", loss=plain(loss), **facts)
    sound = found and faults.sound(*(place for place, _ in found))
    if sound and worst(item) < item.full:
        faults.add((*at, "rule"), "worst_below_marks", worst=plain(worst(item)), **facts)


def _check_options(item: Item, at: Path, faults: FaultList) -> None:
    codes = [((*place, "code"), option.code) for place, option in options(item, at)]
    check_form(codes, KEY, faults)
    check_unique(codes, faults)


def options(item: Item, at: Path) -> list[tuple[Path, Option]]:
    """The options or ticks an item offers, each with its path."""
    place = (*at, "rule")
    match item.rule:
        case Tier(offered):
            return list(numbered((*place, "options"), offered))
        case Sum(offered):
            return list(numbered((*place, "ticks"), offered))
        case Occ(_, _, Option() as offered):
            return [((*place, "veto_option"), offered)]
        case _:
            return []


def _check_measurement(rule: Meas, at: Path, faults: FaultList) -> None:
    place = (*at, "rule")
    if rule.least >= rule.most:
        facts = {"least": plain(rule.least), "most": plain(rule.most)}
        faults.add((*place, "most"), "range_empty", **facts)
    lower: MeasBand | None = None
    for below, band in numbered((*place, "bands"), rule.bands):
        facts = {"above": plain(band.above)}
        if not rule.least <= band.above < rule.most:
            faults.add((*below, "above"), "band_out_of_reach", **facts)
        if lower is not None and (band.above <= lower.above or band.loss <= lower.loss):
            faults.add(below, "band_not_rising", **facts)
        lower = band


def _check_critical(item: Item, full: Hundredths, at: Path, faults: FaultList) -> None:
    critical, facts = item.critical, {"item": item.code}
    fires = _fires(item)
    if fires and critical.effect == "none":
        faults.add((*at, "rule"), "veto_without_effect", **facts)
    if critical.effect != "none" and not fires:
        faults.add((*at, "critical"), "effect_without_veto", **facts)
    if (item.severity == "veto") != (critical.effect != "none"):
        faults.add((*at, "severity"), "severity_mismatch", severity=item.severity, **facts)
    if isinstance(item.rule, Occ) and item.rule.veto_option and not item.rule.veto_option.veto:
        faults.add((*at, "rule", "veto_option"), "veto_option_without_veto", **facts)
    if critical.effect == "cap" and not 0 <= critical.cap < full:
        facts = {"cap": plain(critical.cap), "full": plain(full)}
        faults.add((*at, "critical", "cap"), "cap_out_of_range", **facts)


def _fires(item: Item) -> bool:
    bands = item.rule.bands if isinstance(item.rule, Meas) else ()
    return any(option.veto for _, option in options(item, ())) or any(b.veto for b in bands)


def _check_na(item: Item, at: Path, faults: FaultList) -> None:
    if not item.feature or not faults.sound((*at, "feature")):
        return
    if item.feature not in STORE_FEATURES:
        known = ", ".join(sorted(STORE_FEATURES))
        faults.add((*at, "feature"), "feature_unknown", feature=item.feature, known=known)
    if item.na == "never" and faults.sound((*at, "na")):
        faults.add((*at, "na"), "feature_never_na", feature=item.feature, item=item.code)
