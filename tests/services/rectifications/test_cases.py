"""Verified lines with a photo from before and one from after become cases for everybody."""

import pytest

from inspection.domain.listing import ListAsked
from inspection.domain.refusals import NotAllowed, NotFound
from inspection.persistence.rectifications.solved_cases import CasesWanted
from inspection.services.rectifications.cases import case_export, case_list, case_of, case_photo
from inspection.services.rectifications.similar_cases import Problem, cases_like, cases_like_line
from inspection.wording import Language
from tests.cast import CHEN, DENG, GUO, LI, WANG, ZHAO
from tests.rectifying import a_reply, accept, issued_lines
from tests.submissions import a_photo


@pytest.fixture
async def line(province):
    line, *_ = await issued_lines(province, pictures=(a_photo(30),))
    await a_reply(province, line.id, cause="送修未返")
    await accept(province, line.id)
    return line


def wanted(q="", **parts):
    return CasesWanted(asked=ListAsked(q=q), **parts)


async def found(who, q="", **parts):
    return (await case_list(who.actor, wanted(q, **parts))).rows


async def test_a_case_is_found_by_words_item_section_and_kind(province, line):
    (case,) = await found(WANG, "送修")
    assert (case.item, case.cause, case.store.name) == (
        line.item,
        "送修未返",
        "城关东方红客户俱乐部",
    )
    assert len(await found(WANG, item=line.item, section=line.section)) == 1
    assert len(await found(WANG, store_kind="customer_club")) == 1
    for parts in ({"item": "KC-F-01"}, {"section": "KC-F"}, {"store_kind": "storefront"}):
        assert await found(WANG, **parts) == ()
    assert await found(WANG, "100%") == ()
    sections = (await case_list(WANG.actor, wanted())).sections
    assert [code for code, _ in sections] == [line.section]


@pytest.mark.parametrize(("who", "named"), [(WANG, True), (GUO, True), (CHEN, True)])
async def test_whose_case_it_was_is_told_within_reach(province, line, who, named):
    (case,) = await found(who)
    assert (case.store is not None) is named


@pytest.mark.parametrize("who", [ZHAO, DENG])
async def test_elsewhere_nobody_learns_whose_case_it_was(province, line, who):
    (case,) = await found(who)
    assert case.store is None
    assert (await case_of(who.actor, case.id)).store is None
    rows = [
        row async for page in case_export(who.actor, wanted(), Language.ZH).pages for row in page
    ]
    assert "城关东方红客户俱乐部" not in rows[0]


async def test_both_photos_are_shown(province, line):
    (case,) = await found(ZHAO)
    before = await case_photo(province, ZHAO.actor, case.id, "before")
    assert before != await case_photo(province, ZHAO.actor, case.id, "after")
    for ask in (case_of(ZHAO.actor, "x"), case_photo(province, ZHAO.actor, "x", "after")):
        with pytest.raises(NotFound):
            await ask
    with pytest.raises(NotAllowed):
        await case_of(LI.actor, case.id)


async def test_the_library_goes_out_as_a_file(province, line):
    export = case_export(WANG.actor, wanted(), Language.EN)
    rows = [row async for page in export.pages for row in page]
    assert len(rows[0]) == len(export.headings)
    assert rows[0][4] == "城关东方红客户俱乐部"


async def test_a_new_problem_shows_what_is_like_it(province, line):
    (case,) = await cases_like_line(DENG.actor, line.item, line.section, "无关")
    assert case.item == line.item
    by_section = await cases_like(WANG.actor, (Problem("KC-E-99", line.section, "无关"),))
    assert [each.id for each in by_section["KC-E-99"]] == [case.id]
    elsewhere = await cases_like(WANG.actor, (Problem("KC-F-01", "KC-F", "无关"),))
    assert elsewhere == {"KC-F-01": ()}
    with pytest.raises(NotAllowed):
        await cases_like(LI.actor, ())
