"""An upheld appeal goes all the way: the score, the ranking page, the notice that stands in for the
old one, and the old one still to be read.
"""

from inspection.persistence.rectifications.line_pauses import pauses_of
from tests.appealing import REASON, a_delivered, advised, decided, filed
from tests.cast import CHEN, CLUB, GUO, LI, WANG
from tests.rankable import Result, published
from tests.receiving import rows_of
from tests.reviewing import standing_of
from tests.web.html_page import HtmlPage


def place_on(page):
    """The place of the store on the ranking page."""
    (row,) = [row for row in page.rows() if any("城关东方红" in cell for cell in row)]
    return row


async def test_an_upheld_appeal_is_read_in_the_ranking_and_in_both_notices(app, tools, signed_in):
    notice = await a_delivered(tools)
    score = (await standing_of(CLUB))["score"]
    await published(tools, Result(store="R-1", total=score + 50))
    wang, chen = await signed_in(WANG), await signed_in(CHEN)
    before = place_on(HtmlPage(await wang.get("/ranking")))
    appeal = (await filed(tools, notice, 1)).id
    await advised(tools, appeal)
    outcome = await decided(tools, appeal)
    after = place_on(HtmlPage(await wang.get("/ranking")))
    assert (before[0][:1], after[0][:1]) == ("2", "1")
    shown = f"{(score + outcome.old_lost) / 100:g}"
    assert any(shown in cell for cell in after)

    old, new = sorted(await rows_of("notice"), key=lambda row: row["replaces"] is not None)
    assert (old["id"], old["state"], new["replaces"]) == (notice, "superseded", notice)
    pages = {
        row["id"]: (HtmlPage(await chen.get(f"/notices/{row['id']}")), row) for row in (old, new)
    }
    assert [shown in page.text for page, _ in pages.values()] == [False, True]
    for page, row in pages.values():
        assert row["number"] in page.text
    status = HtmlPage(await chen.get(f"/appeals/{appeal}"))
    assert f"/notices/{new['id']}" in status.links()
    assert f"/notices/{notice}" in status.links()
    said = status.text + "".join(page.text for page, _ in pages.values())
    assert [name for name in (LI.name, LI.pseudonym) if name in said] == []
    assert GUO.name not in status.text
    # What was decided is not appealed against again, on neither paper; what was not may still be.
    assert f"/notices/{new['id']}/lines/1/appeal" in pages[new["id"]][0].links()


async def test_where_no_line_is_left_the_store_reads_that_nothing_has_to_be_mended(
    app, tools, signed_in
):
    notice = await a_delivered(tools, losses=("KC-E-01",))
    appeal = (await filed(tools, notice, 1)).id
    await advised(tools, appeal)
    await decided(tools, appeal)
    (row,) = await rows_of("notice")
    assert (row["state"], row["end_reason"]) == ("void", REASON)
    chen, guo = await signed_in(CHEN), await signed_in(GUO)
    words = f"已没有需要整改的问题：通知 {row['number']} 作废，不用再整改"
    for visitor in (chen, guo):
        assert words in HtmlPage(await visitor.get(f"/appeals/{appeal}?lang=zh-CN")).text
    page = HtmlPage(await chen.get(f"/notices/{notice}"))
    assert "这份通知已作废，不用再整改。" in page.text
    assert REASON in page.text


async def test_what_is_frozen_stays_so_on_the_paper_that_stands_in(app, tools):
    notice = await a_delivered(tools)
    first, second = (await filed(tools, notice, 1)).id, (await filed(tools, notice, 2)).id
    await advised(tools, first)
    await decided(tools, first)
    (line,) = [
        row
        for row in await rows_of("notice_line")
        if row["carried_from"] is not None and row["notice"] != notice
    ]

    (pause,) = (await pauses_of([line["id"]]))[line["id"]]
    assert pause.until is None
    await advised(tools, second)
    assert (await decided(tools, second)).state == "upheld"


async def test_nothing_is_to_be_answered_in_a_notice_that_was_replaced(tools, signed_in):
    notice = await a_delivered(tools)
    appeal = (await filed(tools, notice, 1)).id
    await advised(tools, appeal)
    await decided(tools, appeal)
    chen = await signed_in(CHEN)
    page = HtmlPage(await chen.get(f"/notices/{notice}")).text
    assert ("查看整改情况" in page, "回复或申请延期" in page) == (True, False)
    line = HtmlPage(await chen.get(f"/notices/{notice}/lines/2")).text
    assert ("这份通知不再执行" in line, "还剩" in line) == (True, False)
