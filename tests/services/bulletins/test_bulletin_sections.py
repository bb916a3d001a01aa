"""The sections of an issue: part of its draft, frozen with it, taken over by the next."""

import pytest

from inspection.domain.bulletins.bulletin import BulletinKind
from inspection.domain.bulletins.bulletin_sections import BulletinSection as S
from inspection.domain.bulletins.bulletin_sections import (
    Step,
    choices_in,
    chosen,
    moved,
    told,
)
from inspection.domain.refusals.bulletins import BulletinWithoutSections
from inspection.persistence.audit import audit
from inspection.services.audit.audit_words import value_words
from inspection.services.bulletins.bulletin_access import said_in
from inspection.services.bulletins.bulletin_publishing import publish_bulletin
from inspection.wording import Language
from tests.cast import GUO, ROUND, WANG
from tests.reporting import a_bulletin, a_published, row_of, write

SHORT = chosen((S.OVERDUE, S.HIGHLIGHTS), (S.OVERDUE, S.HIGHLIGHTS))


async def last_change(bulletin):
    """What the log says about the last change."""
    return (await audit.events_of("bulletin", bulletin))[-1].body


async def test_what_is_chosen_is_frozen_and_the_next_issue_of_the_kind_has_it(province):
    bulletin = await a_bulletin(province)
    await write(province, bulletin, sections=SHORT)
    await publish_bulletin(province, GUO.actor, bulletin, 2)
    said = said_in(await row_of(bulletin))
    assert said
    assert said.sections == (S.OVERDUE, S.HIGHLIGHTS)
    assert said.rectification.units == ()
    again = await a_published(province)
    assert (await row_of(again.id)).sections == (await row_of(bulletin)).sections
    others = (
        await a_bulletin(province, kind=BulletinKind.ROUND, round=ROUND),
        await a_bulletin(province, WANG),
    )
    for other in others:
        assert told(choices_in((await row_of(other)).sections)) == tuple(S)


async def test_a_draft_without_sections_is_refused(province):
    bulletin = await a_bulletin(province)
    with pytest.raises(BulletinWithoutSections):
        await write(province, bulletin, sections=chosen((), ()))
    assert (await row_of(bulletin)).revision == 1


async def test_the_log_says_what_was_left_out_and_what_was_moved(province):
    bulletin = await a_bulletin(province)
    await write(province, bulletin, sections=SHORT)
    assert '"sections":[["highlights","scored"' in await last_change(bulletin)
    await write(province, bulletin, preface="一")
    assert "section" not in await last_change(bulletin)
    below = moved(SHORT, S.CLOSING, Step.UP)
    await write(province, bulletin, preface="一", sections=below)
    assert '"section_order":' in await last_change(bulletin)
    await write(province, bulletin, preface="一", sections=below)
    assert (await row_of(bulletin)).revision == 4


async def test_writing_the_usual_order_out_is_no_news(province):
    bulletin = await a_bulletin(province)
    await write(province, bulletin, sections=choices_in(""))
    assert (await row_of(bulletin)).revision == 1


def test_sections_have_words_in_the_log():
    value = ["overdue", "case"]
    assert value_words(Language.EN, value, "bulletin") == "Overdue · Case of the issue"
    assert value_words(Language.EN, value, "notice") == '["overdue","case"]'
