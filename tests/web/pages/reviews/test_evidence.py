"""The clean copies of a visit's photos, for those who review."""

import io

import pytest
from PIL import Image

from tests.cast import CHEN, GUO, LI, SUN, TIANSHUI, WANG, Person, Role
from tests.makers import an_account
from tests.reviewing import a_visit, send_photo
from tests.submissions import a_photo, sha256_of
from tests.web.html_page import HtmlPage

PHOTO = a_photo(size=(1600, 1200))
NAME = f"{sha256_of(PHOTO)}.jpg"


@pytest.fixture
async def visit(app, tools):
    """A visit whose photo has arrived and been cleaned."""
    found = await a_visit(tools, pictures=(PHOTO,))
    await send_photo(tools, PHOTO)
    return found


async def test_a_stranger_is_sent_to_sign_in(visitor, visit):
    assert (await visitor.get(f"/evidence/{visit}/{NAME}")).status_code == 303


async def test_only_quality_control_sees_evidence(signed_in, visit):
    for person in (LI, WANG, CHEN):
        answer = await (await signed_in(person)).get(f"/evidence/{visit}/{NAME}")
        assert answer.status_code == 403


async def test_another_branch_finds_nothing(signed_in, visit, tools):
    qin = Person(sign_in="qin", name="秦岭", role=Role.REVIEWER, region=TIANSHUI)
    await an_account(tools, qin)
    assert HtmlPage(await (await signed_in(qin)).get(f"/evidence/{visit}/{NAME}")).status == 404


@pytest.mark.parametrize("name", [f"{'0' * 64}.jpg", "photo.png", "photo", ".jpg", "%00.jpg"])
async def test_a_photo_nobody_took_is_missing(signed_in, visit, name):
    assert HtmlPage(await (await signed_in(SUN)).get(f"/evidence/{visit}/{name}")).status == 404


async def test_a_photo_of_another_visit_is_missing(signed_in, visit):
    other = "00000000-0000-7000-8000-000000009999"
    assert HtmlPage(await (await signed_in(SUN)).get(f"/evidence/{other}/{NAME}")).status == 404


async def test_a_photo_that_has_not_arrived_is_missing(signed_in, tools, app):
    visit = await a_visit(tools, pictures=(PHOTO,))
    assert HtmlPage(await (await signed_in(SUN)).get(f"/evidence/{visit}/{NAME}")).status == 404


async def test_a_size_nobody_makes_is_refused(signed_in, visit):
    sun = await signed_in(SUN)
    assert HtmlPage(await sun.get(f"/evidence/{visit}/{NAME}?size=huge")).status == 422


@pytest.mark.parametrize(("size", "longest"), [("thumb", 320), ("evidence", 1280)])
async def test_copies_are_made_for_the_screen_and_kept_by_the_browser(
    signed_in, visit, size, longest
):
    for person in (SUN, GUO):
        answer = await (await signed_in(person)).get(f"/evidence/{visit}/{NAME}?size={size}")
        assert answer.headers["content-type"] == "image/jpeg"
        assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
        assert max(Image.open(io.BytesIO(answer.content)).size) == longest


async def test_the_same_address_gives_the_same_bytes(signed_in, visit):
    sun = await signed_in(SUN)
    first = await sun.get(f"/evidence/{visit}/{NAME}")
    assert (await sun.get(f"/evidence/{visit}/{NAME}")).content == first.content
