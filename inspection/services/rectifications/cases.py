"""The library of solved cases. Whose case it was is told inside the reader's own part only."""

from datetime import datetime
from typing import Literal

import msgspec

from inspection.domain.access import Action, Actor, Place, StoreId, may
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import NotFound
from inspection.domain.rubrics.rubric import Text
from inspection.domain.table import Row
from inspection.persistence.rectifications import solved_cases
from inspection.persistence.rectifications.solved_cases import CasesWanted, KnownCase
from inspection.services.exports import Export, headings_of, pages_of
from inspection.services.people.places import Map, StoreLabel, map_of
from inspection.services.reach import check_granted
from inspection.services.tools import Tools
from inspection.wording import Language, say

Side = Literal["before", "after"]


class ToldCase(msgspec.Struct, frozen=True, kw_only=True):
    """A case; `store` only for those who look after it, or belong to it."""

    id: str
    item: str
    title: Text
    section: Text
    store_kind: str
    store: StoreLabel | None
    problem: str
    requirement: str
    cause: str
    measure: str
    prevention: str
    hours_taken: int
    solved_at: datetime


class CaseList(msgspec.Struct, frozen=True, kw_only=True):
    """One page of cases, and the sections there are cases of."""

    rows: tuple[ToldCase, ...]
    total: int
    sort: str
    next_cursor: str | None
    sections: tuple[tuple[str, Text], ...]


async def case_list(actor: Actor, wanted: CasesWanted) -> CaseList:
    """A page of the library, the same cases for everybody who may read it."""
    check_granted(actor, Action.NOTICE_READ)
    found = await solved_cases.list_cases(wanted)
    rows = msgspec.convert(found.rows, tuple[KnownCase, ...])
    names = await map_of(row.region_path for row in rows)
    return CaseList(
        rows=tuple(told_case(actor, row, names) for row in rows),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
        sections=tuple(
            (code, Text(zh, en)) for code, zh, en in await solved_cases.sections_of_cases()
        ),
    )


async def case_of(actor: Actor, case: str) -> ToldCase:
    """One case. Raises NotFound."""
    row = await _found(actor, case)
    return told_case(actor, row, await map_of([row.region_path]))


async def case_photo(tools: Tools, actor: Actor, case: str, side: Side) -> bytes:
    """The clean copy of the photo from before or after."""
    row = await _found(actor, case)
    return await tools.photos.get(row.before_sha256 if side == "before" else row.after_sha256)


def case_export(actor: Actor, wanted: CasesWanted, language: Language) -> Export:
    """The library as a file, with the filters of the list."""

    async def find(part: ListAsked) -> CaseList:
        return await case_list(actor, msgspec.structs.replace(wanted, asked=part))

    headings = headings_of(_COLUMNS, language)
    pages = pages_of(wanted.asked, find, _exported, language)
    return Export("case", "cases", say(language, "nav.cases"), headings, pages)


def told_case(actor: Actor, row: KnownCase, names: Map) -> ToldCase:
    """A case as this reader may know it."""
    place = Place(region_path=row.region_path, store=StoreId(row.store))
    label = names.store(row.store_code, row.store_name, row.store_kind, row.region_path)
    return ToldCase(
        id=row.id,
        item=row.item,
        title=Text(row.title_zh, row.title_en),
        section=Text(row.section_zh, row.section_en),
        store_kind=row.store_kind,
        store=label if may(actor, Action.NOTICE_READ, place) else None,
        problem=row.problem,
        requirement=row.requirement,
        cause=row.cause,
        measure=row.measure,
        prevention=row.prevention,
        # Those of an earlier version were rounded down to none.
        hours_taken=max(1, row.hours_taken),
        solved_at=row.solved_at,
    )


_COLUMNS = (
    "item_code",
    "item",
    "section",
    "store_kind",
    "store",
    "problem",
    "requirement",
    "cause",
    "measure",
    "prevention",
    "solved_at",
)


async def _found(actor: Actor, case: str) -> KnownCase:
    check_granted(actor, Action.NOTICE_READ)
    row = await solved_cases.find_case(case)
    if row is None:
        raise NotFound(noun="case")
    return row


def _exported(row: ToldCase, language: Language) -> Row:
    return (
        row.item,
        row.title.of(language.value),
        row.section.of(language.value),
        say(language, f"paper.store_kind.{row.store_kind}"),
        row.store.name if row.store else "",
        row.problem,
        row.requirement,
        row.cause,
        row.measure,
        row.prevention,
        row.solved_at,
    )
