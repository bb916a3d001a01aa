"""The visits a re-score is about, with all a judgement on them follows from, and what it writes."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

import msgspec

from inspection.persistence.counted_visits import IN_COUNT
from inspection.persistence.locking import for_update_clause
from inspection.persistence.people.places import Scope
from inspection.persistence.statements import marks, run, write


class VisitsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which visits: those of a round, in a part of the tree, scored by a version, that count or
    wait for their review.
    """

    round: str
    version: str
    scope: Scope


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a walk through the visits has come to."""

    store: str = ""
    visit: str = ""


class VisitToJudge(msgspec.Struct, frozen=True, kw_only=True):
    """A visit with its latest card, its first one where that is another, and what was sent."""

    visit: str
    store: str
    region_path: str
    state: str
    attempt: int
    flags: str
    features: str
    revision: int
    card: str
    first_card: str | None
    submission: str


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What of a published visit its store's place follows from."""

    visit: str
    store: str
    total: int
    vetoed: bool
    rankable: bool


class VisitScore(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a visit's row that a judgement decides."""

    rubric_version: str
    total: int | None
    ordering: int | None
    lost: int
    outcome: str
    band: str
    rankable: bool
    flags: str


class RoundFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What of a round a judgement depends on."""

    starts_on: date


T = TypeVar("T")


async def count_visits(wanted: VisitsWanted) -> int:
    """How many there are."""
    where, values = _which(wanted)
    rows = await run(f"SELECT count(*) AS n FROM visit v WHERE {where}", *values)
    return int(rows[0]["n"])


async def visits_after(wanted: VisitsWanted, after: Place, limit: int) -> tuple[VisitToJudge, ...]:
    """Some of them, store by store, beyond a place."""
    where, values = _which(wanted)
    rows = await run(
        f"{_VISIT} WHERE {where} AND (v.store, v.id) > (?, ?) ORDER BY v.store, v.id LIMIT ?",
        *values,
        after.store,
        after.visit,
        limit,
    )
    return msgspec.convert(rows, tuple[VisitToJudge, ...])


async def unsettled(
    wanted: VisitsWanted, rescore: str, after: Place, limit: int
) -> tuple[Place, ...]:
    """Where some of them are that the re-score has not settled yet, beyond a place."""
    where, values = _which(wanted)
    rows = await run(
        f"SELECT v.store, v.id AS visit FROM visit v WHERE {where} AND (v.store, v.id) > (?, ?)"
        " AND NOT EXISTS (SELECT 1 FROM rescore_line l"
        " WHERE l.rescore = ? AND l.visit = v.id AND l.fate <> 'waiting')"
        " ORDER BY v.store, v.id LIMIT ?",
        *values,
        after.store,
        after.visit,
        rescore,
        limit,
    )
    return tuple(Place(str(row["store"]), str(row["visit"])) for row in rows)


async def lock_visits(wanted: VisitsWanted, at: Sequence[Place]) -> tuple[VisitToJudge, ...]:
    """The visits at these places, held until the transaction ends; those that are still wanted."""
    where, values = _which(wanted)
    visits = sorted(place.visit for place in at)
    listed = marks(len(visits))
    await run(
        f"SELECT id FROM visit WHERE id IN ({listed}) ORDER BY id" + for_update_clause(), *visits
    )
    # Read again: somebody may have returned one while we waited for it.
    rows = await run(
        f"{_VISIT} WHERE {where} AND v.id IN ({listed}) ORDER BY v.store, v.id", *values, *visits
    )
    return msgspec.convert(rows, tuple[VisitToJudge, ...])


async def find_to_judge(visit: str) -> VisitToJudge | None:
    """One visit with all a judgement on it follows from."""
    rows = await run(f"{_VISIT} WHERE v.id = ?", visit)
    return msgspec.convert(rows[0], VisitToJudge) if rows else None


async def left_behind(wanted: VisitsWanted, rescore: str) -> tuple[int, int]:
    """How many visits came since the dry run, and how many it saw are not among them any more."""
    where, values = _which(wanted)
    rows = await run(
        f"SELECT (SELECT count(*) FROM visit v WHERE {where} AND NOT EXISTS"
        " (SELECT 1 FROM rescore_line l WHERE l.rescore = ? AND l.visit = v.id)) AS late,"
        " (SELECT count(*) FROM rescore_line l JOIN visit v ON v.id = l.visit"
        f" WHERE l.rescore = ? AND NOT ({where} AND v.attempt = l.attempt)) AS gone",
        *values,
        rescore,
        rescore,
        *values,
    )
    return int(rows[0]["late"]), int(rows[0]["gone"])


async def round_facts(round_id: str) -> RoundFacts:
    """What of a round a judgement depends on."""
    rows = await run("SELECT starts_on FROM round WHERE id = ?", round_id)
    return msgspec.convert(rows[0], RoundFacts, strict=False)


async def published(round_id: str, store_kind: str) -> tuple[Standing, ...]:
    """Every visit whose result counts in a ranked list."""
    rows = await run(
        "SELECT v.id AS visit, v.store, v.total, (v.outcome = 'vetoed') AS vetoed, v.rankable"
        " FROM standing t JOIN visit v ON v.round = t.round AND v.store = t.store"
        f" WHERE t.round = ? AND t.store_kind = ? AND v.{IN_COUNT}"
        " AND v.total IS NOT NULL",
        round_id,
        store_kind,
    )
    return msgspec.convert(rows, tuple[Standing, ...], strict=False)


async def write_score(visit: str, score: VisitScore) -> None:
    """Let another judgement count for a visit."""
    await write(_WRITE_SCORE, *msgspec.structs.astuple(score), visit)


def _which(wanted: VisitsWanted) -> tuple[str, tuple[object, ...]]:
    where, values = wanted.scope.where("v.region_path")
    return (
        "v.round = ? AND v.rubric_version = ? AND v.state IN ('submitted', 'approved', 'published')"
        + where,
        (wanted.round, wanted.version, *values),
    )


_VISIT = (
    "SELECT v.id AS visit, v.store, v.region_path, v.state, v.attempt, v.flags, s.features,"
    " c.revision, c.body AS card, f.body AS first_card, su.body AS submission"
    " FROM visit v JOIN store s ON s.id = v.store"
    " JOIN submission su ON su.visit = v.id AND su.attempt = v.attempt"
    " JOIN visit_scorecard c ON c.visit = v.id AND c.attempt = v.attempt AND c.revision ="
    " (SELECT max(k.revision) FROM visit_scorecard k"
    " WHERE k.visit = v.id AND k.attempt = v.attempt)"
    " LEFT JOIN visit_scorecard f ON f.visit = v.id AND f.attempt = v.attempt"
    " AND f.revision = 1 AND c.revision > 1"
)

_WRITE_SCORE = (
    f"UPDATE visit SET {', '.join(f'{name} = ?' for name in VisitScore.__struct_fields__)}"
    " WHERE id = ?"
)
