"""Tallies of counties equal what the published visits add up to, after every kind of change."""

from datetime import UTC, datetime

import msgspec

from inspection.domain.rankings.ranking import LINE
from inspection.domain.rankings.standing import figures
from inspection.domain.rankings.tally import NOTHING, Tally, of_store, total
from inspection.jobs import reckon_tallies
from inspection.persistence.engine import tx
from inspection.persistence.jobs import ClaimedJob
from inspection.persistence.rankings import standings, tallies
from inspection.persistence.rankings.tallies import TallyKey, TallyWanted
from inspection.persistence.statements import run
from inspection.services.rankings.standings import refresh_standing
from tests.cast import (
    ANNING,
    CHENGGUAN,
    EARLIER_ROUND,
    QINZHOU,
    REGION_PATHS,
    ROUND,
    round_id,
)
from tests.rankable import Result, expected, published

AT = datetime(2026, 11, 22, tzinfo=UTC)


async def kept():
    """Every tally that is kept and not empty, by its key."""
    rows = await run("SELECT round, store_kind, ownership, region_path, body FROM round_tally")
    found = {
        msgspec.convert(row, TallyKey): msgspec.json.decode(row["body"], type=Tally) for row in rows
    }
    return {key: tally for key, tally in found.items() if tally != NOTHING}


async def recomputed():
    """The same from the visits alone."""
    rows = await run(
        "SELECT t.round, t.store, t.store_kind, t.ownership, t.region_path, r.previous,"
        " r.min_visits, r.pass_line FROM standing t JOIN round r ON r.id = t.round"
    )
    found: dict[TallyKey, list[Tally]] = {}
    for row in rows:
        results = await standings.published_results(row["round"], row["store"])
        before = await tallies.lost_items(row["previous"] or "", row["store"])
        part = of_store(
            figures(results, row["min_visits"]),
            await tallies.lost_items(row["round"], row["store"]),
            of_store(figures((), 1), before, NOTHING, LINE),
            row["pass_line"] or LINE,
        )
        found.setdefault(msgspec.convert(row, TallyKey), []).append(part)
    sums = {key: total(parts) for key, parts in found.items()}
    return {key: tally for key, tally in sums.items() if tally != NOTHING}


async def refreshed(store, code=ROUND):
    async with tx():
        await refresh_standing(round_id(code), f"store-{store}", AT)
    assert await kept() == await recomputed()


async def some_results(tools):
    # Written down as a partner before its first result.
    await expected(("a", "done"))
    await run("UPDATE store SET ownership = 'partner' WHERE id = 'store-a'")
    await published(
        tools,
        Result(store="a", total=9000, round=EARLIER_ROUND, items={"KC-F-01": 300}),
        Result(store="a", total=9500, items={"KC-F-01": 300, "KC-E-01": 200}),
        Result(store="b", total=8800, items={"KC-F-01": 100}),
        Result(store="c", total=9100, region=ANNING),
        Result(store="d", total=9900, region=QINZHOU, outcome="vetoed"),
    )


async def test_they_are_what_the_visits_add_up_to(province):
    await some_results(province)
    found = await kept()
    assert found == await recomputed()
    both = total(
        tally
        for key, tally in found.items()
        if key.round == round_id(ROUND) and key.region_path == REGION_PATHS[CHENGGUAN]
    )
    assert (both.ranked, both.passed, both.score) == (2, 1, 18_300)
    assert [(i.item, i.stores, i.lost, i.again) for i in both.items] == [
        ("KC-E-01", 1, 200, 0),
        ("KC-F-01", 2, 400, 1),
    ]


async def test_every_kind_of_change_keeps_them_true(province):
    await some_results(province)
    # Another visit of the store.
    await published(province, Result(store="b", total=9700, items={"KC-E-01": 50}))
    assert await kept() == await recomputed()
    # A correction: other points, an item less.
    await run("UPDATE visit SET total = 9600, lost = 400 WHERE store = 'store-a' AND total = 9500")
    await run("DELETE FROM visit_answer WHERE item = 'KC-E-01' AND lost = 200")
    await refreshed("a")
    # The finding of the round before falls: it is no repetition any more.
    await run("DELETE FROM visit_answer WHERE visit IN (SELECT id FROM visit WHERE total = 9000)")
    await refreshed("a", EARLIER_ROUND)
    assert not any(i.again for tally in (await kept()).values() for i in tally.items)
    # Nothing new: what looks back on it stays as it is.
    await refreshed("a", EARLIER_ROUND)
    # The store changes hands while its round runs.
    await run("UPDATE store SET ownership = 'own' WHERE id = 'store-a'")
    await refreshed("a")
    # What took no place takes one.
    await run("UPDATE round SET min_visits = 2 WHERE code = ?", ROUND)
    for store in "abcd":
        async with tx():
            await refresh_standing(round_id(ROUND), f"store-{store}", AT)
    assert await kept() == await recomputed()
    # A visit is taken back.
    await run("UPDATE visit SET state = 'approved' WHERE store = 'store-b' AND total = 9700")
    await refreshed("b")


async def test_a_county_is_read_with_its_ownership(province):
    await some_results(province)
    wanted = TallyWanted(rounds=(round_id(ROUND),), store_kind="customer_club", ownership="own")
    assert sum(row.tally.ranked for row in await tallies.tallies(wanted)) == 3
    (partners,) = await tallies.tallies(msgspec.structs.replace(wanted, ownership="partner"))
    assert partners.tally.ranked == 1


async def test_what_was_published_before_there_were_tallies_is_added_up(province, monkeypatch):
    await some_results(province)
    before = await kept()
    await run("UPDATE standing SET part = ''")
    await run("DELETE FROM round_tally")
    monkeypatch.setattr(reckon_tallies, "AT_ONCE", 3)
    job = ClaimedJob(id=1, kind=reckon_tallies.KIND, key="k", payload="{}", tries=1)
    await reckon_tallies.reckon_tallies(province, job)
    assert [row["key"] for row in await run("SELECT key FROM job WHERE kind = ?", job.kind)] == [
        "k+"
    ]
    await reckon_tallies.reckon_tallies(province, job)
    assert await kept() == before
