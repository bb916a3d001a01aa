"""Tallies of counties in rounds, and the part each standing has in them."""

from collections.abc import Iterable

import msgspec

from inspection.domain.rankings.tally import Heads, LostItem, SectionSums, Tally
from inspection.persistence.counted_visits import IN_COUNT
from inspection.persistence.locking import for_update_clause
from inspection.persistence.people.places import Scope
from inspection.persistence.rounds.round_places import JOIN, PLACE
from inspection.persistence.statements import marks, run


class TallyKey(msgspec.Struct, frozen=True, order=True):
    """Whose tally: the stores of one kind and ownership in a county, in a round."""

    round: str
    store_kind: str
    ownership: str
    region_path: str


class Part(msgspec.Struct, frozen=True):
    """What a standing adds, and to which tally."""

    key: TallyKey
    tally: Tally


class TallyRow(msgspec.Struct, frozen=True, kw_only=True):
    """The tally of a county."""

    round: str
    region_path: str
    tally: Tally


class TallyWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which tallies: of some rounds, one kind of store, maybe one ownership, a part of the tree."""

    rounds: tuple[str, ...]
    store_kind: str
    ownership: str = ""
    scope: Scope = Scope()


_TALLY = msgspec.json.Decoder(Tally)
_SECTIONS = msgspec.json.Decoder(SectionSums)
_HEADS = msgspec.json.Decoder(Heads)


async def hold_tallies(round_id: str, store: str) -> TallyKey:
    """Hold every tally a new result of the store can change, until the transaction ends; the one it
    belongs to now is the answer. To be called before its standing is held: whoever holds a standing
    waits for nothing here.
    """
    rows = await run(
        f"SELECT ? AS round, s.kind AS store_kind, s.ownership, {PLACE} AS region_path FROM store s"
        f"{JOIN.format('?')} WHERE s.id = ?",
        *(round_id, round_id, store),
    )
    own = msgspec.convert(rows[0], TallyKey)
    around = await run(
        f"SELECT {_KEY} FROM standing t WHERE t.store = ? AND (t.round = ? OR t.round IN"
        " (SELECT id FROM round WHERE previous = ?))",
        *(store, round_id, round_id),
    )
    for key in sorted({own, *msgspec.convert(around, list[TallyKey])}):
        await hold_tally(key)
    return own


async def part_of(round_id: str | None, store: str) -> Part | None:
    """The part of a store in a round; None before it had a result there."""
    rows = await run(
        f"SELECT {_KEY}, t.part FROM standing t WHERE t.round = ? AND t.store = ? AND t.part <> ''",
        *(round_id, store),
    )
    return _part(rows[0]) if rows else None


async def parts_after(round_id: str, store: str) -> tuple[Part, ...]:
    """The parts of the store in the rounds that look back on this one."""
    rows = await run(
        f"SELECT {_KEY}, t.part FROM standing t WHERE t.store = ? AND t.part <> '' AND t.round IN"
        " (SELECT id FROM round WHERE previous = ?) ORDER BY t.id",
        *(store, round_id),
    )
    return tuple(_part(row) for row in rows)


async def write_part(key: TallyKey, store: str, tally: Tally) -> None:
    """Keep what a store adds to its tally."""
    await run(
        "UPDATE standing SET part = ?, ownership = ? WHERE round = ? AND store = ?",
        *(_text(tally), key.ownership, key.round, store),
    )


async def tally_of(key: TallyKey) -> Tally:
    """The tally as it is kept."""
    rows = await run(f"SELECT t.body FROM round_tally t WHERE {THIS_TALLY}", *_values(key))
    return _read(rows[0]["body"])


async def write_tally(key: TallyKey, tally: Tally) -> None:
    """Keep a tally that `hold_tallies` holds. What was kept of its inspectors is out of date."""
    await run(
        "UPDATE round_tally SET body = ?, judged = '' WHERE round = ? AND store_kind = ?"
        " AND ownership = ? AND region_path = ?",
        *(_text(tally), *_values(key)),
    )


async def lost_items(round_id: str, store: str) -> tuple[LostItem, ...]:
    """What each item cost the store in its published visits of the round."""
    rows = await run(
        "SELECT va.item, count(*) AS times, CAST(sum(va.lost) AS BIGINT) AS lost FROM visit v"
        " JOIN visit_answer va ON va.visit = v.id AND va.lost > 0 WHERE v.round = ?"
        f" AND v.store = ? AND v.{IN_COUNT} GROUP BY va.item"
        " ORDER BY va.item",
        *(round_id, store),
    )
    return msgspec.convert(rows, tuple[LostItem, ...])


async def tallies(wanted: TallyWanted, *, items: bool = False) -> tuple[TallyRow, ...]:
    """The tallies of the counties there, county by county, with or without their items."""
    read = _read if items else _read_sections
    where, values = _wanted(wanted)
    rows = await run(
        f"SELECT t.round, t.region_path, t.body FROM round_tally t WHERE {where}"
        " ORDER BY t.region_path, t.ownership, t.round",
        *values,
    )
    return tuple(
        TallyRow(round=row["round"], region_path=row["region_path"], tally=read(row["body"]))
        for row in rows
    )


async def heads(wanted: TallyWanted) -> dict[str, Heads]:
    """What some rounds come to there, round by round."""
    where, values = _wanted(wanted)
    rows = await run(f"SELECT t.round, t.body FROM round_tally t WHERE {where}", *values)
    found: dict[str, list[Heads]] = {}
    for row in rows:
        found.setdefault(row["round"], []).append(_HEADS.decode(row["body"]))
    return {
        round_id: Heads(
            sum(part.ranked for part in parts),
            sum(part.passed for part in parts),
            sum(part.vetoed for part in parts),
            sum(part.score for part in parts),
        )
        for round_id, parts in found.items()
    }


async def unreckoned(most: int) -> tuple[tuple[str, str], ...]:
    """Rounds and stores whose standing was never added up, the earliest rounds first."""
    rows = await run(
        "SELECT t.round, t.store FROM standing t JOIN round r ON r.id = t.round"
        " WHERE t.part = '' ORDER BY r.starts_on, t.id LIMIT ?",
        most,
    )
    return tuple((row["round"], row["store"]) for row in rows)


def _wanted(wanted: TallyWanted) -> tuple[str, tuple[str, ...]]:
    where, values = wanted.scope.where("t.region_path")
    owned = " AND t.ownership = ?" if wanted.ownership else ""
    own = (wanted.ownership,) if wanted.ownership else ()
    condition = f"t.round IN ({marks(len(wanted.rounds))}) AND t.store_kind = ?{owned}{where}"
    return condition, (*wanted.rounds, wanted.store_kind, *own, *values)


async def hold_tally(key: TallyKey) -> None:
    """Hold one tally until the transaction ends, made if need be."""
    await run(
        "INSERT INTO round_tally (round, store_kind, ownership, region_path, body)"
        " VALUES (?, ?, ?, ?, '[]') ON CONFLICT DO NOTHING",
        *_values(key),
    )
    if lock := for_update_clause():
        await run(f"SELECT t.id FROM round_tally t WHERE {THIS_TALLY}{lock}", *_values(key))


def _values(key: TallyKey) -> Iterable[str]:
    return msgspec.structs.astuple(key)


def _part(row: dict[str, str]) -> Part:
    return Part(msgspec.convert(row, TallyKey), _read(row["part"]))


def _read(text: str) -> Tally:
    return _TALLY.decode(text)


def _read_sections(text: str) -> Tally:
    return _SECTIONS.decode(text).tally()


def _text(tally: Tally) -> str:
    return msgspec.json.encode(tally).decode()


_KEY = "t.round, t.store_kind, t.ownership, t.region_path"
THIS_TALLY = "t.round = ? AND t.store_kind = ? AND t.ownership = ? AND t.region_path = ?"
