"""Trying a draft out: the same score a visit would get, and nothing kept."""

import pytest

from inspection.domain.refusals import NotAllowed, NotFound
from inspection.domain.scoring.answers import Answer
from inspection.services.rubrics.rubric_drafts import draft_of, start_draft
from inspection.services.rubrics.rubric_trials import try_out
from inspection.wording import Language
from tests.cast import GUO, LI
from tests.makers import publish_rubrics
from tests.rubric_drafting import TIAN, changed


@pytest.fixture
async def draft(tools, province):
    """The id of a draft of the club rubric."""
    return await start_draft(tools, GUO.actor, (await publish_rubrics(tools))["customer_club"])


@pytest.fixture
async def document(draft):
    """What it says."""
    return (await draft_of(GUO.actor, draft)).document


def lost(item, **said):
    return Answer(item=item, verdict="loss", **said)


async def test_findings_are_scored_without_their_evidence(draft, document):
    found = await try_out(
        GUO.actor,
        draft,
        document,
        (
            lost("KC-V-06", count=1),
            lost("KC-F-01", option="not_provided"),
            Answer(item="KC-E-06", verdict="na"),
        ),
        Language.EN,
    )
    assert found.card is not None
    assert (found.faults, found.card.sections[1].lost, found.card.sections[2].lost) == (0, 50, 300)
    assert any(step.startswith("KC-V-06") for step in found.steps)
    assert not any("KC-E-01" in step for step in found.steps)


async def test_what_the_draft_no_longer_knows_is_left_out(draft, document):
    answers = (lost("KC-V-06", count=1), lost("KC-E-01", option="gone"), lost("XX-1", count=1))
    found = await try_out(GUO.actor, draft, document, answers, Language.ZH)
    assert found.card is not None
    assert found.card.lost == 50


async def test_a_draft_with_faults_has_no_score(draft, document):
    broken = changed(document, ("sections", 0, "full"), "21")
    found = await try_out(GUO.actor, draft, broken, (), Language.ZH)
    assert (found.faults, found.card, found.steps) == (2, None, ())


async def test_nothing_is_kept(draft, document):
    before = await draft_of(GUO.actor, draft)
    await try_out(GUO.actor, draft, document, (lost("KC-V-06", count=1),), Language.ZH)
    assert await draft_of(GUO.actor, draft) == before


async def test_others_try_nothing_out(draft, document):
    with pytest.raises(NotAllowed):
        await try_out(LI.actor, draft, document, (), Language.ZH)
    with pytest.raises(NotFound):
        await try_out(TIAN.actor, draft, document, (), Language.ZH)
    with pytest.raises(NotFound):
        await try_out(GUO.actor, "none", document, (), Language.ZH)
