"""Nothing that could tell a store who came, or when, reaches its notice: neither page nor file."""

import re
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from inspection.documents.notice import Part, html
from inspection.documents.printed import Job
from inspection.domain.notices.notice import canonical
from inspection.domain.scoring.answers import Answers
from inspection.wording import Language, catalogue
from tests.documents.notices import photos
from tests.documents.paper import everything
from tests.domain.notice_matters import a_matter, a_notice, golden_answers, print_sha

INSPECTOR = "李暗访员"
CANARIES = (
    INSPECTOR,
    "A-017",
    "13900001234",
    "iPhone15,2",
    "visit-0190c0de-7777",
    "assignment-42-canary",
    "reason-only-for-QC",
)
ARRIVED = datetime(2026, 11, 18, 6, 5, 33, tzinfo=UTC)
GIVEAWAYS = (
    "11月18日",
    "11-18",
    "20261118",
    "18 November",
    "14:05",
    "06:05",
    "1405",
    "周三",
    "Wednesday",
)
EVERY_PART = (Part.RECEIPT, Part.STUB)


def stuffed() -> Answers:
    """The golden replay with everything only QC may read written wherever a phone can write."""
    private = " ".join(CANARIES)
    answers = tuple(
        msgspec.structs.replace(answer, reason=private, photos=("c0ffee" + "1" * 58,))
        for answer in golden_answers().items
    )
    return Answers(answers)


@pytest.fixture(scope="module", params=Language)
def notice(request):
    matter = a_matter(request.param, answers=stuffed(), arrived=ARRIVED, photographed=("KC-V-06",))
    return a_notice(matter, language=request.param)


def private_of(snapshot) -> tuple[str, ...]:
    card = a_matter(answers=stuffed()).scorecard
    return (*CANARIES, *GIVEAWAYS, "c0ffee", card.inputs_digest, card.inputs_digest[:12])


def test_the_snapshot_names_nobody_and_no_time(notice):
    said = canonical(notice).decode()
    assert [canary for canary in private_of(notice) if canary in said] == []


def test_the_page_names_nobody_and_no_time(notice):
    page = html(notice, catalogue(Language(notice.language)), EVERY_PART)
    assert [canary for canary in private_of(notice) if canary in page] == []


def test_no_byte_of_the_file_names_anybody_or_any_time(notice, renderer):
    picture = next(iter(photos(1).items()))
    line = notice.lines[0]
    shown = msgspec.structs.replace(line.photos[0], sha256=picture[0])
    lines = (msgspec.structs.replace(line, photos=(shown,)), *notice.lines[1:])
    snapshot = msgspec.structs.replace(notice, lines=lines)
    document = renderer.print(Job(snapshot=snapshot, parts=EVERY_PART, photos=dict([picture])))
    bytes_of_it = everything(document)
    # Coordinates and digests hold any four digits; times are looked for with their colon.
    looked_for = [canary for canary in private_of(notice) if not re.fullmatch(r"\d{4}", canary)]
    assert [canary for canary in looked_for if canary.encode() in bytes_of_it] == []
    assert [canary for canary in looked_for if canary.encode("utf-16-be") in bytes_of_it] == []


def test_every_arrival_of_one_week_makes_the_same_notice():
    monday = datetime(2026, 11, 15, 16, 0, tzinfo=UTC)
    week = [monday + timedelta(hours=n) for n in range(0, 168, 7)]
    notices = {canonical(a_notice(a_matter(arrived=at))) for at in week}
    assert len(notices) == 1
    assert canonical(a_notice(a_matter(arrived=monday - timedelta(minutes=1)))) not in notices


def test_the_photo_is_named_by_its_print_copy_only(notice):
    page = html(notice, catalogue(Language(notice.language)))
    assert re.findall(r'src="([^"]+)"', page) == [f"photo:{print_sha('KC-V-06')}"]
