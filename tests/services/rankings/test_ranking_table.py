"""The ranking as a table file."""

import csv
import io
import typing
from decimal import Decimal

import pytest
from msgspec.structs import replace

from inspection.domain.refusals import NotFound
from inspection.persistence.statements import run
from inspection.services.rankings import ranking_table
from inspection.services.rankings.ranking_results import RankingAsked, Unranked
from inspection.services.rankings.rankings import ranking_table as table_of
from inspection.spreadsheets.writing import write_csv
from inspection.wording import Language, say
from tests.cast import EARLIER_ROUND, GUO, LANZHOU, QINZHOU, REGION_PATHS, WANG, ZHAO
from tests.rankable import Result, expected, published

CLUBS = RankingAsked(store_kind="customer_club")
TOLD = {"visits": 1, "least": 2}


def read(content):
    """The cells of a file, as whoever opens it reads them."""
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return [tuple(row) for row in csv.reader(text)]


async def cells(tools, person=GUO, asked=CLUBS, language=Language.ZH):
    return read(write_csv(await table_of(tools, person.actor, asked, language)))


async def some_rows(tools):
    await run("UPDATE assignment SET state = 'cancelled'")
    await published(
        tools,
        Result(store="a", total=9050, round=EARLIER_ROUND),
        Result(store="a", total=9000),
        Result(store="b", total=9550, region=QINZHOU),
        Result(store="v", total=9800, outcome="vetoed"),
        Result(store="thin", total=9800, rankable=False),
    )
    await expected(("todo", "open"))


async def test_the_whole_list_with_titles_and_the_unranked_at_the_end(province):
    await some_rows(province)
    titles, *rows = await cells(province)
    assert titles[:5] == ("名次", "区域名次", "升降", "门店编号", "门店")
    assert titles[12] == "环境评价失分"
    assert [row[:4] + row[7:12] for row in rows] == [
        ("1", "1", "", "b", "95.5", "-4.5", "", "1", ""),
        ("2", "1", "0", "a", "90", "-10", "-0.5", "1", ""),
        ("3", "2", "", "v", "98", "-2", "", "1", "否决"),
        ("", "", "", "thin", "98", "", "", "1", "适用项不足，不参加排名"),
        ("", "", "", "todo", "", "", "", "0", "未到店"),
    ]
    assert {len(row) for row in (titles, *rows)} == {19}


async def test_every_reason_for_no_place_has_its_words(province):
    await published(province, Result(store="a", total=9000))
    for why in typing.get_args(Unranked):
        for of, words in (("unranked", {"n": 1, "least": 2}), ("ranking_table.why", TOLD)):
            assert all(say(language, f"{of}.{why}", **words) for language in Language)
    await run("UPDATE standing SET unranked_why = 'pilot', rank_key = NULL")
    assert (await cells(province))[1][11] == "试点轮次，不计排名"


@pytest.mark.parametrize(
    ("seen", "codes"),
    [
        (replace(CLUBS, sort="worst"), ["v", "a", "b", "thin", "todo"]),
        (replace(CLUBS, only="below"), []),
        (replace(CLUBS, only="below", round=EARLIER_ROUND), ["low"]),
        (replace(CLUBS, only="late", sort="worst"), []),
    ],
)
async def test_a_file_has_the_part_and_the_order_that_were_seen(province, seen, codes):
    await some_rows(province)
    await published(province, Result(store="low", total=8000, round=EARLIER_ROUND))
    assert [row[3] for row in (await cells(province, asked=seen))[1:]] == codes


async def test_both_languages_are_complete(province):
    await some_rows(province)
    titles, *rows = await cells(province, language=Language.EN)
    assert (titles[0], rows[-1][11], rows[0][5]) == ("Rank", "Not visited", "Tianshui")


async def test_a_long_list_is_read_in_batches(province, monkeypatch):
    await published(province, *(Result(store=f"{n}", total=9000 + n) for n in range(5)))
    whole = await cells(province)
    monkeypatch.setattr(ranking_table, "BATCH", 2)
    assert await cells(province) == whole
    worst = replace(CLUBS, sort="worst")
    placed = [row for row in await cells(province, asked=worst) if row[0].isdigit()]
    assert placed == [row for row in whole[::-1] if row[0].isdigit()]
    assert len(placed) == 5


async def test_a_store_named_like_a_formula_is_harmless(province):
    await published(province, Result(store="=cmd", total=9000))
    await run("UPDATE store SET name = '=HYPERLINK(\"http://evil\")' WHERE code = '=cmd'")
    (_, row, *_) = await cells(province)
    assert row[3:5] == ("'=cmd", '\'=HYPERLINK("http://evil")')
    (kept, *_) = (await table_of(province, GUO.actor, CLUBS, Language.ZH)).rows
    assert kept[3:5] == ("=cmd", '=HYPERLINK("http://evil")')


async def test_the_file_opens_as_utf_8_and_reads_back(province):
    await some_rows(province)
    table = await table_of(province, GUO.actor, CLUBS, Language.ZH)
    content = write_csv(table)
    assert content.startswith(b"\xef\xbb\xbf")
    words = [tuple("" if cell is None else str(cell) for cell in row) for row in table.rows]
    assert read(content) == [table.headings, *words]


async def test_numbers_are_numbers_in_a_workbook(province):
    await some_rows(province)
    first, second, *_ = (await table_of(province, GUO.actor, CLUBS, Language.ZH)).rows
    assert first[:3] + first[7:11] == (1, 1, None, Decimal("95.5"), Decimal("-4.5"), None, 1)
    assert (second[2], second[9]) == (0, Decimal("-0.5"))


async def test_a_manager_exports_the_own_branch_only(province):
    await some_rows(province)
    rows = await cells(province, WANG)
    assert [row[3] for row in rows[1:]] == ["a", "v", "thin", "todo"]
    asked = RankingAsked(store_kind="customer_club", region_path=REGION_PATHS[LANZHOU])
    with pytest.raises(NotFound):
        await table_of(province, ZHAO.actor, asked, Language.ZH)
