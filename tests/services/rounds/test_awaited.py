"""What the menu says waits for somebody: what they may settle, where they may, and no more."""

import msgspec

from inspection.persistence.statements import run
from inspection.services.notices.notices import submit_notice
from inspection.services.rounds.awaited_decisions import MOST, Awaited, awaited_of
from tests.cast import CAST, CHEN, GUO, LANZHOU, LI, SUN, WANG, ZHAO
from tests.rectifying import a_reply, issued_lines
from tests.reviewing import a_draft, a_visit
from tests.services.visits.called_off import called_off


async def test_visits_wait_for_reviewers(province):
    await a_visit(province)
    waiting = {person: (await awaited_of(person.actor)).visits for person in CAST}
    assert {person for person, n in waiting.items() if n} == {SUN}
    away = msgspec.structs.replace(SUN, region=ZHAO.region)
    assert await awaited_of(away.actor) == Awaited()


async def test_replies_wait_for_those_who_verify_them(province):
    line, *_ = await issued_lines(province)
    assert (await awaited_of(WANG.actor)).replies == 0
    await a_reply(province, line.id)
    waiting = {person: (await awaited_of(person.actor)).replies for person in CAST}
    assert {person for person, n in waiting.items() if n} == {SUN, WANG, GUO}
    assert MOST > waiting[WANG] == 1


async def test_refused_content_waits_for_who_looks_after_the_whole_tree(province):
    await called_off(province)
    branch = msgspec.structs.replace(GUO, region=LANZHOU)
    found = [(await awaited_of(each.actor)).parked for each in (GUO, branch, SUN, WANG, LI, CHEN)]
    assert found == [1, 0, 0, 0, 0, 0]


async def test_a_checked_notice_waits_for_a_signature_of_somebody_else_than_who_wrote_it(province):
    draft = await a_draft(province)
    assert (await awaited_of(WANG.actor)).notices == 0
    await submit_notice(province, SUN.actor, draft)
    waiting = {person: (await awaited_of(person.actor)).notices for person in CAST}
    assert {person for person, n in waiting.items() if n} == {WANG, GUO}
    await run("UPDATE notice SET edited_by = ?", WANG.account)
    assert [(await awaited_of(each.actor)).notices for each in (WANG, GUO)] == [0, 1]
