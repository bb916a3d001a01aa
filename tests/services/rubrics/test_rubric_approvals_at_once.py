"""Four eyes on a rubric when everybody decides at once."""

import asyncio

from inspection.domain.refusals import MoveRefused
from inspection.domain.rubrics.rubric_draft import DraftState
from inspection.persistence.rubrics import rubric_decisions
from inspection.services.rubrics.rubric_approvals import (
    decide_draft,
    publish_draft,
    recall_draft,
    submit_draft,
)
from inspection.services.rubrics.rubric_drafts import draft_of, keep_draft
from tests.cast import GUO, SUN
from tests.receiving import rows_of
from tests.rubric_drafting import HE, NO, YES, a_draft, changed


async def test_of_many_deciding_at_once_one_does(province, submitted):
    judgements = [YES, NO] * 3
    ends = await asyncio.gather(
        *(
            decide_draft(province, judge.actor, submitted, judgement)
            for judge in (SUN, HE)
            for judgement in judgements
        ),
        return_exceptions=True,
    )
    assert [end for end in ends if end is None] == [None]
    assert all(isinstance(end, MoveRefused) for end in ends if end is not None)
    assert len(await rubric_decisions.decisions_about(submitted)) == 1


async def test_approving_and_taking_back_to_edit_never_leaves_an_unseen_approval(
    province, submitted
):
    document = changed((await draft_of(GUO.actor, submitted)).document, ("edition",), "2030")

    async def rewrite():
        await recall_draft(province, GUO.actor, submitted)
        await keep_draft(province, GUO.actor, submitted, document, 1)
        await submit_draft(province, GUO.actor, submitted, 2)

    await asyncio.gather(
        rewrite(), decide_draft(province, SUN.actor, submitted, YES), return_exceptions=True
    )
    found = await draft_of(GUO.actor, submitted)
    if found.state is DraftState.APPROVED:
        assert found.seen == 1
    for decision in await rubric_decisions.decisions_about(submitted):
        assert decision.saves == 1


async def test_many_publishing_at_once_make_one_version(province, submitted):
    await decide_draft(province, SUN.actor, submitted, YES)
    ends = await asyncio.gather(
        *(publish_draft(province, GUO.actor, submitted) for _ in range(5)), return_exceptions=True
    )
    assert sum(not isinstance(end, Exception) for end in ends) == 1
    versions = await rows_of("rubric_version", "code")
    assert sorted(row["code"] for row in versions) == ["KC", "KC", "KH"]


async def test_two_drafts_published_at_once_follow_each_other_or_wait(province, club, submitted):
    other = await a_draft(province, club, edition="2031")
    await submit_draft(province, GUO.actor, other, 1)
    for draft in (submitted, other):
        await decide_draft(province, SUN.actor, draft, YES)
    ends = await asyncio.gather(
        *(publish_draft(province, GUO.actor, draft) for draft in (submitted, other)),
        return_exceptions=True,
    )
    assert sorted(type(end).__name__ for end in ends) == ["PublishedRubric", "RubricDraftBehind"]
