"""What an issue tells in others' words: the case, the dearest losses; nothing that is not said."""

import pytest

from inspection.domain.refusals import NotFound
from inspection.domain.refusals.bulletins import BulletinCaseGone
from inspection.persistence.rectifications import solved_cases
from inspection.persistence.rectifications.line_pauses import LinePauseRow, begin_pause
from inspection.persistence.statements import run
from inspection.services.bulletins.bulletin_access import said_in
from inspection.services.bulletins.bulletin_publishing import publish_bulletin
from inspection.services.bulletins.bulletin_told import bulletin_photo
from tests.cast import CLUB, GUO, MA, QINZHOU_CLUB, SUN, WANG
from tests.rankable import Result, published
from tests.rectifying import issued_lines
from tests.reporting import a_bulletin, a_case, a_published, row_of, write
from tests.reviewing import an_issued


async def published_with(tools, **said):
    bulletin = await a_bulletin(tools)
    await write(tools, bulletin, **said)
    await publish_bulletin(tools, GUO.actor, bulletin, 2)
    found = said_in(await row_of(bulletin))
    assert found is not None
    return bulletin, found


async def test_the_case_is_told_without_its_store_and_stays(province):
    case, line = await a_case(province)
    bulletin, said = await published_with(province, solved_case=case)
    assert said.case is not None
    assert said.case.measure == "已装好并逐一试过"
    assert CLUB not in str(said.case)
    before = await bulletin_photo(province, SUN.actor, bulletin, "before")
    assert before != await bulletin_photo(province, WANG.actor, bulletin, "after")
    await solved_cases.remove_case(line)
    assert await bulletin_photo(province, SUN.actor, bulletin, "before") == before
    draft = await a_bulletin(province)
    with pytest.raises(BulletinCaseGone):
        await write(province, draft, solved_case=case)
    with pytest.raises(NotFound):
        await bulletin_photo(province, GUO.actor, draft, "after")


async def test_a_case_that_left_the_library_before_publishing_is_left_out(province):
    case, line = await a_case(province)
    draft = await a_bulletin(province)
    await write(province, draft, solved_case=case)
    assert await bulletin_photo(province, GUO.actor, draft, "after")
    await solved_cases.remove_case(line)
    await publish_bulletin(province, GUO.actor, draft, 2)
    said = said_in(await row_of(draft))
    assert said is not None
    assert said.case is None


async def test_the_dearest_losses_are_told_in_released_words(province):
    await published(province, Result(store="X-01", total=9000))
    lines = await issued_lines(province)
    await an_issued(province, "ts", GUO, visitor=MA, store=QINZHOU_CLUB, losses=("KC-M-01",))
    said = said_in(await a_published(province))
    assert said is not None
    told = [each for part in said.rankings for each in part.exposed]
    assert [each.lost for each in told] == sorted((each.lost for each in told), reverse=True)
    assert {each.problem for each in told} >= {line.problem for line in lines}
    assert {each.region for each in told} == {"兰州", "天水"}
    mine = said_in(await a_published(province, WANG))
    assert mine is not None
    assert {each.region for part in mine.rankings for each in part.exposed} == {"城关区"}


async def test_a_line_that_carries_on_one_appealed_against_is_not_exposed(province, clock):
    first, second, *_ = await issued_lines(province)
    await run("UPDATE notice_line SET carried_from = ? WHERE id = ?", first.id, second.id)
    await begin_pause(LinePauseRow(id="pause", line=first.id, since=clock.time))
    _, said = await published_with(province, preface="一")
    told = {each.problem for part in said.rankings for each in part.exposed}
    assert second.problem not in told


async def test_what_is_appealed_against_or_void_is_not_exposed(province, clock):
    lines = await issued_lines(province)
    pause = LinePauseRow(id="pause", line=lines[0].id, since=clock.time)
    await begin_pause(pause)
    _, said = await published_with(province, hide_worst=True)
    told = [each for part in said.rankings for each in part.exposed]
    assert lines[0].problem not in {each.problem for each in told}
    assert {each.name for each in told} == {""}
    await run("UPDATE notice SET state = 'void'")
    _, said = await published_with(province, preface="二")
    assert [each for part in said.rankings for each in part.exposed] == []
