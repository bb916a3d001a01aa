"""A visit as the demo's phones would send it: the same document, made by the same structs."""

from datetime import datetime, timedelta
from random import Random

import msgspec
from msgspec import structs

from inspection.cli.demo.findings import with_photo
from inspection.cli.demo.pictures import DemoPhoto
from inspection.domain.scoring.answers import Answer, Answers
from inspection.domain.visits.visit import Device, ManifestPhoto, VisitBody, Whereabouts

APP = "mingcha-demo/1"


class Trip(msgspec.Struct, frozen=True, kw_only=True):
    """Where an inspector went, when, and what for."""

    visit: str
    assignment: str
    rubric_digest: str
    latitude_e6: int
    longitude_e6: int
    started_at: datetime


def body_of(
    random: Random, trip: Trip, answers: Answers, photos: dict[str, DemoPhoto]
) -> VisitBody:
    """The document. `photos` has a photo for some of the lost items, by item."""
    minutes = random.randint(34, 72)
    ended_at = trip.started_at + timedelta(minutes=minutes)
    return VisitBody(
        format=1,
        visit=trip.visit,
        attempt=1,
        assignment=trip.assignment,
        rubric_digest=trip.rubric_digest,
        started_at=trip.started_at,
        ended_at=ended_at,
        sent_at=ended_at + timedelta(minutes=random.randint(2, 40)),
        clock_offset_ms=random.randint(-4000, 4000),
        answers=tuple(_with(answer, photos) for answer in answers.items),
        photos=tuple(
            _line(item, photo, trip.started_at + timedelta(minutes=random.randint(1, minutes)))
            for item, photo in photos.items()
        ),
        place=Whereabouts(
            latitude_e6=trip.latitude_e6 + random.randint(-120, 120),
            longitude_e6=trip.longitude_e6 + random.randint(-120, 120),
            accuracy_m=random.randint(6, 40),
        ),
        declaration=True,
        device=Device(id=f"demo-{trip.visit[:8]}", app=APP),
    )


def oddly(body: VisitBody) -> VisitBody:
    """The same from farther away and with a photo from the gallery, so that a reviewer has hints
    to look at.
    """
    place = body.place and structs.replace(body.place, latitude_e6=body.place.latitude_e6 + 16_000)
    first = tuple(structs.replace(photo, origin="gallery") for photo in body.photos[:1])
    return structs.replace(body, place=place, photos=(*first, *body.photos[1:]))


def _with(answer: Answer, photos: dict[str, DemoPhoto]) -> Answer:
    photo = photos.get(answer.item)
    return with_photo(answer, photo.sha256) if photo else answer


def _line(item: str, photo: DemoPhoto, taken_at: datetime) -> ManifestPhoto:
    return ManifestPhoto(
        sha256=photo.sha256,
        item=item,
        position=0,
        bytes=photo.size,
        width=photo.width,
        height=photo.height,
        origin="camera",
        taken_at=taken_at,
    )
