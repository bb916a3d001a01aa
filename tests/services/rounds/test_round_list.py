"""The list of rounds."""

from inspection.domain.listing import ListAsked
from inspection.domain.rounds.round_decision import RoundVerdict
from inspection.persistence.statements import run
from inspection.services.rounds.round_decisions import decide_round
from inspection.services.rounds.round_list import round_list
from tests.cast import CLUB, EARLIER_ROUND, GUO, ROUND, WANG, ZHAO, store_id
from tests.rounding import CODE, HE, a_draft, a_submitted


def codes(found) -> list[str]:
    return [row.code for row in found.rows]


async def test_rounds_are_listed_latest_first_with_how_far_they_are(province):
    await run("UPDATE assignment SET state = 'submitted' WHERE store = ?", store_id(CLUB))
    await a_draft(province)
    found = await round_list(GUO.actor, ListAsked())
    assert codes(found) == [CODE, ROUND, EARLIER_ROUND]
    assert [row.made and (row.made.done, row.made.due) for row in found.rows] == [
        None,
        (1, 4),
        None,
    ]
    assert found.counts == {"draft": 1, "open": 1, "locked": 1}
    assert (found.total, found.decided) == (3, 0)


async def test_a_list_is_searched_sorted_paged_and_cut_to_a_state(province):
    await a_draft(province)
    assert codes(await round_list(GUO.actor, ListAsked(q="decem"))) == [CODE]
    assert codes(await round_list(GUO.actor, ListAsked(), "locked")) == [EARLIER_ROUND]
    first = await round_list(GUO.actor, ListAsked(sort="from", size=2))
    second = await round_list(GUO.actor, ListAsked(sort="from", size=2, cursor=first.next_cursor))
    assert codes(first) + codes(second) == [EARLIER_ROUND, ROUND, CODE]


async def test_a_manager_sees_rounds_that_touch_the_own_branch(province):
    await a_draft(province, WANG)
    assert codes(await round_list(WANG.actor, ListAsked())) == [CODE, ROUND, EARLIER_ROUND]
    found = await round_list(ZHAO.actor, ListAsked())
    assert codes(found) == [ROUND, EARLIER_ROUND]
    assert [row.made and row.made.due for row in found.rows] == [1, None]


async def test_visits_are_counted_where_the_round_had_their_stores(province):
    await run(
        "INSERT INTO round_place (round, store, region_path) SELECT r.id, ?, '/620000/620500/'"
        " FROM round r WHERE r.code = ?",
        *(store_id(CLUB), ROUND),
    )
    lanzhou = await round_list(WANG.actor, ListAsked())
    tianshui = await round_list(ZHAO.actor, ListAsked())
    assert [of.rows[0].made.due for of in (lanzhou, tianshui)] == [2, 2]


async def test_vetoes_are_counted_of_all_decisions(province):
    await a_submitted(province)
    await decide_round(province, HE.actor, CODE, RoundVerdict.VETOED, "重叠", 2)
    found = await round_list(GUO.actor, ListAsked(q="nothing like it"))
    assert (found.rows, found.vetoed, found.decided) == ((), 1, 1)
