"""Which stores a round sends somebody to and how far they are, county by county."""

from collections.abc import Sequence

import msgspec

from inspection.persistence.packing import packed, texts
from inspection.persistence.rankings.ranking_facts import Paths, Stores, owned_by
from inspection.persistence.statements import marks, run

PENDING = ("submitted", "returned", "open")
"""States of assignments somebody still has to do something about, nearest to a result first."""


class Assigned(msgspec.Struct, frozen=True):
    """Stores of a county, each once in each number: those with an assignment that stands, and those
    with one in each of the states of `PENDING`.
    """

    expected: int = 0
    submitted: int = 0
    returned: int = 0
    open: int = 0


async def assigned(of: Stores, digests: Sequence[str], paths: Paths) -> dict[str, Assigned]:
    """Counties without such a store are left out. Assignments pin one of the rubric versions of
    these digests, which tells the kind of store.
    """
    if paths is None:
        return await _everywhere(of, digests)
    here = marks(len(paths))
    owned, own = owned_by(of, "a.store")
    rows = await run(
        # One look-up per store, which a join leaves to the planner.
        "SELECT e.path, e.told, count(*) AS n FROM (SELECT c.path, (SELECT"
        f" max(CASE WHEN {_pinned(digests)} THEN 1 ELSE 0 END){_STATES} FROM assignment a"
        f" WHERE a.round = ? AND a.state <> 'cancelled'{owned} AND a.store = c.id) AS told"
        f" FROM ({_STORES.format(here)}) c) e GROUP BY e.path, e.told",
        *(*digests, of.round, *own),
        *(of.kind, *paths, of.round, of.round, of.kind, *paths),
    )
    told: dict[str, dict[int, int]] = {}
    for row in rows:
        if row["told"] is not None:
            told.setdefault(str(row["path"]), {})[int(row["told"])] = int(row["n"])
    return {path: _added(numbers) for path, numbers in told.items()}


async def _everywhere(of: Stores, digests: Sequence[str]) -> dict[str, Assigned]:
    rows = await run(
        f"SELECT CASE WHEN {_pinned(digests)} THEN 1 ELSE 0 END AS pinned, a.state,"
        f" {packed('a.store')} AS stores FROM assignment a"
        " WHERE a.round = ? AND a.state <> 'cancelled' GROUP BY 1, 2",
        *(*digests, of.round),
    )
    expected = set[str]()
    pending: dict[str, set[str]] = {state: set() for state in PENDING}
    for row in rows:
        stores = texts(row["stores"])
        if row["pinned"]:
            expected.update(stores)
        if row["state"] in pending:
            pending[row["state"]].update(stores)
    found = {
        path: Assigned(*(len(here & each) for each in (expected, *pending.values())))
        for path, here in (await _stores_by_county(of)).items()
    }
    return {path: counted for path, counted in found.items() if counted != _NOBODY}


async def _stores_by_county(of: Stores) -> dict[str, set[str]]:
    owned, own = (" AND s.ownership = ?", (of.ownership,)) if of.ownership else ("", ())
    moved = "SELECT p.store FROM round_place p WHERE p.round = ?"
    rows = await run(
        f"SELECT s.region_path AS path, {packed('s.id')} AS stores FROM store s WHERE s.kind = ?"
        f"{owned} AND s.id NOT IN ({moved}) GROUP BY s.region_path UNION ALL"
        f" SELECT p.region_path, {packed('s.id')} FROM round_place p"
        f" JOIN store s ON s.id = p.store AND s.kind = ?{owned} WHERE p.round = ?"
        " GROUP BY p.region_path",
        *(of.kind, *own, of.round, of.kind, *own, of.round),
    )
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(str(row["path"]), set()).update(texts(row["stores"]))
    return found


def _pinned(digests: Sequence[str]) -> str:
    return f"a.rubric_version IN ({marks(len(digests))})"


def _added(numbers: dict[int, int]) -> Assigned:
    """How many stores have each of the marks, from how many have which marks together."""
    return Assigned(
        *(
            sum(number for told, number in numbers.items() if told & mark)
            for mark in (1, *_MARKS.values())
        )
    )


_NOBODY = Assigned()
_MARKS = {state: 2 << place for place, state in enumerate(PENDING)}
_STATES = "".join(
    f" + max(CASE WHEN a.state = '{state}' THEN {mark} ELSE 0 END)"
    for state, mark in _MARKS.items()
)
"""What a store's assignments tell of it in one number, beside 1 for any that stands."""

_STORES = (
    "SELECT s.id, s.region_path AS path FROM store s WHERE s.kind = ? AND s.region_path IN ({0})"
    " AND NOT EXISTS (SELECT 1 FROM round_place p WHERE p.round = ? AND p.store = s.id)"
    " UNION ALL SELECT s.id, p.region_path FROM round_place p JOIN store s ON s.id = p.store"
    " WHERE p.round = ? AND s.kind = ? AND p.region_path IN ({0})"
)
"""Stores the round counts in some counties: those that are there, and those that were."""
