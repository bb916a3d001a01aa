"""Writing a re-score: revisions, standings, and the work that goes on after anything."""

import msgspec
import pytest

from inspection.domain.rankings.ranking import places
from inspection.domain.rankings.standing import figures
from inspection.domain.rescores.rescore_run import RescoreState
from inspection.persistence.audit import audit
from inspection.persistence.rankings import standings
from inspection.persistence.statements import run
from inspection.services.rescores import rescore_writing
from inspection.services.rescores.rescore_writing import WRITE, write_on
from tests.cast import CLUB, GUO, MA, ROUND
from tests.receiving import rows_of
from tests.rescoring import (
    GUO_OF_LANZHOU,
    REASON,
    another_item,
    another_version,
    confirm,
    endings,
    first_version,
    found,
    published,
    several,
    tried,
    work,
    written,
)
from tests.reviewing import a_visit, send_back, standing_of
from tests.submissions import rubric_in


async def test_every_card_gets_a_revision_and_keeps_the_one_before(province):
    visit, _ = await published(province)
    version = await another_version(province)
    rescore = await written(province, version)
    assert (await found(rescore)).state is RescoreState.DONE
    (row,) = await rows_of("visit")
    assert (row["total"], row["lost"], row["rubric_version"]) == (9700, 300, version)
    cards = await rows_of("visit_scorecard", "revision")
    assert [card["revision"] for card in cards] == [1, 2]
    assert [msgspec.json.decode(card["body"])["total"] for card in cards] == [9800, 9700]
    assert len(await rows_of("visit_answer")) == len({item.code for item in rubric_in().items()})
    assert (await standing_of(CLUB))["score"] == 9700
    assert await endings(rescore) == {visit: ("written", 2)}


async def test_the_log_says_who_changed_which_score_and_why(province):
    visit, _ = await published(province)
    version = await another_version(province)
    rescore = await written(province, version)
    event = (await audit.events_of("visit", visit))[-1]
    body = msgspec.json.decode(event.body)
    assert (event.action, event.actor) == ("visit.rescore", GUO.account)
    assert body["changes"] == {
        "total": [9800, 9700],
        "lost": [200, 300],
        "rubric_version": [first_version(), version],
    }
    assert (body["reason"], body["old"], body["new"], body["version"]) == (REASON, "98", "97", 2)
    last = (await audit.events_of("rescore", rescore))[-1]
    assert last.action == "rescore.finish"
    assert msgspec.json.decode(last.body)["changes"]["round_rubric"] == [first_version(), version]


async def test_there_and_back_gives_the_first_scores(province):
    await several(province, ("KC-E-01",), ("KC-E-01", "KC-M-01"), ())
    before, standing = await rows_of("visit"), await standing_of(CLUB)
    version = await another_version(province)
    await written(province, version)
    assert await rows_of("visit") != before
    rescore = await written(province, first_version(), from_version=version)
    assert await rows_of("visit") == before
    assert await standing_of(CLUB) == standing
    assert [card["revision"] for card in await rows_of("visit_scorecard", "visit, revision")] == [
        1,
        2,
        3,
    ] * 3
    assert (await found(rescore)).changed == 2


async def test_standings_are_those_of_a_recomputation_and_ranks_those_of_the_dry_run(province):
    await several(province, ("KC-E-01",), ("KC-M-01",))
    await published(province, "away", by=MA, store="TS-0003", losses=("KC-M-01",))
    rescore = await written(province, await another_version(province))
    keys = {}
    for row in await rows_of("standing"):
        fresh = figures(await standings.published_results(row["round"], row["store"]), 1)
        assert (row["score"], row["rank_key"], row["score_sum"]) == (
            fresh.score,
            fresh.rank_key,
            fresh.score_sum,
        )
        keys[row["store"]] = row["rank_key"]
    place = places(keys.values())
    for line in await rows_of("rescore_line"):
        assert line["new_rank"] == place[keys[line["store"]]]
    assert (await found(rescore)).mean == -100


async def test_cards_that_cannot_be_judged_stay_as_they_are(province):
    visit, _ = await published(province)
    before = await rows_of("visit")
    rescore = await written(province, await another_version(province, another_item))
    assert await rows_of("visit") == before
    assert await endings(rescore) == {visit: ("stuck", None)}


async def test_a_long_writing_goes_on_from_job_to_job(province, monkeypatch):
    monkeypatch.setattr(rescore_writing, "PAGE", 1)
    monkeypatch.setattr(rescore_writing, "PAGES", 2)
    await several(province, ("KC-E-01",), (), ("KC-M-01",))
    rescore = await tried(province, await another_version(province))
    await confirm(province, rescore)
    assert await work(province, WRITE) == 2
    known = await found(rescore)
    assert (known.state, known.done) == (RescoreState.DONE, 3)


async def test_after_a_crash_it_goes_on_and_does_nothing_twice(province, monkeypatch):
    monkeypatch.setattr(rescore_writing, "PAGE", 1)
    await several(province, ("KC-E-01",), (), ("KC-M-01",))
    rescore = await tried(province, await another_version(province))
    await confirm(province, rescore)
    key = (await found(rescore)).job
    judge, pages = rescore_writing.judge, []

    async def breaking(rules, rows):
        pages.append(rows)
        if len(pages) == 2:
            raise KeyboardInterrupt
        return await judge(rules, rows)

    monkeypatch.setattr(rescore_writing, "judge", breaking)
    with pytest.raises(KeyboardInterrupt):
        await write_on(province, rescore, key)
    known = await found(rescore)
    assert (known.state, known.done) == (RescoreState.WRITING, 1)
    await write_on(province, rescore, key)
    await write_on(province, rescore, key)
    await write_on(province, "nobody", key)
    assert [card["revision"] for card in await rows_of("visit_scorecard", "visit, revision")] == [
        1,
        2,
    ] * 3
    assert set((await endings(rescore)).values()) == {("written", 2)}


async def test_nothing_left_to_write_ends_it_as_done(province):
    visit = await a_visit(province)
    version = await another_version(province)
    rescore = await tried(province, version)
    await confirm(province, rescore)
    await send_back(province, visit)
    await work(province, WRITE)
    known = await found(rescore)
    assert known.state is RescoreState.DONE
    assert await endings(rescore) == {visit: ("gone", None)}
    body = (await audit.events_of("rescore", rescore))[-1].body
    assert msgspec.json.decode(body)["changes"]["state"] == ["writing", "done"]


async def test_a_round_of_a_branch_is_covered_by_that_branch(province):
    await published(province)
    await run("UPDATE round SET region_path = '/620000/620100/' WHERE code = ?", ROUND)
    version = await another_version(province)
    rescore = await written(province, version, by=GUO_OF_LANZHOU)
    body = (await audit.events_of("rescore", rescore))[-1].body
    assert msgspec.json.decode(body)["changes"]["round_rubric"] == [first_version(), version]
