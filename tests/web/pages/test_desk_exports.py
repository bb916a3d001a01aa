"""Lists of the desk's own business as files: tokens, deliveries, a store through its rounds."""

import pytest

from inspection.domain.people.api_token import TokenScope
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services import delivery_exports
from inspection.services.people.api_tokens import TokenGiven, make_token
from inspection.services.rankings.store_result_exports import store_tables
from inspection.services.rankings.store_results import store_results
from inspection.wording import Language
from tests.cast import CHEN, EARLIER_ROUND, GUO, LI, QINZHOU, ROUND, SUN, WANG
from tests.rankable import Result, published
from tests.telling import a_message, reachable, told
from tests.web.html_page import HtmlPage
from tests.web.pages.exported import BOTH, cells


async def tokens(tools):
    """A token of a manager and one of an administrator; their texts."""
    given = TokenGiven(name="看板", scopes=(TokenScope.RANKING, TokenScope.ITEMS), days=90)
    return [await make_token(tools, person.actor, given) for person in (WANG, GUO)]


@BOTH
async def test_tokens_go_out_as_the_list_shows_them_without_what_they_are(
    signed_in, app, tools, format
):
    texts = await tokens(tools)
    titles, *rows = await cells(await signed_in(GUO), "/tokens?lang=zh-CN", format)
    assert titles[:6] == ("令牌", "开头", "所有人", "可读取", "区域", "状态")
    assert {row[2] for row in rows} == {WANG.name, GUO.name}
    assert rows[0][3] == "逐项明细文件, 排名、单位对比、得分表"
    for text in texts:
        assert not any(text in cell for row in rows for cell in row)
    _, *own = await cells(await signed_in(WANG), "/tokens", format)
    assert [row[2] for row in own] == [WANG.name]
    assert await cells(await signed_in(WANG), "/tokens?q=nobody&lang=zh-CN", format) == [titles]


@BOTH
async def test_deliveries_go_out_with_the_filters_of_the_page(signed_in, app, tools, format):
    await reachable(CHEN)
    await told(tools, a_message())
    guo = await signed_in(GUO)
    await run("UPDATE delivery SET state = 'failed', code = 'no_server' WHERE channel = 'mail'")
    titles, *rows = await cells(guo, "/deliveries?state=failed&lang=zh-CN", format)
    assert titles[1:5] == ("消息", "方式", "收件人", "状态")
    ((_, _, way, whom, _, _, outcome, next_try, _),) = rows
    assert (way, whom, outcome, next_try) == ("邮件", CHEN.name, "未设置邮件服务器", "")
    _, *waiting = await cells(guo, "/deliveries?state=waiting", format)
    assert all(row[7] for row in waiting)


async def test_many_deliveries_go_out_page_by_page(signed_in, app, tools, monkeypatch):
    await reachable(CHEN)
    await told(tools, a_message())
    guo = await signed_in(GUO)
    whole = await cells(guo, "/deliveries", "csv")
    monkeypatch.setattr(delivery_exports, "LARGEST_PAGE", 1)
    assert await cells(guo, "/deliveries", "csv") == whole
    assert len(whole) > 2


LOST = {"KC-F-01": 300}


async def some_rounds(tools):
    """A store in two rounds, a veto in the second."""
    cards = {"KC-E": (2000, 1950), "KC-F": (2100, 2000)}
    await published(
        tools,
        Result(store="S-1", total=9850, sections=cards, round=EARLIER_ROUND, items=LOST),
        Result(store="S-1", total=8950, outcome="vetoed", items=LOST),
        Result(store="far", total=9000, region=QINZHOU),
    )


@BOTH
async def test_a_store_goes_out_round_by_round_with_the_signs_of_its_page(
    signed_in, app, tools, format
):
    await some_rounds(tools)
    wang = await signed_in(WANG)
    path = "/stores/S-1"
    page = HtmlPage(await wang.get(f"{path}?lang=zh-CN"))
    links = [link for link in page.links() if link.startswith(path) and "format=" in link]
    assert len(links) == 2
    titles, now, before = await cells(wang, f"{path}?lang=zh-CN", format)
    assert titles[:5] == ("轮次编号", "轮次", "得分", "满分", "失分")
    assert (now[0], float(now[2]), float(now[4]), now[-1]) == (ROUND, 89.5, -10.5, "否决")
    assert (before[0], float(before[2]), before[-1]) == (EARLIER_ROUND, 98.5, "")
    last = (await audit.events_of("store", "S-1"))[-1]
    assert (last.action, last.actor) == ("store.export", WANG.account)
    assert (await wang.get("/stores/far?format=csv")).status_code == 404


async def test_the_sections_of_each_round_stand_on_a_sheet_of_their_own(app, tools):
    await some_rounds(tools)
    found = await store_results(tools, GUO.actor, "S-1")
    _, sections, again = store_tables(found, Language.EN)
    rows = [row for row in sections.rows if row[0] == EARLIER_ROUND]
    assert [(row[2], str(row[3]), str(row[4]), str(row[5])) for row in rows][:1] == [
        ("Environment", "20.00", "19.50", "-0.50")
    ]
    assert again.headings == ("Item code", "Item", EARLIER_ROUND, ROUND, "Rounds")
    (row,) = again.rows
    assert tuple(map(str, row))[2:] == ("-3.00", "-3.00", "2")


@pytest.mark.parametrize("path", ["/tokens", "/deliveries"])
async def test_who_may_not_see_them_gets_no_file(signed_in, app, path):
    for person in (LI, CHEN):
        assert (await (await signed_in(person)).get(f"{path}?format=csv")).status_code == 403
    expected = 200 if path == "/tokens" else 403
    assert (await (await signed_in(SUN)).get(f"{path}?format=csv")).status_code == expected


@pytest.mark.parametrize(("path", "noun"), [("/tokens", "token"), ("/deliveries", "delivery")])
async def test_what_leaves_is_written_down(signed_in, app, path, noun):
    assert (await (await signed_in(GUO)).get(f"{path}?format=csv")).status_code == 200
    last = (await audit.events_of(noun, ""))[-1]
    assert (last.action, last.actor) == (f"{noun}.export", GUO.account)
