"""The list of re-scores and a dry run as files."""

import msgspec

from inspection.domain.rescores.rescore import Change
from inspection.domain.rescores.rescore_run import Fate
from inspection.domain.rubrics.rubric import Text
from inspection.jobs.rescore import TRY
from inspection.persistence.audit import audit
from inspection.persistence.rescores.rescore_lists import LineListed
from inspection.services.rescores import rescore_exports
from inspection.services.rescores.rescore_views import CardShown, MisfitShown
from inspection.services.rescores.rescores import ask_rescore
from inspection.wording import Language, say
from tests.cast import CLUB, GUO, ROUND
from tests.rescoring import another_item, another_version, first_version, tried, work
from tests.reviewing import a_visit, approve
from tests.web.pages.exported import BOTH, cells

LINE = LineListed(
    id="1",
    visit="1",
    store_code=CLUB,
    store_name="店",
    region_path="/620000/",
    attempt=1,
    change=Change.STUCK,
    why="[]",
    old_total=9000,
    new_total=None,
    difference=0,
    old_outcome="pass",
    new_outcome="",
    old_band="",
    new_band="",
    old_rank=None,
    new_rank=None,
    other_facts=True,
    fate=Fate.LOCKED,
    late=False,
    differs=True,
    revision=None,
    notice="disagrees",
)


@BOTH
async def test_a_dry_run_goes_out_as_the_table_shows_it(signed_in, app, tools, format):
    await approve(tools, await a_visit(tools))
    rescore = await tried(tools, await another_version(tools))
    guo = await signed_in(GUO)
    title, row = await cells(guo, f"/rescores/{rescore}", format)
    assert (title[3], row[0], row[3]) == ("Change", CLUB, "Changed")
    assert float(row[5]) - float(row[4]) == float(row[6])
    assert await cells(guo, f"/rescores/{rescore}?show=stuck", format) == [title]
    assert (await guo.get(f"/rescores/{CLUB}?format={format}")).status_code == 404
    assert (await audit.events_of("rescore", ""))[-1].action == "rescore.export"


@BOTH
async def test_the_list_of_re_scores_goes_out(signed_in, app, tools, monkeypatch, format):
    await approve(tools, await a_visit(tools))
    version = await another_version(tools)
    guo = await signed_in(GUO)
    title = (await cells(guo, "/rescores?q=nothing", format))[0]
    assert title[:5] == ("Round", "Name", "Rubric code", "From version", "To version")
    await ask_rescore(tools, GUO.actor, ROUND, first_version(), version)
    (row,) = (await cells(guo, "/rescores", format))[1:]
    assert (row[0], row[5], row[-1]) == (ROUND, "", say(Language.EN, "rescore_state.trying"))
    await work(tools, TRY)
    (row,) = (await cells(guo, "/rescores", format))[1:]
    assert (row[5], row[6], row[9]) == ("1", "1", GUO.name)
    assert row[-1] == say(Language.EN, "rescore_state.ready")


@BOTH
async def test_cards_that_cannot_be_judged_go_out_with_the_reason(signed_in, app, tools, format):
    await approve(tools, await a_visit(tools))
    rescore = await tried(tools, await another_version(tools, another_item))
    guo = await signed_in(GUO)
    _, row = await cells(guo, f"/rescores/{rescore}?show=stuck", format)
    assert row[5:7] == ("", "")
    assert "KC-E-99" in row[13]


@BOTH
async def test_before_a_dry_run_is_over_nothing_goes_out(signed_in, app, tools, format):
    await approve(tools, await a_visit(tools))
    version = await another_version(tools)
    rescore = await ask_rescore(tools, GUO.actor, ROUND, first_version(), version)
    found = await cells(await signed_in(GUO), f"/rescores/{rescore}?show=all", format)
    assert len(found) == 1


def test_remarks_say_what_became_of_a_card():
    card = CardShown(
        line=LINE,
        branch=Text("兰州", "Lanzhou"),
        old_band=Text("优", "A"),
        new_band=None,
        misfits=(MisfitShown(item="", title=None, code="nobody.knows"),),
    )
    *_, misfits, remarks = rescore_exports._card(card, Language.ZH)
    assert misfits == "答案与新版本不符"
    assert remarks == "与试算不同; 另有变化; 不变：轮次已锁定; 通知分值不一致"
    line = msgspec.structs.replace(LINE, fate=Fate.WRITTEN, revision=2, notice="followed")
    written = rescore_exports._remarks(line, Language.ZH)
    assert written[-2:] == ["第 2 次修订", "草稿已更新"]
