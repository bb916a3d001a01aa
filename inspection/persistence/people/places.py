"""Names of stores and regions for result pages, and the scope a query is limited to."""

from collections.abc import Iterable
from datetime import date

import msgspec

from inspection.domain.org.region_path import branch_of, code_of, depth, upwards
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.statements import marks, run

_COUNTY = 3
_BRANCH = 2


class RegionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A node of the org tree. `settled`: it is open and has never hung elsewhere."""

    code: str
    path: str
    level: str
    name_zh: str
    name_en: str
    settled: bool = True
    is_open: bool = True

    @property
    def name(self) -> Text:
        """Its name in both languages."""
        return Text(self.name_zh, self.name_en)


class StoreRow(msgspec.Struct, frozen=True, kw_only=True):
    """A store as pages name it."""

    id: str
    code: str
    name: str
    kind: str
    region_path: str
    address: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_verified_on: date | None = None
    state: str = "open"
    closed_on: date | None = None


class Scope(msgspec.Struct, frozen=True):
    """The part of the org tree a query may see; empty means everywhere. `within` is the part the
    caller may see at all; `branches` are those a county has ever hung in.
    """

    path: str = ""
    within: str = ""
    branches: tuple[str, ...] = ()

    def where(self, column: str) -> tuple[str, tuple[str, ...]]:
        """The condition on a column of paths, with its values; begins with AND, or is empty."""
        codes = [code_of(path) for path in (self.path, self._limit) if path]
        return f" AND {column} LIKE ?" * len(codes), tuple(f"%/{code}/%" for code in codes)

    def holds(self, path: str) -> bool:
        """The same condition on one path."""
        return all(f"/{code_of(each)}/" in path for each in (self.path, self._limit) if each)

    def where_standing(self) -> tuple[str, tuple[str, ...]]:
        """The same for standings `t`, which have an index by branch."""
        if depth(self.path) < _BRANCH:
            return self.where("t.region_path")
        branches = self.branches or (branch_of(self.path),)
        by_branch = f" AND t.branch_path IN ({marks(len(branches))})"
        if depth(self.path) < _COUNTY:
            return by_branch, branches
        like, values = self.where("t.region_path")
        return by_branch + like, (*branches, *values)

    @property
    def _limit(self) -> str:
        """What `within` adds: a county may have hung outside of it, a branch never has."""
        return self.within if depth(self.within) >= _BRANCH and self.within != self.path else ""


def touching(path: str, column: str) -> tuple[str, tuple[str, ...]]:
    """The condition that the part of the tree in a column lies in this one or around it, or did
    when a county hung elsewhere; empty in the column means everywhere.
    """
    code = code_of(path)
    return (
        f"({column} = '' OR {column} LIKE ? OR ? LIKE {column} || '%' OR EXISTS"
        " (SELECT 1 FROM former_path f JOIN region g ON g.id = f.region"
        f" WHERE g.code = ? AND f.path LIKE {column} || '%'))",
        (f"%/{code}/%", path, code),
    )


async def root_path() -> str:
    """The path of the whole tree, empty when it has more than one top or none."""
    rows = await run("SELECT path FROM region WHERE parent IS NULL LIMIT 2")
    return str(rows[0]["path"]) if len(rows) == 1 else ""


async def find_region(path: str, within: str = "") -> tuple[RegionRow, Scope] | None:
    """The node at a path, or that once was there, and its scope: everywhere when nothing lies
    outside, so that queries need no condition.
    """
    rows = await run(
        f"{_REGION}, (g.parent IS NULL AND"
        " (SELECT count(*) FROM region o WHERE o.parent IS NULL) = 1) AS whole"
        " FROM region g WHERE g.code = ?",
        code_of(path),
    )
    if not rows:
        return None
    whole = bool(rows[0].pop("whole"))
    region = msgspec.convert(rows[0], RegionRow, strict=False)
    hung = await _hung(region)
    if path not in hung:
        return None
    branches = tuple(sorted({branch_of(each) for each in hung})) if len(hung) > 1 else ()
    scope = Scope() if whole else Scope(path, within=within, branches=branches)
    return msgspec.structs.replace(region, path=path), scope


async def regions_within(path: str, levels: tuple[str, ...]) -> tuple[RegionRow, ...]:
    """The nodes of these levels at or below a path, in order of their codes."""
    condition, values = Scope(path).where("g.path")
    rows = await run(
        f"{_REGION} FROM region g WHERE g.level IN ({marks(len(levels))}){condition}"
        " ORDER BY g.code",
        *levels,
        *values,
    )
    return msgspec.convert(rows, tuple[RegionRow, ...], strict=False)


async def names_of(paths: Iterable[str]) -> dict[str, RegionRow]:
    """The nodes on the way down these paths, by the path as it was written."""
    wanted = {above: code_of(above) for path in paths for above in upwards(path)}
    codes = sorted(set(wanted.values()))
    if not codes:
        return {}
    rows = await run(f"{_REGION} FROM region g WHERE g.code IN ({marks(len(codes))})", *codes)
    known = {row.code: row for row in msgspec.convert(rows, tuple[RegionRow, ...], strict=False)}
    return {
        path: msgspec.structs.replace(known[code], path=path)
        for path, code in wanted.items()
        if code in known
    }


async def names_by_code(codes: Iterable[str]) -> dict[str, Text]:
    """What the regions with these codes are called."""
    wanted = sorted(set(codes))
    if not wanted:
        return {}
    rows = await run(f"{_REGION} FROM region g WHERE g.code IN ({marks(len(wanted))})", *wanted)
    regions = msgspec.convert(rows, tuple[RegionRow, ...], strict=False)
    return {region.code: region.name for region in regions}


async def _hung(region: RegionRow) -> tuple[str, ...]:
    """Where the region is, and where it was before."""
    if region.level != "county":
        return (region.path,)
    rows = await run(
        "SELECT f.path FROM former_path f JOIN region g ON g.id = f.region WHERE g.code = ?",
        region.code,
    )
    return (region.path, *(str(row["path"]) for row in rows))


async def find_store(code: str) -> StoreRow | None:
    """The store with this code."""
    rows = await run(
        f"SELECT {', '.join(StoreRow.__struct_fields__)} FROM store WHERE code = ?",
        code,
    )
    return msgspec.convert(rows[0], StoreRow) if rows else None


_REGION = (
    "SELECT g.code, g.path, g.level, g.name_zh, g.name_en,"
    " g.state = 'open' AS is_open, (g.state = 'open' AND NOT EXISTS"
    " (SELECT 1 FROM former_path f WHERE f.region = g.id)) AS settled"
)
