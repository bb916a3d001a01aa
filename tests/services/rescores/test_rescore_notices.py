"""What a written re-score makes of notices: drafts follow, what was issued stays and is named."""

import pytest

from inspection.domain.refusals import NotFound
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.scoring import scored_visits
from inspection.persistence.statements import run
from inspection.services.notices import notice_following
from inspection.services.notices.notice_following import NOTHING, follow_card
from inspection.services.rubrics.rubrics import rubric_of
from tests.cast import GUO
from tests.receiving import rows_of, send
from tests.rescoring import another_version, first_version, found, item_in, published, written
from tests.reviewing import approve, sign
from tests.submissions import a_submission


def patient(above):
    """Waiting costs from so many minutes on."""

    def rewrite(tree):
        item_in(tree, "KC-X-04")["rule"] = {
            "kind": "meas",
            "unit": {"zh": "分钟", "en": "minutes"},
            "least": "0",
            "most": "60",
            "bands": [{"above": above, "loss": "1", "text": {"zh": "久等", "en": "a wait"}}],
        }

    return rewrite


async def who_waited(tools, minutes, *also):
    """A version that measures waiting, and a published visit scored by it that lost on it."""
    version = await another_version(tools, patient("10"))
    await run("UPDATE assignment SET rubric_version = ?", version)
    rubric = await rubric_of(version)
    submission = a_submission(rubric, losses=also)
    for answer in submission["answers"]:
        if answer["item"] == "KC-X-04":
            answer |= {"verdict": "loss", "measured": minutes, "note": "叫号后", "reason": "暗访"}
    await send(tools, submission)
    return version, (await approve(tools, submission["visit"])).notice


async def test_an_issued_notice_is_not_rewritten_and_is_named(province):
    _, notice = await published(province)
    await sign(province, notice)
    before = await rows_of("notice"), await rows_of("notice_line")
    await written(province, await another_version(province))
    assert (await rows_of("notice"), await rows_of("notice_line")) == before
    (line,) = await rows_of("rescore_line")
    assert line["notice"] == "disagrees"


async def test_an_issued_notice_that_says_the_same_again_is_not_named(province):
    _, notice = await published(province)
    version = await another_version(province)
    await sign(province, notice)
    first = await written(province, version)
    back = await written(province, first_version(), from_version=version)
    lines = await run("SELECT rescore, notice FROM rescore_line")
    assert {line["rescore"]: line["notice"] for line in lines} == {first: "disagrees", back: ""}


async def test_a_draft_follows_with_the_words_it_has(province):
    _, notice = await published(province)
    await run("UPDATE notice_line SET problem = '门前三处' WHERE item = 'KC-E-01'")
    await written(province, await another_version(province))
    lines = {line["item"]: (line["lost"], line["problem"]) for line in await rows_of("notice_line")}
    assert lines["KC-E-01"] == (200, "门前三处")
    assert (await audit.events_of("notice", notice))[-1].action == "notice.follow"


async def test_a_draft_with_nothing_left_to_say_is_taken_away_and_comes_back(province):
    strict, notice = await who_waited(province, "12")
    lenient = await another_version(province, patient("20"), "2026b")
    await written(province, lenient, from_version=strict)
    assert (await rows_of("notice"), await rows_of("notice_line")) == ([], [])
    assert (await audit.events_of("notice", notice))[-1].action == "notice.drop"
    (answer,) = await run("SELECT verdict FROM visit_answer WHERE item = 'KC-X-04'")
    assert answer["verdict"] == "pass"
    third = await another_version(province, patient("30"), "2026c")
    silent = await written(province, third, from_version=lenient)
    rescore = await written(province, strict, from_version=third)
    (again,) = await rows_of("notice")
    assert (again["state"], len(await rows_of("notice_line"))) == ("draft", 1)
    assert (await found(silent)).changed == 0
    (line,) = await run("SELECT notice FROM rescore_line WHERE rescore = ?", rescore)
    assert line["notice"] == "drafted"


async def followed(tools, visit):
    card = await scored_visits.find_card(visit, 1)
    async with tx():
        return await follow_card(tools, GUO.actor, visit, card)


async def test_a_notice_that_says_what_the_card_says_is_left(province):
    visit, _ = await published(province)
    assert await followed(province, visit) == NOTHING


async def test_nothing_lost_needs_no_notice(province):
    visit, notice = await published(province, losses=())
    assert notice is None
    assert await followed(province, visit) == NOTHING


async def test_a_line_more_is_worded_as_a_draft_words_it(province):
    strict, notice = await who_waited(province, "12", "KC-E-01")
    lenient = await another_version(province, patient("20"), "2026b")
    await written(province, lenient, from_version=strict)
    assert [line["item"] for line in await rows_of("notice_line", "number")] == ["KC-E-01"]
    await written(province, strict, from_version=lenient)
    lines = await rows_of("notice_line", "number")
    assert [(line["number"], line["item"]) for line in lines] == [(1, "KC-E-01"), (2, "KC-X-04")]
    assert lines[1]["problem"]
    assert {line["notice"] for line in lines} == {notice}


async def test_what_vanished_is_missing(province, monkeypatch):
    visit, _ = await published(province)
    card = await scored_visits.find_card(visit, 1)
    with pytest.raises(NotFound):
        await follow_card(province, GUO.actor, "none", card)

    async def nothing(_):
        return None

    monkeypatch.setattr(notice_following.notices, "lock_notice", nothing)
    with pytest.raises(NotFound):
        await follow_card(province, GUO.actor, visit, card)
