"""Names of stores and regions for result pages, and the scope a query is limited to."""

from collections.abc import Iterable

import msgspec

from inspection.domain.region_path import branch_of, depth, upwards
from inspection.domain.rubric import Text
from inspection.persistence.statements import marks, run

_COUNTY = 3
_BRANCH = 2


class RegionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A node of the org tree."""

    code: str
    path: str
    level: str
    name_zh: str
    name_en: str

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


class Scope(msgspec.Struct, frozen=True):
    """The part of the org tree a query may see; empty means everywhere."""

    path: str = ""

    @property
    def branch(self) -> str | None:
        """The branch the scope lies in, or None above the branches."""
        return branch_of(self.path) if self.path and depth(self.path) >= _BRANCH else None

    def where(self, column: str) -> tuple[str, tuple[str, ...]]:
        """The condition on a column of paths, with its values; begins with AND, or is empty."""
        if not self.path:
            return "", ()
        # LIKE, not a range: PostgreSQL's collations do not sort "/" where bytes do.
        return f" AND {column} LIKE ?", (f"{self.path}%",)

    def where_standing(self, alias: str) -> tuple[str, tuple[str, ...]]:
        """The same for standings, which have an index by branch."""
        if self.branch is None:
            return self.where(f"{alias}.region_path")
        by_branch = f" AND {alias}.branch_path = ?"
        if depth(self.path) < _COUNTY:
            return by_branch, (self.branch,)
        like, values = self.where(f"{alias}.region_path")
        return by_branch + like, (self.branch, *values)


def touching(path: str, column: str) -> tuple[str, tuple[str, ...]]:
    """The condition that the part of the tree in a column lies in this one or around it; empty in
    the column means everywhere.
    """
    return (
        f"({column} = '' OR {column} LIKE ? OR ? LIKE {column} || '%')",
        (f"{path}%", path),
    )


async def root_path() -> str:
    """The path of the whole tree, empty when it has more than one top or none."""
    rows = await run("SELECT path FROM region WHERE parent IS NULL LIMIT 2")
    return str(rows[0]["path"]) if len(rows) == 1 else ""


async def find_region(path: str) -> tuple[RegionRow, Scope] | None:
    """The node at a path and its scope: everywhere when nothing lies outside, so that queries need
    no condition.
    """
    rows = await run(
        "SELECT code, path, level, name_zh, name_en, (parent IS NULL AND"
        " (SELECT count(*) FROM region o WHERE o.parent IS NULL) = 1) AS whole"
        " FROM region WHERE path = ?",
        path,
    )
    if not rows:
        return None
    whole = bool(rows[0].pop("whole"))
    return msgspec.convert(rows[0], RegionRow), Scope() if whole else Scope(path)


async def regions_within(path: str, levels: tuple[str, ...]) -> tuple[RegionRow, ...]:
    """The nodes of these levels at or below a path, in order of their codes."""
    condition, values = Scope(path).where("path")
    rows = await run(
        f"{_REGION} WHERE level IN ({marks(len(levels))}){condition} ORDER BY code",
        *levels,
        *values,
    )
    return msgspec.convert(rows, tuple[RegionRow, ...])


async def names_of(paths: Iterable[str]) -> dict[str, RegionRow]:
    """The nodes at these paths and above them, by path."""
    wanted = sorted({above for path in paths for above in upwards(path)})
    if not wanted:
        return {}
    rows = await run(f"{_REGION} WHERE path IN ({marks(len(wanted))})", *wanted)
    return {row.path: row for row in msgspec.convert(rows, tuple[RegionRow, ...])}


async def find_store(code: str) -> StoreRow | None:
    """The store with this code."""
    rows = await run(
        "SELECT id, code, name, kind, region_path, address, contact_name, contact_phone"
        " FROM store WHERE code = ?",
        code,
    )
    return msgspec.convert(rows[0], StoreRow) if rows else None


_REGION = "SELECT code, path, level, name_zh, name_en FROM region"
