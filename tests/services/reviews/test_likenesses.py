"""Photos that were seen before are found though they were re-encoded or cropped; others are not."""

import io
import random
import time

import pytest
from PIL import Image, ImageDraw, ImageEnhance

from inspection.domain.photos.likeness import distance
from inspection.domain.visits.visit_hints import LIKE_BITS
from inspection.persistence.engine import tx
from inspection.persistence.photos import likenesses
from inspection.persistence.statements import run_many
from inspection.services.photos.photo_cleaning import make_copies
from inspection.services.photos.photo_pixels import likeness_of
from inspection.services.reviews.review_detail import visit_for_review
from tests.cast import CLUB, HALL, LI, SUN
from tests.receiving import rows_of
from tests.reviewing import a_visit, send_photo


def scene(seed, size=(800, 600)):
    """A picture with something in it."""
    chance = random.Random(seed)
    drawn = Image.new("RGB", size, tuple(chance.randrange(60, 220) for _ in range(3)))
    draw = ImageDraw.Draw(drawn)
    for _ in range(24):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        wide, high = chance.randrange(40, 260), chance.randrange(40, 260)
        colour = tuple(chance.randrange(256) for _ in range(3))
        draw.rectangle((x, y, x + wide, y + high), fill=colour)
    return drawn


def cut(picture, share):
    wide, high = picture.size
    x, y = int(wide * share), int(high * share)
    return picture.crop((x, y, wide - x, high - y))


def saved(picture, quality=90):
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=quality)
    return written.getvalue()


def again(content):
    return Image.open(io.BytesIO(content))


CHANGES = {
    "encoded badly": lambda picture: again(saved(picture, 35)),
    "made smaller": lambda picture: picture.resize((320, 240)),
    "cropped a little": lambda picture: cut(picture, 0.01),
    "a little darker": lambda picture: ImageEnhance.Brightness(picture).enhance(0.92),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("seed", range(12))
def test_the_same_picture_is_near_itself(seed, change):
    picture = scene(seed)
    changed = CHANGES[change](picture)
    assert distance(likeness_of(picture), likeness_of(changed)) <= LIKE_BITS


def test_different_pictures_are_far_apart():
    seen = [likeness_of(scene(seed)) for seed in range(40)]
    near = [
        (one, other)
        for one in range(40)
        for other in range(one)
        if distance(seen[one], seen[other]) <= 2 * LIKE_BITS
    ]
    assert near == []


def test_a_bare_wall_looks_like_nothing():
    assert likeness_of(Image.new("RGB", (640, 480), "gray")) == ""


def test_the_cleaner_says_what_a_photo_looks_like():
    copies = make_copies(saved(scene(1)))
    assert distance(copies.likeness, likeness_of(scene(1))) <= LIKE_BITS


async def flags_of(visit):
    (row,) = [row for row in await rows_of("visit") if row["id"] == visit]
    return row["flags"]


async def test_a_photo_seen_before_is_flagged_whichever_comes_first(province):
    first, second = saved(scene(1)), saved(cut(scene(1), 0.01), 50)
    old = await a_visit(province, "old", store=CLUB, losses=("KC-E-01",), pictures=(first,))
    await send_photo(province, first)
    new = await a_visit(province, "new", store=HALL, losses=("KH-E-01",), pictures=(second,))
    assert "photo_similar" not in await flags_of(new)
    await send_photo(province, second)
    assert "photo_similar" in await flags_of(new)
    assert "photo_similar" not in await flags_of(old)
    shown = {flag.code: flag.facts for flag in (await visit_for_review(SUN.actor, old)).flags}
    assert shown["photo_similar"]["store"] == "城关盘旋路营业厅"
    assert shown["photo_similar"]["visit"] == new
    assert int(shown["photo_similar"]["bits"]) <= LIKE_BITS


async def test_a_photo_that_was_here_before_its_visit_is_flagged_as_it_comes_in(province):
    first, second = saved(scene(2)), saved(scene(2), 40)
    await a_visit(province, "old", store=CLUB, losses=("KC-E-01",), pictures=(first,))
    await send_photo(province, first)
    await send_photo(province, second, by=LI)
    new = await a_visit(province, "new", store=HALL, losses=("KH-E-01",), pictures=(second,))
    assert "photo_similar" in await flags_of(new)


async def test_photos_of_one_visit_are_no_hint(province):
    photos = (saved(scene(3)), saved(scene(3), 40), saved(scene(4)))
    visit = await a_visit(province, losses=("KC-E-01",), pictures=photos)
    for photo in photos:
        await send_photo(province, photo)
    assert await flags_of(visit) == "[]"
    assert await likenesses.seen_elsewhere([], visit) == ()


async def test_near_ones_are_found_fast_among_very_many(database):
    chance = random.Random(7)
    wanted = chance.getrandbits(128)
    near = wanted ^ (1 << 5) ^ (1 << 77) ^ (1 << 120)
    async with tx():
        for number in range(0, 2_000, 500):
            rows = []
            for each in range(number, number + 500):
                bits = f"{chance.getrandbits(128):032x}"
                rows += [(slot, f"{each:064x}", bits) for slot in likenesses.slots(bits)]
            await run_many("INSERT INTO photo_band (slot, sha256, bits) VALUES (?, ?, ?)", rows)
        await likenesses.keep_likeness("f" * 64, f"{near:032x}")
    began = time.perf_counter()
    found = await likenesses.candidates([f"{wanted:032x}"])
    assert time.perf_counter() - began < 0.5
    assert distance(found["f" * 64], f"{wanted:032x}") == 3
    assert len(found) < 20
    assert await likenesses.candidates([]) == {}
