"""Four eyes on a rubric: nobody publishes what they wrote alone, whatever meets whatever."""

import json

import pytest

from inspection.domain.refusals import (
    MoveRefused,
    NotAllowed,
    NotFound,
    RubricDraftBehind,
    RubricDraftChanged,
    RubricDraftFaulty,
    RubricDraftUnchanged,
    RubricOwnDraft,
    RubricVetoReasonMissing,
)
from inspection.domain.rubrics.rubric_draft import DraftState
from inspection.domain.rubrics.rubric_writer import document_of
from inspection.persistence.audit import audit
from inspection.persistence.rubrics import rubric_decisions
from inspection.persistence.rubrics.rubrics import list_versions
from inspection.persistence.statements import run
from inspection.services.rubrics import rubric_approvals
from inspection.services.rubrics.rubric_approvals import (
    Judgement,
    decide_draft,
    publish_draft,
    rebase_draft,
    recall_draft,
    submit_draft,
)
from inspection.services.rubrics.rubric_drafts import draft_of, keep_draft, start_draft
from inspection.services.rubrics.rubrics import rubric_of
from tests.cast import GUO, LI, SUN, WANG
from tests.domain.sheets import KC
from tests.rubric_drafting import HE, NEW, NO, TIAN, YES, a_draft, changed


async def state_of(draft):
    return (await draft_of(GUO.actor, draft)).state


async def test_a_draft_goes_its_way_to_a_version(province, club, submitted):
    await decide_draft(province, SUN.actor, submitted, YES)
    assert await state_of(submitted) is DraftState.APPROVED
    version = await publish_draft(province, GUO.actor, submitted)
    assert (version.code, version.number) == ("KC", 2)
    assert (await rubric_of(version.digest)).edition == "2027"
    found = await draft_of(GUO.actor, submitted)
    assert (found.state, found.can_edit) == (DraftState.PUBLISHED, False)
    assert found.published is not None
    assert (found.published.digest, found.published.published_by) == (version.digest, GUO.account)
    listed = [(row.code, row.number, row.state) for row in await list_versions()]
    assert listed[:2] == [("KC", 2, "published"), ("KC", 1, "superseded")]


async def test_every_step_says_who_and_what_was_and_is(province, club, submitted):
    await decide_draft(province, SUN.actor, submitted, NO)
    await submit_draft(province, GUO.actor, submitted, 1)
    await decide_draft(province, HE.actor, submitted, YES)
    version = await publish_draft(province, GUO.actor, submitted)
    events = await audit.events_of("rubric_draft", submitted)
    assert [(event.action, event.actor) for event in events] == [
        ("rubric_draft.start", GUO.account),
        ("rubric_draft.edit", GUO.account),
        ("rubric_draft.submit", GUO.account),
        ("rubric_draft.veto", SUN.account),
        ("rubric_draft.submit", GUO.account),
        ("rubric_draft.approve", HE.account),
        ("rubric_draft.publish", GUO.account),
    ]
    veto = json.loads(events[3].body)
    assert (veto["reason"], veto["changes"]) == (
        "KC-F-01 缺一档扣分。",
        {"state": ["submitted", "vetoed"]},
    )
    (event,) = await audit.events_of("rubric", version.digest)
    assert json.loads(event.body)["changes"] == {"in_force": [club, version.digest]}


async def test_nobody_decides_about_what_they_wrote_in(province, club):
    draft = await a_draft(province, club)
    document = changed((await draft_of(HE.actor, draft)).document, ("edition",), "2028")
    await keep_draft(province, HE.actor, draft, document, 1)
    await submit_draft(province, GUO.actor, draft, 2)
    for writer in (GUO, HE):
        for decision in ("approve", "veto"):
            judgement = Judgement(decision=decision, seen=2, reason="自己")
            with pytest.raises(RubricOwnDraft):
                await decide_draft(province, writer.actor, draft, judgement)
    assert await state_of(draft) is DraftState.SUBMITTED


async def test_who_only_submitted_it_does_not_decide_either(province, club):
    draft = await a_draft(province, club)
    await submit_draft(province, HE.actor, draft, 1)
    with pytest.raises(RubricOwnDraft):
        await decide_draft(province, HE.actor, draft, YES)


async def test_a_veto_needs_its_reason_and_sends_the_draft_back(province, submitted):
    for reason in ("", "  \n"):
        silent = Judgement(decision="veto", seen=1, reason=reason)
        with pytest.raises(RubricVetoReasonMissing):
            await decide_draft(province, SUN.actor, submitted, silent)
    await decide_draft(province, SUN.actor, submitted, NO)
    found = await draft_of(GUO.actor, submitted)
    assert (found.state, found.can_edit) == (DraftState.VETOED, True)
    (said,) = await rubric_decisions.decisions_about(submitted)
    assert (said.decision, said.reason, said.name) == ("veto", "KC-F-01 缺一档扣分。", SUN.name)
    await keep_draft(province, GUO.actor, submitted, found.document, 1)
    assert await state_of(submitted) is DraftState.VETOED


async def test_a_draft_with_faults_is_not_submitted(province, club):
    draft = await start_draft(province, GUO.actor, club)
    document = changed(document_of(KC), ("sections", 0, "full"), "21")
    await keep_draft(province, GUO.actor, draft, document, 0)
    with pytest.raises(RubricDraftFaulty) as no:
        await submit_draft(province, GUO.actor, draft, 1)
    assert [(fault.pointer, fault.code) for fault in no.value.faults] == [
        ("/full", "rubric.sections_do_not_add_up"),
        ("/sections/0/full", "rubric.section_does_not_add_up"),
    ]


async def test_an_unchanged_draft_is_not_submitted(province, club):
    draft = await start_draft(province, GUO.actor, club)
    with pytest.raises(RubricDraftUnchanged) as no:
        await submit_draft(province, GUO.actor, draft, 0)
    assert no.value.facts == {"rubric": "KC", "number": 1}


async def test_what_was_submitted_is_what_was_seen(province, club):
    draft = await a_draft(province, club)
    with pytest.raises(RubricDraftChanged):
        await submit_draft(province, GUO.actor, draft, 0)


async def test_what_is_decided_about_is_what_was_seen(province, submitted):
    await recall_draft(province, GUO.actor, submitted)
    document = changed((await draft_of(GUO.actor, submitted)).document, ("edition",), "2029")
    await keep_draft(province, GUO.actor, submitted, document, 1)
    await submit_draft(province, GUO.actor, submitted, 2)
    with pytest.raises(RubricDraftChanged):
        await decide_draft(province, SUN.actor, submitted, YES)


async def test_only_submitted_drafts_are_decided_and_only_approved_ones_published(province, club):
    draft = await a_draft(province, club)
    with pytest.raises(MoveRefused):
        await decide_draft(province, SUN.actor, draft, YES)
    with pytest.raises(MoveRefused):
        await publish_draft(province, GUO.actor, draft)
    await submit_draft(province, GUO.actor, draft, 1)
    with pytest.raises(MoveRefused):
        await publish_draft(province, GUO.actor, draft)
    with pytest.raises(MoveRefused):
        await submit_draft(province, GUO.actor, draft, 1)


async def test_an_approval_taken_back_is_gone(province, submitted):
    await decide_draft(province, SUN.actor, submitted, YES)
    await recall_draft(province, GUO.actor, submitted)
    assert await state_of(submitted) is DraftState.EDITING
    with pytest.raises(MoveRefused):
        await publish_draft(province, GUO.actor, submitted)


async def test_a_draft_never_undoes_a_version_it_does_not_know(province, club, submitted):
    await decide_draft(province, SUN.actor, submitted, YES)
    other = await a_draft(province, club, edition="2031")
    await submit_draft(province, GUO.actor, other, 1)
    await decide_draft(province, SUN.actor, other, YES)
    await publish_draft(province, GUO.actor, other)
    with pytest.raises(RubricDraftBehind) as no:
        await publish_draft(province, GUO.actor, submitted)
    assert no.value.facts == {"number": 2}
    await recall_draft(province, GUO.actor, submitted)
    with pytest.raises(RubricDraftBehind):
        await submit_draft(province, GUO.actor, submitted, 1)
    await rebase_draft(province, GUO.actor, submitted, 1)
    await submit_draft(province, GUO.actor, submitted, 1)
    await decide_draft(province, SUN.actor, submitted, YES)
    assert (await publish_draft(province, GUO.actor, submitted)).number == 3


async def test_a_first_version_begins_from_nothing(province, club):
    draft = await start_draft(province, GUO.actor, NEW)
    document = {**document_of(KC), "code": "XY"}
    await keep_draft(province, GUO.actor, draft, document, 0)
    await rebase_draft(province, GUO.actor, draft, 1)
    await submit_draft(province, GUO.actor, draft, 1)
    await decide_draft(province, SUN.actor, draft, YES)
    assert (await publish_draft(province, GUO.actor, draft)).number == 1


async def test_roles_and_places(province, submitted):
    for person in (LI, WANG):
        with pytest.raises(NotAllowed):
            await decide_draft(province, person.actor, submitted, YES)
    with pytest.raises(NotAllowed):
        await submit_draft(province, SUN.actor, submitted, 1)
    with pytest.raises(NotAllowed):
        await publish_draft(province, SUN.actor, submitted)
    with pytest.raises(NotFound):
        await decide_draft(province, TIAN.actor, submitted, YES)
    with pytest.raises(NotFound):
        await recall_draft(province, TIAN.actor, submitted)
    assert rubric_approvals.NOUN == "rubric_draft"


async def test_who_wrote_a_draft_is_told_what_became_of_it(province, submitted):
    await decide_draft(province, SUN.actor, submitted, YES)
    rows = await run("SELECT account, facts FROM inbox_message WHERE kind = 'rubric_draft.decided'")
    assert [row["account"] for row in rows] == [GUO.account]
    assert "approved" in rows[0]["facts"]


async def test_who_may_decide_is_told_that_a_draft_waits(province, club):
    draft = await a_draft(province, club)
    await submit_draft(province, GUO.actor, draft, 1)
    rows = await run("SELECT account, kind, noun_id FROM inbox_message")
    told = {row["account"]: (row["kind"], row["noun_id"]) for row in rows}
    assert told[SUN.account] == ("rubric_draft.waiting", draft)
    assert GUO.account not in told
