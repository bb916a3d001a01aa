"""Stores and the org tree as lists, on both engines: filters, figures, history."""

import msgspec
import pytest

from inspection.domain.listing import ListAsked
from inspection.domain.org.region import NewRegion, RegionNames
from inspection.domain.refusals import NotAllowed, NotFound
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.statements import run
from inspection.services.org.region_editing import close_region, create_region
from inspection.services.org.region_tree import region_detail, region_tree, store_regions
from inspection.services.org.store_editing import create_store, edit_store, move_store
from inspection.services.org.store_list import StoresAsked, store_detail, store_page
from tests.cast import (
    ANNING,
    ANNING_HALL,
    CHEN,
    CHENGGUAN,
    CLUB,
    GUO,
    HALL,
    LANZHOU,
    PROVINCE,
    QINZHOU,
    QINZHOU_CLUB,
    REGION_PATHS,
    TIANSHUI,
    WANG,
    ZHAO,
)
from tests.services.org.store_records import FIELDS

EVERY = ListAsked()


async def codes(tools, person=GUO, **asked) -> list[str]:
    listed = asked.pop("list", EVERY)
    page = await store_page(tools, person.actor, StoresAsked(list=listed, **asked))
    assert page.total == len(page.rows)
    return [row.store.code for row in page.rows]


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("", [CLUB, HALL, ANNING_HALL, QINZHOU_CLUB]),
        ("-code", [QINZHOU_CLUB, ANNING_HALL, HALL, CLUB]),
        ("region", [CLUB, HALL, ANNING_HALL, QINZHOU_CLUB]),
        ("verified", [CLUB, HALL, QINZHOU_CLUB, ANNING_HALL]),
    ],
)
async def test_stores_in_any_order(province, sort, found):
    await run("UPDATE store SET contact_verified_on = '2026-11-01' WHERE code = ?", ANNING_HALL)
    assert await codes(province, list=ListAsked(sort=sort)) == found


async def test_stores_by_place_kind_state_and_contact(province):
    await run("UPDATE store SET contact_verified_on = '2026-08-20' WHERE code = ?", CLUB)
    await run("UPDATE store SET contact_verified_on = '2026-08-19' WHERE code = ?", HALL)
    await run("UPDATE store SET state = 'closed' WHERE code = ?", ANNING_HALL)
    assert await codes(province, WANG) == [CLUB, HALL, ANNING_HALL]
    assert await codes(province, region_path=REGION_PATHS[CHENGGUAN]) == [CLUB, HALL]
    assert await codes(province, kind="customer_club") == [CLUB, QINZHOU_CLUB]
    assert await codes(province, state="closed") == [ANNING_HALL]
    assert await codes(province, ownership="partner") == []
    assert await codes(province, state="open", contact="unverified") == [HALL, QINZHOU_CLUB]
    assert await codes(province, list=ListAsked(q="客户 秦州")) == [QINZHOU_CLUB]


async def test_a_list_of_another_region_is_missing(province):
    for path in (REGION_PATHS[LANZHOU], "/620000/999999/620500/x/"):
        with pytest.raises(NotFound):
            await codes(province, ZHAO, region_path=path)
    with pytest.raises(NotAllowed):
        await codes(province, CHEN)


async def test_a_moved_store_is_listed_where_it_is(province):
    await move_store(province, GUO.actor, CLUB, QINZHOU)
    assert CLUB not in await codes(province, WANG)
    assert CLUB in await codes(province, ZHAO)


async def test_a_row_says_when_its_contact_was_verified(province):
    await create_store(province, GUO.actor, "NEW-1", CHENGGUAN, FIELDS)
    page = await store_page(province, WANG.actor, StoresAsked(list=ListAsked(q="new-1")))
    (row,) = page.rows
    assert (row.unverified, row.contact_verified_on) == (False, FIELDS.contact_verified_on)
    assert (row.store.county.en, page.can_edit) == ("Chengguan", False)


async def test_the_tree_adds_up_what_is_below(province):
    nodes = {node.code: node for node in await region_tree(GUO.actor)}
    await run("UPDATE store SET state = 'closed' WHERE code = ?", HALL)
    after = {node.code: node for node in await region_tree(GUO.actor)}
    assert list(nodes) == [PROVINCE, LANZHOU, CHENGGUAN, ANNING, TIANSHUI, QINZHOU]
    assert (nodes[LANZHOU].opened, nodes[LANZHOU].closed) == (3, 0)
    assert (after[LANZHOU].opened, after[LANZHOU].closed) == (2, 1)
    assert [nodes[code].depth for code in (PROVINCE, LANZHOU, ANNING)] == [0, 1, 2]
    assert [node.code for node in await region_tree(WANG.actor)] == [LANZHOU, CHENGGUAN, ANNING]
    assert [node.code for node in await region_tree(GUO.actor, "秦州 620502")] == [
        PROVINCE,
        TIANSHUI,
        QINZHOU,
    ]


async def test_a_region_with_what_is_below_it_and_where_it_may_go(province):
    found = await region_detail(GUO.actor, LANZHOU)
    assert [node.code for node in found.above] == [PROVINCE]
    assert [node.code for node in found.children] == [CHENGGUAN, ANNING]
    assert (found.parents, found.can_edit) == ((), True)
    found = await region_detail(GUO.actor, CHENGGUAN)
    assert [node.code for node in found.parents] == [TIANSHUI]
    found = await region_detail(WANG.actor, CHENGGUAN)
    assert (found.parents, found.can_edit, found.history) == ((), False, ())
    for code in (QINZHOU, "999999"):
        with pytest.raises(NotFound):
            await region_detail(WANG.actor, code)


async def test_a_closed_region_is_offered_to_no_store(province):
    names = RegionNames(name_zh="七里河区", name_en="Qilihe")
    await create_region(province, GUO.actor, NewRegion(code="620103", parent=LANZHOU, names=names))
    offered = [LANZHOU, CHENGGUAN, "620103", ANNING, TIANSHUI, QINZHOU]
    assert [node.code for node in await store_regions(GUO.actor)] == offered
    seen = (await region_detail(GUO.actor, "620103")).version
    await close_region(province, GUO.actor, "620103", "撤并", seen)
    offered.remove("620103")
    assert [node.code for node in await store_regions(GUO.actor)] == offered


async def test_the_history_of_a_store_names_its_regions_and_reads_its_lists(province):
    await create_store(province, GUO.actor, "NEW-1", CHENGGUAN, FIELDS)
    fields = msgspec.structs.replace(FIELDS, features=(), latitude_e6=None, longitude_e6=None)
    await edit_store(province, GUO.actor, "NEW-1", fields)
    await move_store(province, GUO.actor, "NEW-1", QINZHOU)
    found = await store_detail(province, GUO.actor, "NEW-1")
    assert [(event.action, event.who) for event in found.history] == [
        ("store.move", GUO.name),
        ("store.edit", GUO.name),
        ("store.create", GUO.name),
    ]
    moved, edited, _ = (
        {change.field: (change.old, change.new) for change in event.changes}
        for event in found.history
    )
    assert moved == {"region": (Text("城关区", "Chengguan"), Text("秦州区", "Qinzhou"))}
    assert edited["features"] == (["guest_wifi", "queue_machine"], [])
    assert edited["latitude"] == ("36.061", None)
    assert (found.inspected, found.waiting, found.features) == (False, 0, ())


async def test_a_store_is_detailed_for_who_may_change_it(province):
    found = await store_detail(province, GUO.actor, CLUB)
    assert (found.inspected, found.waiting, found.unverified) == (True, 1, True)
    with pytest.raises(NotFound):
        await store_detail(province, GUO.actor, "nobody")
    with pytest.raises(NotAllowed):
        await store_detail(province, WANG.actor, CLUB)
