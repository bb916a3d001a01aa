"""Settled problems others can learn from."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from inspection.domain.listing import ListAsked
from inspection.persistence.listing import ListedRows, Listing, SortColumn, listed
from inspection.persistence.searching import Condition
from inspection.persistence.statements import insertion, run


class CaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """A case as it is kept."""

    id: str
    line: str
    store: str
    store_kind: str
    region_path: str
    item: str
    section: str
    title_zh: str
    title_en: str
    section_zh: str
    section_en: str
    problem: str
    requirement: str
    cause: str
    measure: str
    prevention: str
    before_sha256: str
    after_sha256: str
    hours_taken: int
    solved_at: datetime


class KnownCase(CaseRow, frozen=True, kw_only=True):
    """The same with the store's names."""

    store_code: str
    store_name: str


class CasesWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases to list; empty filters leave all."""

    asked: ListAsked
    item: str = ""
    section: str = ""
    store_kind: str = ""


async def add_case(row: CaseRow) -> None:
    """Keep a case, once per line."""
    await run(insertion("solved_case", CaseRow), *msgspec.structs.astuple(row))


async def remove_case(line: str) -> None:
    """Take the case of a line out: how it was settled did not last."""
    await run("DELETE FROM solved_case WHERE line = ?", line)


async def find_case(case: str) -> KnownCase | None:
    """The case with this id."""
    rows = await run(f"{_SELECT} WHERE c.id = ?", case)
    return msgspec.convert(rows[0], KnownCase) if rows else None


async def list_cases(wanted: CasesWanted) -> ListedRows:
    """One page. Raises CursorRefused for a cursor of another order."""
    filters = {
        "c.item": wanted.item,
        "c.section": wanted.section,
        "c.store_kind": wanted.store_kind,
    }
    conditions: list[Condition] = [
        (f" AND {column} = ?", (value,)) for column, value in filters.items() if value
    ]
    return await listed(_CASES, wanted.asked, conditions)


async def sections_of_cases() -> tuple[tuple[str, str, str], ...]:
    """Code and names of every section there is a case of."""
    rows = await run(
        "SELECT section, max(section_zh) AS zh, max(section_en) AS en FROM solved_case"
        " GROUP BY section ORDER BY section"
    )
    return tuple((str(row["section"]), str(row["zh"]), str(row["en"])) for row in rows)


async def near_cases(
    items: Iterable[str], sections: Iterable[str], limit: int
) -> tuple[KnownCase, ...]:
    """The latest cases of each of these items and sections, each once."""
    found: dict[str, KnownCase] = {}
    for column, values in (("item", items), ("section", sections)):
        for value in dict.fromkeys(values):
            rows = await run(
                f"{_SELECT} WHERE c.{column} = ? ORDER BY c.solved_at DESC, c.id LIMIT ?",
                value,
                limit,
            )
            found |= {row.id: row for row in msgspec.convert(rows, tuple[KnownCase, ...])}
    return tuple(found.values())


_SELECT = (
    "SELECT c.*, s.code AS store_code, s.name AS store_name"
    " FROM solved_case c LEFT JOIN store s ON s.id = c.store"
)
"""Every case has its store; an outer join may be left out where cases are only counted."""

_CASES = Listing(
    select=_SELECT,
    search=(
        "c.item",
        "c.title_zh",
        "c.title_en",
        "c.problem",
        "c.requirement",
        "c.cause",
        "c.measure",
        "c.prevention",
    ),
    columns={
        "solved": SortColumn("solved_at", "time"),
        "item": SortColumn("item"),
        "hours": SortColumn("hours_taken", "number"),
    },
    usual="-solved",
    key="c.id",
)
