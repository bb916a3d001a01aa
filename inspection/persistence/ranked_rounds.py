"""Rounds to choose from, and the rubric each uses for a kind of store."""

import msgspec

from inspection.domain.round import Round, RoundState
from inspection.domain.rubric import Text
from inspection.persistence.database_engine import Rows
from inspection.persistence.statements import marks, run


class RoundRubricRow(msgspec.Struct, frozen=True, kw_only=True):
    """The rubric version a round uses for a kind of store."""

    round: str
    store_kind: str
    digest: str


async def list_rounds() -> tuple[Round, ...]:
    """Every round, latest first."""
    return _rounds(await run(f"{_ROUND} ORDER BY starts_on DESC, code DESC"))


async def find_round(code: str) -> Round | None:
    """The round with this code; the latest for an empty one."""
    if not code:
        found = _rounds(await run(f"{_ROUND} ORDER BY starts_on DESC, code DESC LIMIT 1"))
    else:
        found = _rounds(await run(f"{_ROUND} WHERE code = ?", code))
    return found[0] if found else None


async def get_round(round_id: str) -> Round:
    """The round with this id."""
    return _rounds(await run(f"{_ROUND} WHERE id = ?", round_id))[0]


async def rubrics_of(rounds: tuple[str, ...]) -> tuple[RoundRubricRow, ...]:
    """What these rounds score by, in order of the kinds."""
    if not rounds:
        return ()
    rows = await run(
        "SELECT round, store_kind, rubric_version AS digest FROM round_rubric"
        f" WHERE round IN ({marks(len(rounds))}) ORDER BY round, store_kind",
        *rounds,
    )
    return msgspec.convert(rows, tuple[RoundRubricRow, ...])


def _rounds(rows: Rows) -> tuple[Round, ...]:
    return tuple(
        Round(
            id=row["id"],
            code=row["code"],
            name=Text(row["name_zh"], row["name_en"]),
            visit_kind=row["visit_kind"],
            state=RoundState(row["state"]),
            min_visits=row["min_visits"],
            disclose_day=bool(row["disclose_day"]),
            previous=row["previous"],
        )
        for row in rows
    )


_ROUND = (
    "SELECT id, code, name_zh, name_en, visit_kind, state, min_visits, disclose_day, previous"
    " FROM round"
)
