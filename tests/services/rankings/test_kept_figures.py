"""What is kept of a ranking: what is read again, how much is kept, and which edition it is."""

import asyncio

import msgspec

from inspection.domain.listing import ListAsked
from inspection.persistence.audit import audit
from inspection.persistence.engine import close_database, open_database, read_tx
from inspection.persistence.notices.notice_lists import NoticesWanted, count_notices
from inspection.persistence.people.places import Scope
from inspection.persistence.rankings import ranking_facts
from inspection.persistence.statements import run
from inspection.services.exports import note_export
from inspection.services.rankings import kept_figures
from inspection.services.rankings.kept_figures import this_moment
from inspection.services.rankings.ranking_results import RankingAsked
from inspection.services.rankings.rankings import ranking_edition, ranking_page, ranking_view
from tests.appealing import a_delivered, an_appeal, filed
from tests.cast import CHENGGUAN, GUO, REGION_PATHS, ROUND, round_id
from tests.rankable import Result, logged, published
from tests.reviewing import a_visit, approve


async def test_an_appeal_reads_its_own_county_again_and_no_other(province, monkeypatch):
    notice = await a_delivered(province)
    wish = RankingAsked(store_kind="customer_club")
    await ranking_page(province, GUO.actor, wish)
    asked = []
    read = ranking_facts.county_keys

    async def noted(of, paths):
        asked.append(paths)
        return await read(of, paths)

    monkeypatch.setattr(ranking_facts, "county_keys", noted)
    await filed(province, notice)
    await ranking_page(province, GUO.actor, wish)
    assert set(asked) == {(REGION_PATHS[CHENGGUAN],)}


async def test_one_visit_reads_its_own_county_again_and_no_other(province, monkeypatch):
    await published(province, Result(store="a", total=9500), Result(store="b", total=9300))
    wish = RankingAsked(store_kind="customer_club")
    await ranking_page(province, GUO.actor, wish)
    asked = []
    read = ranking_facts.county_keys

    async def noted(of, paths):
        asked.append(paths)
        return await read(of, paths)

    monkeypatch.setattr(ranking_facts, "county_keys", noted)
    await approve(province, await a_visit(province))
    await ranking_page(province, GUO.actor, wish)
    assert set(asked) == {(REGION_PATHS[CHENGGUAN],)}
    await ranking_page(province, GUO.actor, wish)
    assert len(asked) == 2


async def test_too_many_counties_or_events_and_everything_is_read_again(province, monkeypatch):
    wish = RankingAsked(store_kind="customer_club")
    await ranking_page(province, GUO.actor, wish)
    monkeypatch.setattr(kept_figures, "MOST_COUNTIES", 0)
    await approve(province, await a_visit(province))
    assert (await ranking_page(province, GUO.actor, wish)).ranked == 1
    monkeypatch.setattr(kept_figures, "MOST_EVENTS", 0)
    await published(province, Result(store="a", total=9500))
    assert (await ranking_page(province, GUO.actor, wish)).ranked == 2


async def test_another_database_in_the_place_of_this_one_is_counted_anew(province):
    wish = RankingAsked(store_kind="customer_club")
    await published(province, Result(store="a", total=9500))
    assert (await ranking_page(province, GUO.actor, wish)).ranked == 1
    await run("UPDATE audit_event SET hash = ?", "1" * 64)
    await run("UPDATE standing SET rank_key = NULL, visits = 0")
    await run("UPDATE audit_head SET seq = seq + 1, hash = ?", "2" * 64)
    assert (await ranking_page(province, GUO.actor, wish)).ranked == 0


async def test_who_reads_an_earlier_moment_spoils_nothing(province, province_url):
    """A page that began before a change reads on as of then, and nothing of it is kept."""
    await close_database()
    await open_database(province_url, pool_min=0)  # one reads while another does
    wish = RankingAsked(store_kind="customer_club")
    await published(province, Result(store="a", total=9500))
    begun, changed = asyncio.Event(), asyncio.Event()
    seen = []

    async def slow() -> None:
        async with read_tx():
            moment = await this_moment()
            begun.set()
            await changed.wait()

            async def fold(*_):
                return seen.append("counted")

            await moment.counted("key", fold)
            await moment.fact("key", fold)

    async def quick() -> None:
        await begun.wait()
        await published(province, Result(store="b", total=9300))
        assert (await ranking_page(province, GUO.actor, wish)).ranked == 2
        changed.set()

    await asyncio.gather(slow(), quick())
    assert seen == ["counted", "counted"]
    async with read_tx():
        moment = await this_moment()
        assert not any("key" in known for known in (moment._shelf.counted, moment._shelf.facts))


async def test_before_the_first_event_nothing_is_kept(province):
    await run("UPDATE audit_head SET seq = 0")
    wish = RankingAsked(store_kind="customer_club")
    assert (await ranking_page(province, GUO.actor, wish)).ranked == 0
    await run("UPDATE audit_head SET seq = 0")
    assert (await audit.head_of_chain()).seq == 0


async def test_the_edition_stays_while_nothing_changes(province):
    wish = RankingAsked(store_kind="customer_club")
    await published(province, Result(store="a", total=9500))
    first = await ranking_edition(province, GUO.actor, wish)
    await ranking_view(province, GUO.actor, wish, 8)
    assert await ranking_edition(province, GUO.actor, wish) == first
    await logged()
    assert await ranking_edition(province, GUO.actor, wish) != first


async def test_only_so_much_is_kept(province, monkeypatch):
    monkeypatch.setattr(kept_figures, "MOST_KEPT", 1)
    monkeypatch.setattr(kept_figures, "MOST_FACTS", 1)
    await published(province, Result(store="a", total=9500))
    wish = RankingAsked(store_kind="customer_club")
    assert (await ranking_page(province, GUO.actor, wish)).ranked == 1
    async with read_tx():
        moment = await this_moment()
        assert (len(moment._shelf.counted), len(moment._shelf.facts)) == (1, 1)


async def test_events_that_change_no_ranking_leave_everything_as_it_is(province):
    wish = RankingAsked(store_kind="customer_club")
    await published(province, Result(store="a", total=9500))
    first = await ranking_edition(province, GUO.actor, wish)
    await note_export(province, GUO.actor, ("ranking", ""), "/ranking?format=csv")
    assert await ranking_edition(province, GUO.actor, wish) == first


async def test_late_notices_are_those_the_list_of_notices_counts(province, clock):
    """Of a notice with an appeal the line in dispute is not late, the other one is."""
    wish = RankingAsked(store_kind="customer_club")
    await an_appeal(province)
    late = []
    for _ in range(3):
        kpis = (await ranking_page(province, GUO.actor, wish)).kpis
        counts = await count_notices(
            NoticesWanted(
                round=round_id(ROUND),
                scope=Scope(),
                now=province.now(),
                asked=ListAsked(),
                store_kind="customer_club",
            )
        )
        told = (kpis.overdue_notices, kpis.open_notices, kpis.notices)
        assert told == (counts.overdue, counts.opened, counts.opened + counts.draft)
        late.append(kpis.overdue_notices)
        clock.go_on(days=3)
    assert late == [0, 1, 1]


async def test_what_was_read_while_somebody_took_the_shelf_on_is_not_kept(province):
    await logged()
    async with read_tx():
        moment = await this_moment()
        shelf = moment._shelf

        async def read() -> str:
            shelf.head = msgspec.structs.replace(shelf.head, seq=shelf.head.seq + 1)
            return "read"

        assert await moment.fact("key", read) == "read"
        assert not any("key" in known for known in (shelf.facts, moment._shelf.facts))
