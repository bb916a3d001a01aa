"""What each inspector took off by each item, county by county: kept beside the tallies."""

from collections.abc import Sequence

import msgspec

from inspection.domain.analyses.calibration import JudgedItem, Judgements
from inspection.persistence.counted_visits import IN_COUNT
from inspection.persistence.rankings.ranking_facts import Stores, among, standing_where
from inspection.persistence.rankings.tallies import THIS_TALLY, TallyKey
from inspection.persistence.statements import marks, run

_Kept = dict[str, tuple[JudgedItem, ...]]
_KEPT = msgspec.json.Decoder(_Kept)
_NOTHING = msgspec.json.encode({}).decode()


async def judgements(of: Stores, paths: Sequence[str] | None) -> dict[str, Judgements]:
    """By the county the round counts the store in: as they are kept, and counted from the visits
    where a result is newer than what is kept.
    """
    where, values = among("t.region_path", paths)
    owned, own = (" AND t.ownership = ?", (of.ownership,)) if of.ownership else ("", ())
    rows = await run(
        "SELECT t.region_path AS path, t.judged FROM round_tally t WHERE t.round = ?"
        f" AND t.store_kind = ?{where}{owned}",
        *(of.round, of.kind, *values, *own),
    )
    stale = sorted({str(row["path"]) for row in rows if not row["judged"]})
    found = await judged_in_visits(of, stale) if stale else {}
    for row in rows:
        if row["path"] not in stale:
            kept = _KEPT.decode(row["judged"])
            # Own stores and those of partners are kept apart.
            found[row["path"]] = _joined(found.get(row["path"], {}), kept)
    return found


async def judged_in_visits(of: Stores, paths: Sequence[str]) -> dict[str, Judgements]:
    """The same from the visits alone, in these counties. An item counts where it was scored."""
    where, values = standing_where(of, paths)
    rows = await run(
        "SELECT t.region_path AS path, v.inspector, va.item, count(*) AS times,"
        ' CAST(sum(va."full") AS BIGINT) AS "full", CAST(sum(va.lost) AS BIGINT) AS lost'
        " FROM standing t JOIN visit v ON v.round = t.round AND v.store = t.store"
        f" AND v.{IN_COUNT} JOIN visit_answer va ON va.visit = v.id"
        " AND va.verdict IN ('pass', 'loss') AND va.\"full\" > 0"
        f" WHERE t.round = ? AND t.store_kind = ?{where}"
        " GROUP BY t.region_path, v.inspector, va.item",
        *(of.round, of.kind, *values),
    )
    found: dict[str, dict[str, list[JudgedItem]]] = {}
    for row in rows:
        judged = JudgedItem(row["item"], int(row["times"]), int(row["full"]), int(row["lost"]))
        found.setdefault(row["path"], {}).setdefault(row["inspector"], []).append(judged)
    return {
        path: {who: tuple(items) for who, items in county.items()} for path, county in found.items()
    }


async def stale_judgements(most: int) -> tuple[TallyKey, ...]:
    """Counties with a result that is newer than what is kept of their inspectors."""
    rows = await run(
        "SELECT t.round, t.store_kind, t.ownership, t.region_path FROM round_tally t"
        " WHERE t.judged = '' ORDER BY t.id DESC LIMIT ?",
        most,
    )
    return msgspec.convert(rows, tuple[TallyKey, ...])


async def write_judgements(key: TallyKey, judged: Judgements) -> None:
    """Keep them beside the tally, which the caller holds."""
    text = msgspec.json.encode(judged).decode() if judged else _NOTHING
    await run(
        f"UPDATE round_tally AS t SET judged = ? WHERE {THIS_TALLY}",
        *(text, *msgspec.structs.astuple(key)),
    )


async def pseudonyms(accounts: Sequence[str]) -> dict[str, str]:
    """How these people are called where their names must not be."""
    if not accounts:
        return {}
    rows = await run(
        f"SELECT id, pseudonym FROM account WHERE id IN ({marks(len(accounts))})", *accounts
    )
    return {str(row["id"]): str(row["pseudonym"]) for row in rows}


def _joined(one: Judgements, other: Judgements) -> Judgements:
    if not one:
        return other
    return {who: one.get(who, ()) + other.get(who, ()) for who in {*one, *other}}
