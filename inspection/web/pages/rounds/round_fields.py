"""The fields of a round's form: as it is kept, and as it was typed."""

from collections.abc import Mapping

from inspection.domain import points
from inspection.domain.points import Hundredths
from inspection.domain.refusals import Fault, RoundRefused, ScheduleRefused
from inspection.domain.rounds.round_plan import VISIT_KINDS
from inspection.services.rounds.round_details import RoundDetail
from inspection.web.pages.refused_forms import RefusedForm

LISTS = frozenset({"rubric"})


def pass_line_of(
    typed: str, refusal: type[RoundRefused] | type[ScheduleRefused]
) -> Hundredths | None:
    """The pass line that was typed, None for none; refused where it is no number."""
    if not typed.strip():
        return None
    try:
        return points.parse(typed.strip())
    except ValueError:
        raise refusal(faults=(Fault("/pass_line", "round.pass_line"),)) from None


def fields_of(found: RoundDetail | None) -> dict[str, list[str]]:
    """Every field of the form as the round says it now; empty for a new one."""
    if found is None:
        return {name: [value] for name, value in _EMPTY.items()} | {"rubric": []}
    entry = found.entry
    single = {
        "code": entry.code,
        "zh": entry.name_zh,
        "en": entry.name_en,
        "theme_zh": entry.theme_zh,
        "theme_en": entry.theme_en,
        "kind": entry.visit_kind,
        "starts_on": entry.starts_on.isoformat(),
        "ends_on": entry.ends_on.isoformat(),
        "min_visits": str(entry.min_visits),
        "pass_line": "" if entry.pass_line is None else points.plain(entry.pass_line),
        "pilot": "on" if entry.pilot else "",
        "disclose_day": "on" if entry.disclose_day else "",
        "hours_kind": entry.hours_kind,
        "release_rule": entry.release_rule,
        "release_day": str(entry.release_day),
        "region": entry.region_path,
        "previous": found.previous,
        "seen": str(entry.revision),
    }
    rubrics = [rubric.digest for rubric in found.rubrics]
    return {name: [value] for name, value in single.items()} | {"rubric": rubrics}


def typed_fields(now: Mapping[str, list[str]], refused: RefusedForm | None) -> dict[str, list[str]]:
    """What the fields show: what was typed, or what is kept. The revision is always the one now:
    whoever saves again has seen what somebody else wrote.
    """
    if refused is None or not refused.fields:
        return dict(now)
    sent = refused.fields
    typed = {name: sent.get(name, [] if name in LISTS else [""]) for name in now}
    typed["rubric"] = [digest for digest in typed["rubric"] if digest]
    return typed | {"seen": now["seen"]}


_EMPTY = {
    "code": "",
    "zh": "",
    "en": "",
    "theme_zh": "",
    "theme_en": "",
    "kind": VISIT_KINDS[0],
    "starts_on": "",
    "ends_on": "",
    "min_visits": "1",
    "pass_line": "",
    "pilot": "",
    "disclose_day": "",
    "hours_kind": "",
    "release_rule": "",
    "release_day": "1",
    "region": "",
    "previous": "",
    "seen": "0",
}
