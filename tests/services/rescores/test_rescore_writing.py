"""Writing a re-score: revisions, standings, notices, and what comes between."""

import msgspec
import pytest

from inspection.domain.rankings.ranking import places
from inspection.domain.rankings.standing import figures
from inspection.domain.refusals import NotFound
from inspection.domain.rescores.rescore_run import RescoreState
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.rankings import standings
from inspection.persistence.scoring import scored_visits
from inspection.persistence.statements import run
from inspection.services.notices import notice_following
from inspection.services.notices.notice_following import NOTHING, follow_card
from inspection.services.rescores import rescore_writing
from inspection.services.rescores.rescore_writing import WRITE, write_on
from inspection.services.rounds.round_plans import lock_round
from inspection.services.rubrics.rubrics import rubric_of
from tests.cast import CLUB, GUO, LI, MA, ROUND, round_id
from tests.receiving import rows_of, send
from tests.rescoring import (
    REASON,
    another_item,
    another_version,
    confirm,
    first_version,
    found,
    item_in,
    tried,
    work,
    written,
)
from tests.reviewing import (
    a_visit,
    another_assignment,
    approve,
    send_back,
    sign,
    standing_of,
)
from tests.submissions import a_submission, rubric_in

GUO_OF_LANZHOU = msgspec.structs.replace(GUO, region="620100")


async def published(tools, name="first", **parts):
    visit = await a_visit(tools, name, **parts)
    return visit, (await approve(tools, visit)).notice


async def several(tools, *losses):
    """Visits to one club, published, with what each lost."""
    visits = []
    for number, lost in enumerate(losses):
        assignment = await another_assignment(tools, LI, CLUB, f"{number}")
        visits.append((await published(tools, f"{number}", assignment=assignment, losses=lost))[0])
    return visits


async def endings(rescore):
    rows = await run("SELECT * FROM rescore_line WHERE rescore = ?", rescore)
    return {row["visit"]: (row["fate"], row["revision"]) for row in rows}


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


async def test_every_card_gets_a_revision_and_keeps_the_one_before(province):
    visit, _ = await published(province)
    version = await another_version(province)
    rescore = await written(province, version)
    assert (await found(rescore)).state is RescoreState.DONE
    (row,) = await rows_of("visit")
    assert (row["total"], row["lost"], row["rubric_version"]) == (9700, 300, version)
    cards = await rows_of("visit_scorecard", "revision")
    assert [card["revision"] for card in cards] == [1, 2]
    assert [msgspec.json.decode(card["body"])["total"] for card in cards] == [9800, 9700]
    assert len(await rows_of("visit_answer")) == len({item.code for item in rubric_in().items()})
    assert (await standing_of(CLUB))["score"] == 9700
    assert await endings(rescore) == {visit: ("written", 2)}


async def test_the_log_says_who_changed_which_score_and_why(province):
    visit, _ = await published(province)
    version = await another_version(province)
    rescore = await written(province, version)
    event = (await audit.events_of("visit", visit))[-1]
    body = msgspec.json.decode(event.body)
    assert (event.action, event.actor) == ("visit.rescore", GUO.account)
    assert body["changes"] == {
        "total": [9800, 9700],
        "lost": [200, 300],
        "rubric_version": [first_version(), version],
    }
    assert (body["reason"], body["old"], body["new"], body["version"]) == (REASON, "98", "97", 2)
    last = (await audit.events_of("rescore", rescore))[-1]
    assert last.action == "rescore.finish"
    assert msgspec.json.decode(last.body)["changes"]["round_rubric"] == [first_version(), version]


async def test_there_and_back_gives_the_first_scores(province):
    await several(province, ("KC-E-01",), ("KC-E-01", "KC-M-01"), ())
    before, standing = await rows_of("visit"), await standing_of(CLUB)
    version = await another_version(province)
    await written(province, version)
    assert await rows_of("visit") != before
    rescore = await written(province, first_version(), from_version=version)
    assert await rows_of("visit") == before
    assert await standing_of(CLUB) == standing
    assert [card["revision"] for card in await rows_of("visit_scorecard", "visit, revision")] == [
        1,
        2,
        3,
    ] * 3
    assert (await found(rescore)).changed == 2


async def test_standings_are_those_of_a_recomputation_and_ranks_those_of_the_dry_run(province):
    await several(province, ("KC-E-01",), ("KC-M-01",))
    await published(province, "away", by=MA, store="TS-0003", losses=("KC-M-01",))
    rescore = await written(province, await another_version(province))
    keys = {}
    for row in await rows_of("standing"):
        fresh = figures(await standings.published_results(row["round"], row["store"]), 1)
        assert (row["score"], row["rank_key"], row["score_sum"]) == (
            fresh.score,
            fresh.rank_key,
            fresh.score_sum,
        )
        keys[row["store"]] = row["rank_key"]
    place = places(keys.values())
    for line in await rows_of("rescore_line"):
        assert line["new_rank"] == place[keys[line["store"]]]
    assert (await found(rescore)).mean == -100


async def test_cards_that_cannot_be_judged_stay_as_they_are(province):
    visit, _ = await published(province)
    before = await rows_of("visit")
    rescore = await written(province, await another_version(province, another_item))
    assert await rows_of("visit") == before
    assert await endings(rescore) == {visit: ("stuck", None)}


async def test_a_long_writing_goes_on_from_job_to_job(province, monkeypatch):
    monkeypatch.setattr(rescore_writing, "PAGE", 1)
    monkeypatch.setattr(rescore_writing, "PAGES", 2)
    await several(province, ("KC-E-01",), (), ("KC-M-01",))
    rescore = await tried(province, await another_version(province))
    await confirm(province, rescore)
    assert await work(province, WRITE) == 2
    known = await found(rescore)
    assert (known.state, known.done) == (RescoreState.DONE, 3)


async def test_after_a_crash_it_goes_on_and_does_nothing_twice(province, monkeypatch):
    monkeypatch.setattr(rescore_writing, "PAGE", 1)
    await several(province, ("KC-E-01",), (), ("KC-M-01",))
    rescore = await tried(province, await another_version(province))
    await confirm(province, rescore)
    key = (await found(rescore)).job
    judge, pages = rescore_writing.judge, []

    async def breaking(rules, rows):
        pages.append(rows)
        if len(pages) == 2:
            raise KeyboardInterrupt
        return await judge(rules, rows)

    monkeypatch.setattr(rescore_writing, "judge", breaking)
    with pytest.raises(KeyboardInterrupt):
        await write_on(province, rescore, key)
    known = await found(rescore)
    assert (known.state, known.done) == (RescoreState.WRITING, 1)
    await write_on(province, rescore, key)
    await write_on(province, rescore, key)
    await write_on(province, "nobody", key)
    assert [card["revision"] for card in await rows_of("visit_scorecard", "visit, revision")] == [
        1,
        2,
    ] * 3
    assert set((await endings(rescore)).values()) == {("written", 2)}


async def test_a_round_locked_in_between_keeps_what_it_has(province, monkeypatch):
    monkeypatch.setattr(rescore_writing, "PAGE", 1)
    monkeypatch.setattr(rescore_writing, "PAGES", 1)
    await several(province, ("KC-E-01",), ("KC-E-01",))
    rescore = await tried(province, await another_version(province))
    await confirm(province, rescore)
    await write_on(province, rescore, (await found(rescore)).job)
    await lock_round(province, ROUND)
    before = await rows_of("visit"), await rows_of("standing")
    await work(province, WRITE)
    assert (await rows_of("visit"), await rows_of("standing")) == before
    known = await found(rescore)
    assert known.state is RescoreState.STOPPED
    assert sorted(fate for fate, _ in (await endings(rescore)).values()) == ["locked", "written"]
    assert (await audit.events_of("rescore", rescore))[-1].action == "rescore.stop"


async def test_what_came_and_went_since_the_dry_run_is_judged_as_it_is(province):
    assignment = await another_assignment(province, LI, CLUB, "returned")
    returned = await a_visit(province, "returned", assignment=assignment)
    kept, _ = await published(province)
    rescore = await tried(province, await another_version(province))
    await send_back(province, returned)
    assignment = await another_assignment(province, LI, CLUB, "late")
    late = await a_visit(province, "late", assignment=assignment)
    await confirm(province, rescore)
    await work(province, WRITE)
    assert await endings(rescore) == {
        returned: ("gone", None),
        kept: ("written", 2),
        late: ("written", 2),
    }
    assert sum(row["late"] for row in await rows_of("rescore_line")) == 1


async def test_a_visit_sent_again_since_is_judged_by_what_it_says_now(province):
    visit = await a_visit(province)
    rescore = await tried(province, await another_version(province))
    await send_back(province, visit)
    again = a_submission(
        rubric_in(), losses=("KC-E-01", "KC-M-01", "KC-E-02"), visit=visit, attempt=2
    )
    await send(province, again)
    await confirm(province, rescore)
    await work(province, WRITE)
    (line,) = await rows_of("rescore_line")
    assert (line["fate"], bool(line["differs"])) == ("written", True)
    (row,) = await rows_of("visit")
    assert (row["attempt"], row["total"]) == (2, 9600)


async def test_a_visit_returned_after_it_was_rescored_is_judged_by_the_version_of_its_phone(
    province,
):
    visit = await a_visit(province)
    await written(province, await another_version(province))
    await send_back(province, visit)
    await send(province, a_submission(rubric_in(), losses=("KC-E-01",), visit=visit, attempt=2))
    (row,) = await rows_of("visit")
    assert (row["rubric_version"], row["total"]) == (first_version(), 9900)


async def test_flags_that_do_not_come_from_the_card_stay(province):
    visit = await a_visit(province)
    await run("""UPDATE visit SET flags = '["outside_window"]' WHERE id = ?""", visit)
    await written(province, await another_version(province))
    (row,) = await rows_of("visit")
    assert row["flags"] == '["outside_window"]'


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


async def test_a_branch_alone_does_not_change_what_the_round_plans_by(province):
    await published(province)
    version = await another_version(province)
    await written(province, version, by=GUO_OF_LANZHOU)
    pinned = await run(
        "SELECT rubric_version FROM round_rubric WHERE round = ? AND store_kind = ?",
        round_id(ROUND),
        "customer_club",
    )
    assert [row["rubric_version"] for row in pinned] == [first_version()]
    assert {row["rubric_version"] for row in await rows_of("assignment")} >= {first_version()}


async def test_features_are_those_the_first_card_knew(province):
    await published(province)
    await run("UPDATE store SET features = '[]'")
    await written(province, await another_version(province))
    (row,) = await rows_of("visit")
    assert row["total"] == 9700
    (line,) = await rows_of("rescore_line")
    assert not line["other_facts"]


async def test_repeats_count_as_the_locked_rounds_say_now(province):
    earlier = await published(province, losses=("KC-E-01",))
    await run(
        "UPDATE visit SET state = 'locked', round = ? WHERE id = ?",
        round_id("2026-10"),
        earlier[0],
    )
    assignment = await another_assignment(province, LI, CLUB, "second")
    visit, _ = await published(province, "second", assignment=assignment, losses=("KC-E-01",))

    def repeating(tree):
        tree["repeat_factor"] = "1.5"

    version = await another_version(province, repeating)
    await written(province, version)
    (row,) = await run("SELECT total FROM visit WHERE id = ?", visit)
    assert row["total"] == 9850
    await run("UPDATE visit SET state = 'published' WHERE id = ?", earlier[0])
    rescore = await tried(province, first_version(), from_version=version)
    (line,) = await run(
        "SELECT other_facts, new_total FROM rescore_line WHERE rescore = ?", rescore
    )
    assert (bool(line["other_facts"]), line["new_total"]) == (True, 9900)


async def test_what_another_rubric_found_at_the_store_is_no_repeat(province):
    earlier, _ = await published(province, losses=("KC-E-01",))
    await run(
        "UPDATE visit SET state = 'locked', round = ?, rubric_version = ? WHERE id = ?",
        round_id("2026-10"),
        first_version("KH"),
        earlier,
    )
    assignment = await another_assignment(province, LI, CLUB, "second")
    visit, _ = await published(province, "second", assignment=assignment, losses=("KC-E-01",))

    def repeating(tree):
        tree["repeat_factor"] = "1.5"

    await written(province, await another_version(province, repeating))
    (row,) = await run("SELECT total FROM visit WHERE id = ?", visit)
    assert row["total"] == 9900


async def test_nothing_left_to_write_ends_it_as_done(province):
    visit = await a_visit(province)
    version = await another_version(province)
    rescore = await tried(province, version)
    await confirm(province, rescore)
    await send_back(province, visit)
    await work(province, WRITE)
    known = await found(rescore)
    assert known.state is RescoreState.DONE
    assert await endings(rescore) == {visit: ("gone", None)}
    body = (await audit.events_of("rescore", rescore))[-1].body
    assert msgspec.json.decode(body)["changes"]["state"] == ["writing", "done"]


async def test_what_is_gone_the_moment_it_is_held_is_passed_over(province, monkeypatch):
    visit, _ = await published(province)
    rescore = await tried(province, await another_version(province))
    await confirm(province, rescore)
    lock, missed = rescore_writing.rescore_visits.lock_visits, []

    async def too_late(wanted, places):
        if missed:
            return await lock(wanted, places)
        missed.append(places)
        return ()

    monkeypatch.setattr(rescore_writing.rescore_visits, "lock_visits", too_late)
    await work(province, WRITE)
    assert missed
    assert await endings(rescore) == {visit: ("written", 2)}


async def test_a_round_of_a_branch_is_covered_by_that_branch(province):
    await published(province)
    await run("UPDATE round SET region_path = '/620000/620100/' WHERE code = ?", ROUND)
    version = await another_version(province)
    rescore = await written(province, version, by=GUO_OF_LANZHOU)
    body = (await audit.events_of("rescore", rescore))[-1].body
    assert msgspec.json.decode(body)["changes"]["round_rubric"] == [first_version(), version]


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
