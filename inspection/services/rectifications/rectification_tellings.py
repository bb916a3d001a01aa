"""Replies, verdicts and photos as they are told, from the rows they are kept in."""

import msgspec

from inspection.domain.photos.photo import PhotoState
from inspection.persistence.rectifications.rectification_replies import (
    KnownReply,
    KnownVerdict,
    ShownPhoto,
)
from inspection.services.rectifications.rectification_results import (
    PhotoCheck,
    StaffReply,
    StaffVerdict,
    ToldPhoto,
    ToldReply,
    ToldVerdict,
    Way,
)


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """All that was said about a line."""

    replies: tuple[KnownReply, ...]
    photos: tuple[ShownPhoto, ...]
    verdicts: tuple[KnownVerdict, ...]
    shown: dict[str, int] = {}
    """How many approved photos from a look at the store come with a verdict."""

    def of(self, reply: str) -> tuple[ShownPhoto, ...]:
        """The photos of one reply."""
        return tuple(photo for photo in self.photos if photo.reply == reply)

    def attempt(self, reply: str) -> int:
        """Which attempt a verdict is about."""
        return next(known.attempt or 0 for known in self.replies if known.id == reply)


def told_reply(told: Told, row: KnownReply) -> ToldReply:
    """A reply with its photos."""
    return ToldReply(
        id=row.id,
        attempt=row.attempt,
        name=row.name,
        cause=row.cause,
        measure=row.measure,
        prevention=row.prevention,
        on_the_spot=row.on_the_spot,
        late=row.received_at > row.due_at,
        aside=row.aside,
        received_at=row.received_at,
        photos=tuple(_photo(photo) for photo in told.of(row.id)),
    )


def told_verdict(told: Told, row: KnownVerdict) -> ToldVerdict:
    """A verdict without whose it is."""
    return ToldVerdict(
        id=row.id,
        photos=tuple(range(1, told.shown.get(row.id, 0) + 1)),
        attempt=told.attempt(row.reply),
        way=msgspec.convert(row.way, Way),
        accepted=row.accepted,
        reason=row.reason,
        decided_at=row.decided_at,
    )


def staff_reply(told: Told, row: KnownReply) -> StaffReply:
    """A reply with what is known of its photos."""
    checks = tuple(_check(photo) for photo in told.of(row.id))
    return StaffReply(told=told_reply(told, row), checks=checks)


def staff_verdict(told: Told, row: KnownVerdict) -> StaffVerdict:
    """A verdict with whose it is."""
    return StaffVerdict(told=told_verdict(told, row), name=row.name)


def _photo(row: ShownPhoto) -> ToldPhoto:
    return ToldPhoto(
        k=row.position,
        ready=row.state == PhotoState.CLEAN,
        refused=row.state == PhotoState.REFUSED,
        sent_at=row.received_at,
        flags=_flags(row),
    )


def _check(row: ShownPhoto) -> PhotoCheck:
    return PhotoCheck(
        k=row.position,
        ready=row.state == PhotoState.CLEAN,
        refused=row.state == PhotoState.REFUSED,
        taken_at=row.taken_at or row.exif_at,
        received_at=row.received_at,
        origin=row.origin,
        distance_m=row.distance_m,
        flags=_flags(row),
    )


def _flags(row: ShownPhoto) -> tuple[str, ...]:
    return msgspec.json.decode(row.flags, type=tuple[str, ...])
