"""Drafts of rubrics that wait for a decision."""

import pytest

from inspection.services.rubrics.rubric_approvals import submit_draft
from tests.cast import GUO
from tests.makers import an_account, publish_rubrics
from tests.rubric_drafting import HE, TIAN, a_draft


@pytest.fixture
async def club(province):
    """The digest of the published club rubric, with two more administrators about."""
    await an_account(province, HE)
    await an_account(province, TIAN)
    return (await publish_rubrics(province))["customer_club"]


@pytest.fixture
async def submitted(province, club):
    """A draft of the next edition, submitted by its author."""
    draft = await a_draft(province, club)
    await submit_draft(province, GUO.actor, draft, 1)
    return draft
