"""What looks odd about how a visit was made: hints with the numbers behind them, and the thresholds
from which they are given. They inform a reviewer; they never decide anything.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from inspection.domain.visits.presence import Spot, graded, metres, repeats
from inspection.domain.visits.visit import Presence, VisitBody

SECONDS_PER_ITEM = 8
"""Faster than this on average nobody looks before answering."""

SHORT_STAY_MINUTES = 10
"""From check-in to check-out. Forty items are not seen in less."""

VAGUE_M = 200
"""A place known less surely than this says little about being at a store."""

SHORT_NOTE = 4
"""Characters: shorter notes say that something was wrong, not what."""

SHORT_NOTES_SHARE = 50
"""Per cent of the losses whose notes are short from which that is worth a look."""

FEW_LOSSES = 3
"""With fewer losses a share says nothing."""

NA_SHARE = 10
"""Per cent of the items found not applicable by hand from which that is worth a look, even where
the marks they take with them are few.
"""

FEW_NA = 4
"""With fewer found not applicable a share says nothing."""

TRAVEL_KMH = 100
"""Faster than this from store to store, door to door, is not travelled by road."""

NEAR_STORES_M = 5_000
"""Closer stores are not judged by speed: clocks and check-outs are not exact to the minute."""

LIKE_BITS = 12
"""Of the 128 bits of two photos' likenesses; so few that differ is the same picture, re-encoded or
cropped a little.
"""


class Hint(msgspec.Struct, frozen=True):
    """One hint, by code, with the numbers behind it. Worded under `flag.<code>`."""

    code: str
    facts: dict[str, str]


class Stay(msgspec.Struct, frozen=True, kw_only=True):
    """An inspector's visit to a store, by the server's clock."""

    started_at: datetime
    ended_at: datetime
    spot: Spot
    store: str = ""
    visit: str = ""


def hints_of(body: VisitBody, store: Spot | None) -> Iterator[Hint]:
    """What a submission itself shows, held against where its store is."""
    yield from _speed(body)
    yield from _stay(body)
    yield from _notes(body)
    yield from _na(body)
    yield from _gallery(body)
    yield from _place(body, store)


def travel_hint(mine: Stay, others: Iterable[Stay]) -> Hint | None:
    """The fastest impossible way between this visit and another of the same inspector."""
    fastest: tuple[int, Hint] | None = None
    for other in others:
        distance = metres(mine.spot, other.spot)
        if distance <= NEAR_STORES_M:
            continue
        minutes = max(1, _minutes_between(mine, other))
        speed = distance * 60 // (1000 * minutes)
        if speed > TRAVEL_KMH and (fastest is None or speed > fastest[0]):
            facts = {
                "km": str(distance // 1000),
                "minutes": str(minutes),
                "speed": str(speed),
                "store": other.store,
                "visit": other.visit,
            }
            fastest = speed, Hint("impossible_travel", facts)
    return fastest[1] if fastest else None


def _speed(body: VisitBody) -> Iterator[Hint]:
    answered = len(body.answers)
    seconds = int((body.ended_at - body.started_at).total_seconds())
    if answered and 0 <= seconds < SECONDS_PER_ITEM * answered:
        facts = {"items": str(answered), "minutes": str(seconds // 60)}
        yield Hint("fast_answers", facts | {"seconds": str(seconds // answered)})


def _stay(body: VisitBody) -> Iterator[Hint]:
    if body.check_in is None or body.check_out is None:
        return
    minutes = int((body.check_out.at - body.check_in.at).total_seconds()) // 60
    if 0 <= minutes < SHORT_STAY_MINUTES:
        yield Hint("short_stay", {"minutes": str(minutes)})


def _notes(body: VisitBody) -> Iterator[Hint]:
    losses = [answer for answer in body.answers if answer.verdict == "loss"]
    short = sum(1 for answer in losses if len(answer.note.strip()) < SHORT_NOTE)
    if len(losses) >= FEW_LOSSES and short * 100 >= SHORT_NOTES_SHARE * len(losses):
        facts = {"count": str(short), "losses": str(len(losses)), "length": str(SHORT_NOTE)}
        yield Hint("short_notes", facts)


def _na(body: VisitBody) -> Iterator[Hint]:
    answered, na = len(body.answers), sum(1 for each in body.answers if each.verdict == "na")
    if na >= FEW_NA and na * 100 >= NA_SHARE * answered:
        yield Hint("many_na", {"count": str(na), "items": str(answered)})


def _gallery(body: VisitBody) -> Iterator[Hint]:
    chosen = sum(1 for photo in body.photos if photo.origin == "gallery")
    if chosen:
        yield Hint("gallery_photo", {"count": str(chosen), "photos": str(len(body.photos))})


def _place(body: VisitBody, store: Spot | None) -> Iterator[Hint]:
    arrival = body.check_in or _from_older_app(body)
    seen = [graded(each.place, store) for each in (arrival, body.check_out) if each]
    far = [each.distance_m for each in seen if each.grade == "far" and each.distance_m is not None]
    if far:
        yield Hint("place_far", {"metres": str(max(far))})
    vague = [each.accuracy_m for each in seen if each.accuracy_m is not None]
    if vague and min(vague) > VAGUE_M:
        yield Hint("place_vague", {"metres": str(min(vague))})
    if repeats(body.check_in, body.check_out):
        yield Hint("place_repeated", {})


def _from_older_app(body: VisitBody) -> Presence | None:
    """Apps before check-in sent where they were when the visit was begun."""
    return Presence(at=body.started_at, place=body.place) if body.place else None


def _minutes_between(one: Stay, other: Stay) -> int:
    """From the end of the earlier to the start of the later; none where they overlap."""
    first, second = sorted((one, other), key=lambda stay: stay.started_at)
    return max(0, int((second.started_at - first.ended_at).total_seconds()) // 60)
