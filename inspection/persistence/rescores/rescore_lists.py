"""Lists of re-scores and of their cards: searched, sorted, paged."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspection.domain.listing import ListAsked
from inspection.domain.points import Hundredths
from inspection.domain.rescores.rescore import Change
from inspection.domain.rescores.rescore_run import Fate, RescoreState
from inspection.persistence.listing import Listing, SortColumn, listed
from inspection.persistence.people.places import Scope
from inspection.persistence.searching import Condition


class RescoreListed(msgspec.Struct, frozen=True, kw_only=True):
    """A re-score in the list."""

    id: str
    round_code: str
    round_zh: str
    round_en: str
    rubric_code: str
    from_number: int
    to_number: int
    store_kind: str
    region_path: str
    state: RescoreState
    cards: int
    changed: int
    mean: Hundredths | None
    reason: str
    asked_name: str
    asked_at: datetime


class LineListed(msgspec.Struct, frozen=True, kw_only=True):
    """A card in the list of a re-score. `why` is JSON."""

    id: str
    visit: str
    store_code: str
    store_name: str
    region_path: str
    attempt: int
    change: Change
    why: str
    old_total: Hundredths | None
    new_total: Hundredths | None
    difference: int
    old_outcome: str
    new_outcome: str
    old_band: str
    new_band: str
    old_rank: int | None
    new_rank: int | None
    other_facts: bool
    fate: Fate
    late: bool
    differs: bool
    revision: int | None
    notice: str


class RescorePage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of re-scores."""

    rows: tuple[RescoreListed, ...]
    total: int
    sort: str
    next_cursor: str | None


class LinePage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of cards."""

    rows: tuple[LineListed, ...]
    total: int
    sort: str
    next_cursor: str | None


SHOWN: dict[str, Condition] = {
    "changed": (" AND l.change = 'changed'", ()),
    "stuck": (" AND l.change = 'stuck'", ()),
    "same": (" AND l.change = 'same'", ()),
    "differs": (" AND (l.differs OR l.late)", ()),
    "gone": (" AND l.fate IN ('gone', 'locked')", ()),
    "notices": (" AND l.notice = 'disagrees'", ()),
    "all": ("", ()),
}
"""The parts a list of cards can be cut down to."""


async def list_rescores(asked: ListAsked, scope: Scope) -> RescorePage:
    """The re-scores of a part of the tree, latest first unless asked otherwise."""
    found = await listed(_RESCORES, asked, [scope.where("e.region_path")])
    return RescorePage(
        rows=msgspec.convert(found.rows, tuple[RescoreListed, ...]),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
    )


async def list_lines(asked: ListAsked, rescore: str, shown: str) -> LinePage:
    """The cards of a re-score, the largest change first unless asked otherwise."""
    conditions: Sequence[Condition] = [(" AND l.rescore = ?", (rescore,)), SHOWN[shown]]
    found = await listed(_LINES, asked, conditions)
    return LinePage(
        rows=msgspec.convert(found.rows, tuple[LineListed, ...], strict=False),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
    )


_RESCORES = Listing(
    select=(
        "SELECT e.id, r.code AS round_code, r.name_zh AS round_zh, r.name_en AS round_en,"
        " t.code AS rubric_code, f.number AS from_number, t.number AS to_number, e.store_kind,"
        " e.region_path, e.state, e.cards, e.changed, e.mean, e.reason, a.name AS asked_name,"
        " e.asked_at FROM rescore e JOIN round r ON r.id = e.round"
        " JOIN rubric_version f ON f.digest = e.from_version"
        " JOIN rubric_version t ON t.digest = e.to_version JOIN account a ON a.id = e.asked_by"
    ),
    search=("r.code", "r.name_zh", "r.name_en", "t.code", "e.reason", "a.name"),
    columns={
        "asked": SortColumn("asked_at", "time"),
        "round": SortColumn("round_code"),
        "changed": SortColumn("changed", "number"),
    },
    usual="-asked",
)

_LINES = Listing(
    select=(
        "SELECT l.id, l.visit, s.code AS store_code, s.name AS store_name, v.region_path,"
        " l.attempt, l.change, l.why, l.old_total, l.new_total, l.difference, l.size,"
        " l.old_outcome, l.new_outcome, l.old_band, l.new_band, l.old_rank, l.new_rank,"
        " l.other_facts, l.fate, l.late, l.differs, l.revision, l.notice"
        " FROM rescore_line l JOIN visit v ON v.id = l.visit JOIN store s ON s.id = l.store"
    ),
    search=("s.code", "s.name"),
    columns={
        "size": SortColumn("size", "number"),
        "difference": SortColumn("difference", "number"),
        "store": SortColumn("store_code"),
    },
    usual="-size",
)
