"""Rounds as an inspector sees them, and what the last locked one found."""

from collections.abc import Sequence
from datetime import date

import msgspec

from inspection.domain.scoring.answers import NOTHING_EARLIER, EarlierFindings
from inspection.persistence.statements import marks, run


class RoundProgress(msgspec.Struct, frozen=True, kw_only=True):
    """A round with how many of somebody's assignments in it were submitted."""

    code: str
    name_zh: str
    name_en: str
    starts_on: date
    ends_on: date
    submitted: int
    total: int


class LostBefore(msgspec.Struct, frozen=True, kw_only=True):
    """An item that lost marks at a store in a locked round, in how many visits."""

    store: str
    rubric_code: str
    round: str
    item: str
    count: int


_LEFT = "count(CASE WHEN a.state IN ('open', 'returned') THEN 1 END)"


async def list_progress(inspector: str) -> tuple[RoundProgress, ...]:
    """The open rounds of the inspector's assignments: those with something left to do by their
    beginning, then the others, the latest first.
    """
    rows = await run(
        "SELECT r.code, r.name_zh, r.name_en, r.starts_on, r.ends_on, count(*) AS total,"
        " count(CASE WHEN a.state IN ('submitted', 'done') THEN 1 END) AS submitted"
        " FROM assignment a JOIN round r ON r.id = a.round"
        " WHERE a.inspector = ? AND a.state <> 'cancelled' AND r.state = 'open'"
        " GROUP BY r.id, r.code, r.name_zh, r.name_en, r.starts_on, r.ends_on"
        f" ORDER BY CASE WHEN {_LEFT} = 0 THEN 1 ELSE 0 END,"
        f" CASE WHEN {_LEFT} > 0 THEN r.starts_on END, r.starts_on DESC, r.code",
        inspector,
    )
    return msgspec.convert(rows, tuple[RoundProgress, ...])


async def earlier_findings(store: str, rubric_code: str, before: date) -> EarlierFindings:
    """What still stands of the last locked round of this rubric at a store."""
    found = [
        lost for lost in await lost_before((store,), before) if lost.rubric_code == rubric_code
    ]
    if not found:
        return NOTHING_EARLIER
    return EarlierFindings(round=found[0].round, items=tuple(lost.item for lost in found))


async def lost_before(stores: Sequence[str], before: date) -> tuple[LostBefore, ...]:
    """For each store and rubric the items that lost marks in the last round locked before a day. A
    pilot is no precedent: nothing is added for what it found.
    """
    rows = await run(
        "WITH locked AS (SELECT v.id, v.store, rv.code AS rubric_code, r.code AS round,"
        " dense_rank() OVER (PARTITION BY v.store, rv.code ORDER BY r.ends_on DESC, r.code DESC)"
        " AS age FROM visit v JOIN round r ON r.id = v.round"
        " JOIN rubric_version rv ON rv.digest = v.rubric_version"
        f" WHERE v.store IN ({marks(len(stores))}) AND v.state = 'locked' AND r.state = 'locked'"
        " AND r.starts_on < ? AND NOT r.pilot)"
        " SELECT l.store, l.rubric_code, l.round, va.item, count(*) AS count FROM locked l"
        " JOIN visit_answer va ON va.visit = l.id AND va.lost > 0 WHERE l.age = 1"
        " GROUP BY l.store, l.rubric_code, l.round, va.item ORDER BY l.store, va.item",
        *stores,
        before,
    )
    return msgspec.convert(rows, tuple[LostBefore, ...])
