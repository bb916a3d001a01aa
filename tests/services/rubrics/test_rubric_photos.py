"""Reference photos: only clean pixels are kept, and who reads rubrics reads them."""

import io

import pytest
from PIL import Image

from inspection.domain.refusals import MoveRefused, NotAllowed, NotFound, PhotoRefused
from inspection.persistence.statements import run
from inspection.services.rubrics.rubric_drafts import discard_draft, start_draft
from inspection.services.rubrics.rubric_photos import add_rubric_photo, rubric_photo
from tests.cast import CHEN, GUO, LI, SUN, WANG
from tests.makers import publish_rubrics
from tests.rubric_drafting import TIAN
from tests.submissions import a_photo


@pytest.fixture
async def draft(tools, province):
    """The id of a draft of the club rubric."""
    return await start_draft(tools, GUO.actor, (await publish_rubrics(tools))["customer_club"])


async def test_a_photo_is_kept_clean_and_read_by_who_reads_rubrics(tools, draft):
    sent = a_photo(1)
    kept = await add_rubric_photo(tools, GUO.actor, draft, sent)
    for person in (LI, SUN, WANG, GUO):
        content = await rubric_photo(tools, person.actor, kept.sha256)
        assert content != sent
        assert Image.open(io.BytesIO(content)).format == "JPEG"
    with pytest.raises(NotAllowed):
        await rubric_photo(tools, CHEN.actor, kept.sha256)
    with pytest.raises(NotFound):
        await rubric_photo(tools, LI.actor, "0" * 64)


async def test_the_same_photo_twice_is_one(tools, draft):
    first = await add_rubric_photo(tools, GUO.actor, draft, a_photo(1))
    assert await add_rubric_photo(tools, GUO.actor, draft, a_photo(1)) == first
    assert len(await run("SELECT sha256 FROM rubric_photo")) == 1
    assert len(await run("SELECT action FROM audit_event WHERE action = 'rubric_photo.add'")) == 2


async def test_what_is_no_photo_is_refused(tools, draft):
    for content in (b"GIF89a", b"\xff\xd8\xff" + b"broken" * 9):
        with pytest.raises(PhotoRefused):
            await add_rubric_photo(tools, GUO.actor, draft, content)


async def test_only_a_draft_that_is_being_written_takes_photos(tools, draft):
    for person, refusal in ((SUN, NotAllowed), (TIAN, NotFound)):
        with pytest.raises(refusal):
            await add_rubric_photo(tools, person.actor, draft, a_photo(1))
    await discard_draft(tools, GUO.actor, draft, 0)
    with pytest.raises(MoveRefused):
        await add_rubric_photo(tools, GUO.actor, draft, a_photo(1))
