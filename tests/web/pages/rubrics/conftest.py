"""The published club rubric and a draft of its next edition."""

import pytest

from tests.makers import publish_rubrics
from tests.rubric_drafting import a_draft


@pytest.fixture
async def club(app, tools):
    """The digest of the published club rubric."""
    return (await publish_rubrics(tools))["customer_club"]


@pytest.fixture
async def draft(tools, club):
    """A draft of the next edition without a fault, written by Guo."""
    return await a_draft(tools, club)
