"""What inspectors are sent to do and what they send in: the same for every database of a run."""

import hashlib
import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random

import msgspec
from PIL import Image

from bench.phones import Errand, SignedIn, request
from inspection.cli.demo.chance import SeededIds, StoryClock, story_tools
from inspection.cli.demo.findings import findings
from inspection.cli.demo.pictures import DemoPhoto
from inspection.cli.demo.settling import settle
from inspection.cli.demo.stores import DemoStore
from inspection.cli.demo.submission import Trip, body_of
from inspection.domain.rubrics.rubric import Rubric
from inspection.domain.scoring.answers import Answers
from inspection.persistence.engine import tx
from inspection.persistence.rounds import plans
from inspection.persistence.rounds.plans import AssignmentEntry, RoundEntry, RoundRubricEntry
from inspection.services.rubrics.rubrics import publish_rubric, rubric_of
from inspection.services.tools import Tools

SEED = 2010
KIND = "customer_club"
PHOTOS = 4
PHOTO_BYTES = 300_000
PHOTO_SIZE = (1600, 1200)
TAG = b"0000000000000000"
POOR = 0.1
"""Quality of a store that certainly loses something worth four photos."""


class Visit(msgspec.Struct, frozen=True):
    """One visit as its phone sends it."""

    id: str
    sign_in: str
    body: bytes
    photos: tuple["Photo", ...]


class Photo(msgspec.Struct, frozen=True):
    """A photo unlike every other: only the tag in its comment differs."""

    sha256: str
    tag: bytes

    @property
    def pieces(self) -> tuple[bytes, ...]:
        """Its bytes; nearly all of them are shared by all photos."""
        before, _, after = _picture()
        return before, self.tag, after

    def content(self) -> bytes:
        """Its bytes in one piece."""
        return b"".join(self.pieces)


class Field(msgspec.Struct, frozen=True):
    """An open round: who goes where by which rubric, an equal share for each inspector."""

    rubric: Rubric
    trips: tuple[tuple[str, Trip, DemoStore], ...]


async def plan_field(
    tools: Tools, *, stores: int, inspectors: int, visits: int, rubric: bytes = b""
) -> Field:
    """Write a province and a round with so many visits to be made, by the shipped rubric or by the
    one in this file.
    """
    random = Random(SEED)
    ids = SeededIds(random)
    now = datetime.now(UTC)
    told = story_tools(tools, StoryClock(now), ids)
    settled = await settle(told, ids, random, stores)
    digest = settled.rubrics[KIND]
    if rubric:
        digest = (await publish_rubric(told, rubric, None)).digest
    clubs = [store for store in settled.stores if store.kind == KIND]
    round_ = _round(ids.id(), now)
    trips, assignments = [], []
    for place in range(visits):
        sign_in = inspector_name(place % inspectors)
        store = clubs[place % len(clubs)]
        account = settled.people[sign_in].account
        entry = _assignment(ids, round_, settled.store_ids[store.code], account, digest)
        assignments.append(entry)
        trips.append((sign_in, _trip(ids, entry, store, now), store))
    async with tx():
        used = RoundRubricEntry(
            id=ids.id(), round=round_.id, store_kind=KIND, rubric_version=digest
        )
        await plans.add_round(round_, [used])
        await plans.add_assignments(assignments)
    return Field(await rubric_of(digest), tuple(trips))


def inspector_name(place: int) -> str:
    """The sign-in name of an inspector of the demo province."""
    return f"inspector{place + 1}" if place else "inspector"


def visits_of(field: Field, *, first: int, count: int, photographed: bool) -> tuple[Visit, ...]:
    """The next visits of a field; the same every time."""
    random = Random(SEED + first)
    return tuple(
        _visit(random, field, place, photographed=photographed)
        for place in range(first, first + count)
    )


def errands_of(visits: Sequence[Visit], sessions: dict[str, SignedIn]) -> list[tuple[Errand, ...]]:
    """What each phone has to send."""
    return [
        tuple(_errand(visit, session) for visit in visits if visit.sign_in == sign_in)
        for sign_in, session in sessions.items()
    ]


def _visit(random: Random, field: Field, place: int, *, photographed: bool) -> Visit:
    sign_in, trip, store = field.trips[place]
    answers = _answers(random, field.rubric, store, photographed=photographed)
    photos: dict[str, Photo] = {}
    if photographed:
        lost = [answer.item for answer in answers.items if answer.verdict == "loss"]
        photos = {item: _photo(place, number) for number, item in enumerate(lost[:PHOTOS])}
    width, height = PHOTO_SIZE
    announced = {
        item: DemoPhoto(photo.sha256, sum(map(len, photo.pieces)), width, height)
        for item, photo in photos.items()
    }
    body = msgspec.json.encode(body_of(random, trip, answers, announced))
    return Visit(trip.visit, sign_in, body, tuple(photos.values()))


def _answers(random: Random, rubric: Rubric, store: DemoStore, *, photographed: bool) -> Answers:
    quality = POOR if photographed else store.quality
    while True:
        found = findings(random, rubric, store.features, quality, frozenset())
        lost = sum(answer.verdict == "loss" for answer in found.items)
        if lost >= PHOTOS or not photographed:
            return found


def _errand(visit: Visit, session: SignedIn) -> Errand:
    digest = hashlib.sha256(visit.body).hexdigest()
    headers = ("Content-Type: application/json", f"X-Content-SHA256: {digest}")
    path = f"/api/visits/{visit.id}/attempts/1"
    first = request(session, "PUT", path, headers, (visit.body,))
    return Errand((first, *(_sending(photo, session) for photo in visit.photos)))


def _sending(photo: Photo, session: SignedIn) -> tuple[bytes, ...]:
    length = sum(map(len, photo.pieces))
    headers = (
        "Content-Type: application/octet-stream",
        "Upload-Offset: 0",
        f"Upload-Length: {length}",
    )
    return request(session, "PATCH", f"/api/photos/{photo.sha256}", headers, photo.pieces)


def _photo(place: int, number: int) -> Photo:
    before, _, after = _picture()
    tag = b"%0*d" % (len(TAG), place * PHOTOS + number + 1)
    return Photo(hashlib.sha256(before + tag + after).hexdigest(), tag)


@cache
def _picture() -> tuple[bytes, bytes, bytes]:
    """A JPEG as a phone sends it, cut around the tag in its comment."""
    small = (PHOTO_SIZE[0] // 8, PHOTO_SIZE[1] // 8)
    noise = Image.frombytes("RGB", small, Random(SEED).randbytes(small[0] * small[1] * 3))
    written = io.BytesIO()
    noise.resize(PHOTO_SIZE, Image.Resampling.BICUBIC).save(written, "JPEG", quality=70)
    plain = written.getvalue()
    comments = _comment(TAG)
    while (room := PHOTO_BYTES - len(plain) - len(comments)) > 4:
        comments += _comment(b"." * (min(room, 60_000) - 4))
    before, tag, after = (plain[:2] + comments + plain[2:]).partition(TAG)
    return before, tag, after


def _comment(text: bytes) -> bytes:
    return b"\xff\xfe" + (len(text) + 2).to_bytes(2, "big") + text


def _round(round_id: str, now: datetime) -> RoundEntry:
    return RoundEntry(
        id=round_id,
        code="bench",
        name_zh="测速",
        name_en="Bench",
        visit_kind="mystery_visit",
        starts_on=now.date() - timedelta(days=10),
        ends_on=now.date() + timedelta(days=10),
        state="open",
        min_visits=1,
        disclose_day=False,
        previous=None,
        created_at=now,
    )


def _assignment(
    ids: SeededIds, round_: RoundEntry, store: str, inspector: str, digest: str
) -> AssignmentEntry:
    return AssignmentEntry(
        id=ids.id(),
        round=round_.id,
        store=store,
        inspector=inspector,
        rubric_version=digest,
        window_from=round_.starts_on,
        window_to=round_.ends_on,
        cover="",
        state="open",
        created_at=round_.created_at,
    )


def _trip(ids: SeededIds, entry: AssignmentEntry, store: DemoStore, now: datetime) -> Trip:
    return Trip(
        visit=ids.id(),
        assignment=entry.id,
        rubric_digest=entry.rubric_version,
        latitude_e6=store.latitude_e6,
        longitude_e6=store.longitude_e6,
        started_at=now - timedelta(hours=3),
    )
