"""What a reply must say, and what its photos may give away about themselves."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from inspection.domain.deadline import SHANGHAI
from inspection.domain.rectifications.after_photo import Taken, exif_moment, flags, is_early
from inspection.domain.rectifications.reply import (
    LONGEST_TEXT,
    Reply,
    ReplyPhoto,
    cleaned,
    content_hash,
    faults,
)
from inspection.domain.rectifications.similar_cases import Likeness, alike, nearest, pairs

ISSUED = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DIGEST = "a" * 64


def test_a_whole_reply_has_no_faults():
    said = Reply(measure="已\t装好\n", cause="送修", photos=(ReplyPhoto(sha256=DIGEST),))
    assert faults(said, photo_wanted=True) == []
    assert cleaned(said).measure == "已 装好"


@pytest.mark.parametrize(
    ("parts", "pointer", "code"),
    [
        ({"measure": " "}, "/measure", "rectification.measure_missing"),
        ({"measure": "长" * (LONGEST_TEXT + 1)}, "/measure", "notice.text_too_long"),
        ({"cause": "\ud800"}, "/cause", "text.unprintable"),
        ({"photos": ()}, "/photos", "rectification.photo_missing"),
        (
            {"photos": (ReplyPhoto(sha256=DIGEST), ReplyPhoto(sha256=DIGEST))},
            "/photos/1",
            "rectification.photo_twice",
        ),
    ],
)
def test_what_is_missing_is_named(parts, pointer, code):
    said = Reply(**{"measure": "好", "photos": (ReplyPhoto(sha256=DIGEST),), **parts})
    assert [(fault.pointer, fault.code) for fault in faults(said, photo_wanted=True)] == [
        (pointer, code)
    ]


@given(st.text(max_size=20), st.text(max_size=20), st.booleans())
def test_other_content_has_another_hash(one, other, spot):
    first, second = Reply(measure=one), Reply(measure=other, on_the_spot=spot)
    try:
        hashes = content_hash(first), content_hash(second)
    except UnicodeEncodeError:
        return
    assert (hashes[0] == hashes[1]) is (first == second)


def camera_file(moment: str) -> bytes:
    exif = Image.Exif()
    exif[306] = moment
    written = io.BytesIO()
    Image.new("RGB", (8, 8)).save(written, "JPEG", exif=exif)
    return written.getvalue()


def test_the_time_a_camera_wrote_is_read():
    assert exif_moment(camera_file("2026:11:19 10:30:00")) == datetime(
        2026, 11, 19, 10, 30, tzinfo=SHANGHAI
    )
    assert exif_moment(camera_file("2026:13:41 10:30:00")) is None
    assert exif_moment(b"\xff\xd8\xff nothing") is None


@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_a_fault(content):
    exif_moment(b"Exif\x00\x00" + content)
    exif_moment(b"Exif\x00\x00" + content + b"2026:11:19 10:30:00\x00")


@pytest.mark.parametrize("witness", ["received_at", "said_at", "exif_at"])
def test_any_witness_makes_a_photo_early(witness):
    usual = {"received_at": ISSUED + HOUR, "said_at": ISSUED + HOUR, "exif_at": ISSUED + HOUR}
    assert not is_early(Taken(**usual), ISSUED)
    taken = Taken(**{**usual, witness: ISSUED - HOUR})
    assert is_early(taken, ISSUED)
    assert "early" in flags(taken, ISSUED)


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({}, ("no_time",)),
        ({"said_at": ISSUED + HOUR}, ()),
        ({"exif_at": ISSUED + HOUR, "origin": "camera"}, ()),
        ({"said_at": ISSUED + HOUR, "exif_at": ISSUED + 40 * HOUR}, ("times_differ",)),
        ({"said_at": ISSUED + HOUR, "exif_at": ISSUED + 2 * HOUR}, ()),
        ({"said_at": ISSUED, "origin": "gallery", "seen_before": True}, ("gallery", "seen")),
        ({"said_at": ISSUED, "distance_m": 501}, ("far",)),
        ({"said_at": ISSUED, "distance_m": 500}, ()),
    ],
)
def test_what_is_odd_is_told(parts, found):
    assert flags(Taken(received_at=ISSUED + HOUR, **parts), ISSUED) == found


def a_case(name: str, item: str, section: str, words: str, hours: int = 0) -> Likeness:
    return Likeness(
        id=name, item=item, section=section, words=words, solved_at=ISSUED + hours * HOUR
    )


def test_the_same_item_comes_before_the_same_section_before_words():
    cases = (
        a_case("words", "KC-M-01", "KC-M", "充电柜损坏"),
        a_case("section", "KC-F-02", "KC-F", "灯不亮"),
        a_case("item", "KC-F-01", "KC-F", "完全不同"),
        a_case("nothing", "KC-V-01", "KC-V", "招牌"),
    )
    found = nearest("KC-F-01", "KC-F", "充电柜损坏", cases)
    assert found == ("item", "section", "words")


def test_of_equal_ones_the_latest_comes_first():
    cases = [a_case(f"c{n}", "A", "S", "同样", n) for n in range(5)]
    assert nearest("A", "S", "同样", cases) == ("c4", "c3", "c2")


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_a_share(one, other):
    assert 0.0 <= alike(one, other) <= 1.0
    assert alike(one, other) == alike(other, one)
    assert alike(one, one) == (1.0 if pairs(one) else 0.0)
