"""The form of a schedule: its fields as they are sent, and as they are filled in."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from inspection.domain import points
from inspection.domain.deadline import RoundHours
from inspection.domain.refusals import ScheduleRefused
from inspection.domain.rounds.round_plan import VISIT_KINDS
from inspection.domain.rounds.round_schedule import Recurrence, Rhythm, SchedulePlan
from inspection.domain.rubrics.rubric import Text
from inspection.services.rounds.round_schedules import ScheduleShown
from inspection.web.pages.refused_forms import RefusedForm
from inspection.web.pages.rounds.round_fields import pass_line_of

Name = Annotated[str, Meta(max_length=400)]
Tick = Literal["", "on"]
LISTS = frozenset({"store_kind"})


class ScheduleForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A schedule as the page sends it."""

    code: Annotated[str, Meta(max_length=160)]
    zh: Name
    en: Name
    kind: Annotated[str, Meta(max_length=40)]
    starts_on: date
    recurrence: Recurrence
    days: int
    ahead: int
    min_visits: int
    every: int = 1
    region: Annotated[str, Meta(max_length=80)] = ""
    theme_zh: Name = ""
    theme_en: Name = ""
    pass_line: Annotated[str, Meta(max_length=20)] = ""
    pilot: Tick = ""
    disclose_day: Tick = ""
    hours_kind: RoundHours = ""
    store_kind: tuple[Annotated[str, Meta(max_length=40)], ...] = ()
    seen: int = 0

    def plan(self) -> SchedulePlan:
        """The same as the service is asked. Raises ScheduleRefused for a line that is no number."""
        return SchedulePlan(
            code=self.code.strip(),
            name=Text(self.zh.strip(), self.en.strip()),
            theme=Text(self.theme_zh.strip(), self.theme_en.strip()),
            visit_kind=self.kind,
            region_path=self.region,
            store_kinds=tuple(sorted(set(self.store_kind))),
            min_visits=self.min_visits,
            pass_line=pass_line_of(self.pass_line, ScheduleRefused),
            pilot=bool(self.pilot),
            disclose_day=bool(self.disclose_day),
            hours_kind=self.hours_kind,
            rhythm=Rhythm(
                starts_on=self.starts_on,
                recurrence=self.recurrence,
                every=self.every,
                days=self.days,
                ahead=self.ahead,
            ),
        )


def schedule_fields(found: ScheduleShown | None) -> dict[str, list[str]]:
    """Every field of the form as the schedule says it now; empty for a new one."""
    if found is None:
        return {name: [value] for name, value in _EMPTY.items()} | {"store_kind": []}
    row = found.row
    single = {
        "code": row.code,
        "zh": row.name_zh,
        "en": row.name_en,
        "theme_zh": row.theme_zh,
        "theme_en": row.theme_en,
        "kind": row.visit_kind,
        "region": row.region_path,
        "starts_on": row.starts_on.isoformat(),
        "recurrence": row.recurrence,
        "every": str(row.every),
        "days": str(row.days),
        "ahead": str(row.ahead),
        "min_visits": str(row.min_visits),
        "pass_line": "" if row.pass_line is None else points.plain(row.pass_line),
        "pilot": "on" if row.pilot else "",
        "disclose_day": "on" if row.disclose_day else "",
        "hours_kind": row.hours_kind,
        "seen": str(row.revision),
    }
    kinds = msgspec.json.decode(row.store_kinds, type=list[str])
    return {name: [value] for name, value in single.items()} | {"store_kind": kinds}


def typed_fields(now: dict[str, list[str]], refused: RefusedForm | None) -> dict[str, list[str]]:
    """What the fields show: what was typed, or what is kept; the revision is the one now."""
    if refused is None or "zh" not in refused.fields:
        return dict(now)
    sent = refused.fields
    typed = {name: sent.get(name, [] if name in LISTS else [""]) for name in now}
    return typed | {"seen": now["seen"]}


_EMPTY = {
    "code": "",
    "zh": "",
    "en": "",
    "theme_zh": "",
    "theme_en": "",
    "kind": VISIT_KINDS[0],
    "region": "",
    "starts_on": "",
    "recurrence": Recurrence.QUARTERLY.value,
    "every": "4",
    "days": "28",
    "ahead": "14",
    "min_visits": "1",
    "pass_line": "",
    "pilot": "",
    "disclose_day": "",
    "hours_kind": "",
    "seen": "0",
}
