"""How surely a phone was at its store, graded from where it said it was. A hint, never a bar."""

from datetime import timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Literal

import msgspec

from inspection.domain.visits.visit import Presence, Whereabouts

Grade = Literal["near", "far", "unsure", "unknown"]

NEAR_M = 300
"""At most this far from the store, accuracy included, is at the store: malls are large."""

FAR_M = 500
"""Surely farther away than this, whatever the accuracy, is not at the store."""

SAME_FIX = timedelta(minutes=5)
"""A receiver that moved with a person for longer than this never repeats itself to the metre."""

_EARTH_M = 6_371_009
_MILLIONTHS = 1_000_000


class Spot(msgspec.Struct, frozen=True):
    """A point on the map, WGS-84, in millionths of a degree."""

    latitude_e6: int
    longitude_e6: int


class Graded(msgspec.Struct, frozen=True):
    """The grade and what it rests on; None where it is not known."""

    grade: Grade
    distance_m: int | None = None
    accuracy_m: int | None = None


def graded(place: Whereabouts | None, store: Spot | None) -> Graded:
    """Grade a place against the store's. An accuracy of zero metres is no receiver's and proves
    nothing, unless it says far away.
    """
    if place is None:
        return Graded("unknown")
    accuracy = place.accuracy_m
    if store is None:
        return Graded("unknown", accuracy_m=accuracy)
    distance = metres(Spot(place.latitude_e6, place.longitude_e6), store)
    return Graded(_grade(distance, accuracy), distance, accuracy)


def metres(one: Spot, other: Spot) -> int:
    """The distance between two points along the ground, in whole metres."""
    north, other_north = _north(one), _north(other)
    east = radians((other.longitude_e6 - one.longitude_e6) / _MILLIONTHS)
    bow = sin((other_north - north) / 2) ** 2
    bow += cos(north) * cos(other_north) * sin(east / 2) ** 2
    return round(2 * _EARTH_M * asin(sqrt(min(1.0, bow))))


def repeats(check_in: Presence | None, check_out: Presence | None) -> bool:
    """Whether both times name the very same fix although time went by: a place that was set by
    hand, or the receiver's last one from long ago.
    """
    if check_in is None or check_out is None or check_in.place is None:
        return False
    return check_in.place == check_out.place and abs(check_out.at - check_in.at) > SAME_FIX


def _north(spot: Spot) -> float:
    return radians(spot.latitude_e6 / _MILLIONTHS)


def _grade(distance: int, accuracy: int) -> Grade:
    if distance - accuracy > FAR_M:
        return "far"
    if accuracy > 0 and distance + accuracy <= NEAR_M:
        return "near"
    return "unsure"
