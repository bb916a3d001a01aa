"""What must hold between the parts of a rubric: sums, unique codes, bands without holes, shares."""

from itertools import pairwise

from inspection.domain.points import Hundredths, plain
from inspection.domain.rubrics.rubric import Band, Rubric, Section
from inspection.domain.rubrics.rubric_codes import CODE, KEY, check_form, check_unique, numbered
from inspection.domain.rubrics.rubric_faults import FaultList
from inspection.domain.rubrics.rubric_item_checks import check_item
from inspection.domain.rubrics.rubric_places import Path

# Field, least, most: in hundredths.
_RANGES = (
    ("repeat_factor", 100, 1000),
    ("spot_refund", 0, 50),
    ("manual_na_review_share", 0, 100),
    ("min_applicable_share", 0, 100),
    ("not_observed_share", 0, 100),
)


def check(rubric: Rubric, faults: FaultList) -> None:
    """Report everything that does not hold, leaving out what rests on values already reported."""
    _check_numbers(rubric, faults)
    _check_bands(rubric, faults)
    _check_codes(rubric, faults)
    _check_sums(rubric, faults)
    for at, section in numbered(("sections",), rubric.sections):
        _check_section(section, at, faults)
        for below, item in numbered((*at, "items"), section.items):
            check_item(item, rubric.full, below, faults)


def _check_numbers(rubric: Rubric, faults: FaultList) -> None:
    if not rubric.full and faults.sound(("full",)):
        faults.add(("full",), "full_missing")
    ranges = [*_RANGES, ("bonus_cap", 0, rubric.full), ("pass_line", 0, rubric.full)]
    for field, least, most in ranges:
        number = getattr(rubric, field)
        if number is None or not faults.sound((field,), ("full",)):
            continue
        if not least <= number <= most:
            facts = {"number": plain(number), "least": plain(least), "most": plain(most)}
            faults.add((field,), "number_out_of_range", field=field, **facts)
    for at, bonus in numbered(("bonuses",), rubric.bonuses):
        if bonus.points <= 0 and faults.sound((*at, "points")):
            faults.add((*at, "points"), "bonus_worthless", bonus=bonus.code)


def _check_bands(rubric: Rubric, faults: FaultList) -> None:
    if not rubric.bands or not faults.sound(("bands",), ("full",)):
        return
    bands = list(numbered(("bands",), rubric.bands))
    for at, band in bands:
        if band.floor >= band.ceiling:
            faults.add(at, "band_empty", band=band.code)
    bands.sort(key=lambda pair: pair[1].floor)
    _check_ends(bands, rubric.full, faults)
    for (_, lower), (at, upper) in pairwise(bands):
        if lower.ceiling != upper.floor:
            code = "bands_gap" if lower.ceiling < upper.floor else "bands_overlap"
            facts = {"ceiling": plain(lower.ceiling), "floor": plain(upper.floor)}
            faults.add((*at, "floor"), code, lower=lower.code, upper=upper.code, **facts)


def _check_ends(bands: list[tuple[Path, Band]], full: Hundredths, faults: FaultList) -> None:
    (lowest_at, lowest), (highest_at, highest) = bands[0], bands[-1]
    if lowest.floor != 0:
        facts = {"band": lowest.code, "floor": plain(lowest.floor)}
        faults.add((*lowest_at, "floor"), "bands_start", **facts)
    if highest.ceiling != full:
        facts = {"band": highest.code, "ceiling": plain(highest.ceiling), "full": plain(full)}
        faults.add((*highest_at, "ceiling"), "bands_end", **facts)


def _check_codes(rubric: Rubric, faults: FaultList) -> None:
    sections = [((*at, "code"), s.code) for at, s in numbered(("sections",), rubric.sections)]
    items: list[tuple[Path, str]] = [
        ((*below, "code"), item.code)
        for at, section in numbered(("sections",), rubric.sections)
        for below, item in numbered((*at, "items"), section.items)
    ]
    keys = [((*at, "key"), s.key) for at, s in numbered(("sections",), rubric.sections)]
    bands = [((*at, "code"), band.code) for at, band in numbered(("bands",), rubric.bands)]
    bonuses = [((*at, "code"), b.code) for at, b in numbered(("bonuses",), rubric.bonuses)]
    check_form([(("code",), rubric.code), *sections, *items, *bonuses], CODE, faults)
    check_form([*keys, *bands], KEY, faults)
    for group in (sections, items, keys, bands, bonuses):
        check_unique(group, faults)


def _check_sums(rubric: Rubric, faults: FaultList) -> None:
    parts = [(*at, "full") for at, _ in numbered(("sections",), rubric.sections)]
    together = sum(section.full for section in rubric.sections)
    if together != rubric.full and faults.sound(("full",), *parts):
        facts = {"together": plain(together), "full": plain(rubric.full)}
        faults.add(("full",), "sections_do_not_add_up", **facts)


def _check_section(section: Section, at: Path, faults: FaultList) -> None:
    parts = [(*below, "full") for below, _ in numbered((*at, "items"), section.items)]
    together = sum(item.full for item in section.items)
    if not faults.sound((*at, "full"), *parts):
        return
    facts = {"together": plain(together), "full": plain(section.full), "section": section.code}
    if section.over_allocated and together <= section.full:
        faults.add((*at, "over_allocated"), "over_allocated_needlessly", **facts)
    elif together != section.full and not section.over_allocated:
        faults.add((*at, "full"), "section_does_not_add_up", **facts)
