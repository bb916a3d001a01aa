"""Complaints as a list: who sees which, what they come to, which import they came from."""

from datetime import date

import pytest

from inspection.domain.imports.sheet_import import Duplicates
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import NotAllowed, NotFound
from inspection.persistence.bulletins.complaint_lists import ChannelSum
from inspection.services.bulletins import complaints
from inspection.services.bulletins.bulletin_access import said_in
from inspection.services.bulletins.complaint_channels import channel_words
from inspection.services.bulletins.complaints import CountsAsked, complaint_export, complaint_page
from inspection.services.imports.import_undoing import undo_import
from inspection.wording import Language
from tests.cast import (
    CHEN,
    CHENGGUAN,
    CLUB,
    GUO,
    LANZHOU,
    LI,
    PROVINCE,
    QINZHOU_CLUB,
    REGION_PATHS,
    SUN,
    TIANSHUI,
    WANG,
)
from tests.importing import BRANCH_ADMIN, counted
from tests.reporting import a_published

HOTLINE = ("2026-11-17", LANZHOU, "热线", "5")
HALL = ("2026-11-16", CLUB, "营业厅", "2")
BEFORE = ("2026-11-03", TIANSHUI, "热线", "7")
APPEALED = ("2026-11-10", PROVINCE, "12300 申诉", "1")
EVERY = (HOTLINE, HALL, BEFORE, APPEALED)


async def page_of(person=GUO, **asked):
    part = ListAsked(
        **{name: asked.pop(name) for name in ("q", "sort", "cursor", "size") if name in asked}
    )
    return await complaint_page(person.actor, CountsAsked(list=part, **asked))


def places(page):
    return [line.code for line in page.rows]


async def test_counts_stand_by_week_with_their_places_and_sums(province):
    await counted(province, *EVERY)
    page = await page_of()
    said = [
        (str(line.week.first), str(line.week.last), line.name.zh, line.within.zh, line.n)
        for line in page.rows
    ]
    assert said == [
        ("2026-11-16", "2026-11-22", "城关东方红客户俱乐部", "城关区", 2),
        ("2026-11-16", "2026-11-22", "兰州", "甘肃", 5),
        ("2026-11-09", "2026-11-15", "甘肃", "", 1),
        ("2026-11-02", "2026-11-08", "天水", "甘肃", 7),
    ]
    assert (page.total, page.n) == (4, 15)
    assert page.sums == (
        ChannelSum(channel="热线", n=12),
        ChannelSum(channel="营业厅", n=2),
        ChannelSum(channel="12300 申诉", n=1),
    )
    assert [str(week.first) for week in page.weeks] == ["2026-11-16", "2026-11-09", "2026-11-02"]
    assert set(page.channels) == {"热线", "营业厅", "12300 申诉"}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"week": date(2026, 11, 22)}, [CLUB, LANZHOU]),
        ({"channel": "热线"}, [LANZHOU, TIANSHUI]),
        ({"region_path": REGION_PATHS[LANZHOU]}, [CLUB, LANZHOU]),
        ({"region_path": REGION_PATHS[CHENGGUAN]}, [CLUB]),
        ({"q": "俱乐部"}, [CLUB]),
        ({"q": "tianshui"}, [TIANSHUI]),
        ({"q": "热线", "week": date(2026, 11, 16)}, [LANZHOU]),
        ({"sort": "n"}, [PROVINCE, CLUB, LANZHOU, TIANSHUI]),
        ({"sort": "place"}, sorted([PROVINCE, CLUB, LANZHOU, TIANSHUI])),
        ({"week": date(2026, 11, 1)}, []),
    ],
)
async def test_counts_by_week_place_channel_and_words(province, asked, found):
    await counted(province, *EVERY)
    page = await page_of(**asked)
    assert places(page) == found
    assert page.n == sum(line.n for line in page.rows)
    assert len(page.weeks) == 3


async def test_a_known_channel_is_one_whatever_language_it_was_typed_in(province):
    typed = ((BEFORE[0], TIANSHUI, "hotline", "3"), (BEFORE[0], TIANSHUI, "微信", "4"))
    await counted(province, HOTLINE, *typed)
    for channel in ("热线", "hotline", "Hotline"):
        assert (await page_of(channel=channel)).n == 8
    assert (await page_of(channel="微信")).n == 4
    words = [channel_words(each, "hotline") for each in (Language.ZH, Language.EN)]
    assert words == ["热线", "Hotline"]
    assert channel_words(Language.EN, "微信") == "微信"
    said = said_in(await a_published(province))
    assert said
    assert said.complaints
    assert [(row.name, row.year) for row in said.complaints.channels] == [("微信", 4), ("热线", 8)]


async def test_a_long_list_goes_on_where_it_stopped(province):
    await counted(province, *EVERY)
    first = await page_of(size=3)
    second = await page_of(size=3, cursor=first.next_cursor)
    assert places(first) + places(second) == places(await page_of())
    assert (first.n, second.n, second.total, second.next_cursor) == (15, 15, 4, None)


async def test_a_manager_sees_the_own_part_and_nothing_of_imports(province):
    await counted(province, *EVERY)
    page = await page_of(WANG)
    assert (places(page), page.n, page.channels) == ([CLUB, LANZHOU], 7, ("热线", "营业厅"))
    assert ([line.source for line in page.rows], page.can_import) == ([None, None], False)
    assert [line.source for line in (await page_of(SUN)).rows] == [None] * 4
    for path in (REGION_PATHS[TIANSHUI], f"{REGION_PATHS[LANZHOU]}999999/"):
        with pytest.raises(NotFound):
            await page_of(WANG, region_path=path)
    for person in (LI, CHEN):
        with pytest.raises(NotAllowed):
            await page_of(person)


async def test_each_count_names_the_import_it_is_from_as_it_is_now(province, clock):
    first = await counted(province, HOTLINE, HALL)
    clock.go_on(hours=1)
    second = await counted(province, (*HOTLINE[:3], "6"), HALL)
    clock.go_on(hours=1)
    await counted(province, (*HOTLINE[:3], "8"), BEFORE, duplicates=Duplicates.SKIP)

    async def sources():
        return {line.code: (line.n, line.source.id) for line in (await page_of()).rows}

    found = await sources()
    assert (found[LANZHOU], found[CLUB]) == ((6, second), (2, first))
    await undo_import(province, GUO.actor, second)
    assert (await sources())[LANZHOU] == (5, first)


async def test_an_import_from_elsewhere_is_not_named(province):
    await counted(province, HOTLINE)
    own = await counted(province, HALL, by=BRANCH_ADMIN)
    page = await page_of(BRANCH_ADMIN)
    assert page.can_import
    assert {line.code: line.source and line.source.id for line in page.rows} == {
        LANZHOU: None,
        CLUB: own,
    }


async def test_without_counts_there_is_nothing_to_choose(province):
    page = await page_of()
    assert (page.rows, page.n, page.weeks, page.channels) == ((), 0, (), ())


async def test_the_whole_list_goes_out_page_by_page(province, monkeypatch):
    await counted(province, *EVERY, ("2026-11-03", QINZHOU_CLUB, "网上", "0"))
    monkeypatch.setattr(complaints, "LARGEST_PAGE", 2)
    asked = CountsAsked(list=ListAsked(sort="week"), channel="热线")
    export = complaint_export(WANG.actor, asked, Language.EN)
    assert [row async for rows in export.pages for row in rows] == [
        (date(2026, 11, 16), date(2026, 11, 22), LANZHOU, "Lanzhou", "Gansu", "Hotline", 5)
    ]
    export = complaint_export(GUO.actor, CountsAsked(list=ListAsked()), Language.ZH)
    pages = [rows async for rows in export.pages]
    assert [len(rows) for rows in pages] == [2, 2, 1]
    outside = CountsAsked(list=ListAsked(), region_path=f"{REGION_PATHS[LANZHOU]}999999/")
    with pytest.raises(NotFound):
        await anext(complaint_export(GUO.actor, outside, Language.ZH).pages)
