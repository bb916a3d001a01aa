"""Rounds to choose from, and the rubric each uses for a kind of store."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from inspection.domain.rounds.round import BEGUN, Round, RoundState
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.people.places import touching
from inspection.persistence.statements import marks, run


class RubricUse(msgspec.Struct, frozen=True, kw_only=True):
    """A rubric version by its kind of store; where a round asked about uses it, round and kind."""

    digest: str
    store_kind: str
    round: str | None
    used_for: str | None


async def list_rounds(path: str = "") -> tuple[Round, ...]:
    """Every round that has begun and touches a part of the tree, latest first, those without
    results last. What is still being
    planned has no results.
    """
    touching, values = _touching(path)
    rows = await run(
        f"SELECT {_columns('r')} FROM round r WHERE {_BEGUN}{touching}{_LATEST_FIRST}", *values
    )
    return tuple(_round(row) for row in rows)


async def find_round(code: str, path: str = "") -> tuple[Round, Round | None] | None:
    """The round with this code, the latest for an empty one, and the round it looks back on. Only
    rounds that have begun and touch that part of the tree.
    """
    touching, values = _touching(path)
    which = f" WHERE {_BEGUN}" + (" AND r.code = ?" if code else "")
    rows = await run(
        f"SELECT {_columns('r')}, {_columns('p', 'p_')} FROM round r"
        f" LEFT JOIN round p ON p.id = r.previous{which}{touching}{_LATEST_FIRST} LIMIT 1",
        *((code,) if code else ()),
        *values,
    )
    if not rows:
        return None
    before = {key[2:]: value for key, value in rows[0].items() if key.startswith("p_")}
    return _round(rows[0]), _round(before) if before["id"] is not None else None


async def first_days(rounds: tuple[str, ...]) -> dict[str, date]:
    """When each of these rounds, of which there is at least one, began or begins."""
    rows = await run(
        f"SELECT id, CAST(starts_on AS TEXT) AS day FROM round WHERE id IN ({marks(len(rounds))})",
        *rounds,
    )
    return {str(row["id"]): date.fromisoformat(row["day"]) for row in rows}


async def rubrics_of(rounds: tuple[str, ...]) -> tuple[RubricUse, ...]:
    """Every rubric version with the rounds of these that use it, in order of the kinds."""
    # PostgreSQL knows no empty list; no round has an empty id.
    wanted = rounds or ("",)
    rows = await run(
        "SELECT rv.digest, rv.store_kind, u.round, u.store_kind AS used_for"
        " FROM rubric_version rv LEFT JOIN round_rubric u"
        f" ON u.rubric_version = rv.digest AND u.round IN ({marks(len(wanted))})"
        " ORDER BY u.store_kind, rv.digest, u.round",
        *wanted,
    )
    return msgspec.convert(rows, tuple[RubricUse, ...])


def _touching(path: str) -> tuple[str, tuple[str, ...]]:
    if not path:
        return "", ()
    condition, values = touching(path, "r.region_path")
    return f" AND {condition}", values


def _columns(alias: str, prefix: str = "") -> str:
    return ", ".join(f"{alias}.{name} AS {prefix}{name}" for name in _FIELDS)


def _round(row: Mapping[str, Any]) -> Round:
    return Round(
        id=row["id"],
        code=row["code"],
        name=Text(row["name_zh"], row["name_en"]),
        visit_kind=row["visit_kind"],
        state=RoundState(row["state"]),
        min_visits=row["min_visits"],
        disclose_day=bool(row["disclose_day"]),
        previous=row["previous"],
        pilot=bool(row["pilot"]),
        pass_line=row["pass_line"],
        region_path=row["region_path"],
    )


_FIELDS = (
    "id",
    "code",
    "name_zh",
    "name_en",
    "visit_kind",
    "state",
    "min_visits",
    "disclose_day",
    "previous",
    "pilot",
    "pass_line",
    "region_path",
)
_BEGUN = f"r.state IN ({', '.join(repr(state.value) for state in BEGUN)})"
_LATEST_FIRST = (
    # The first by the index is asked for: for any, PostgreSQL reads standings until it meets one.
    " ORDER BY CASE WHEN (SELECT x.store FROM standing x WHERE x.round = r.id"
    " ORDER BY x.store LIMIT 1) IS NULL"
    " THEN 1 ELSE 0 END,"
    " r.starts_on DESC, r.code DESC"
)
"""A round nobody was scored in yet comes after those with results: it must not take their place as
the one that is shown when none is asked for.
"""
