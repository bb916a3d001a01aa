"""What of a visit may leave the house: an allow-list.

Who came, at what hour and with which phone is not on it.
"""

from datetime import date, datetime

import msgspec

from inspection.domain.deadline import SHANGHAI

ANNOUNCED = frozenset({"self_check", "peer_check"})
"""Kinds the store knows the day of anyway. Every other kind is treated as covert."""


class PublishedPhoto(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An approved photo, named by the SHA-256 of its print copy, with its approved caption."""

    sha256: str
    caption: str = ""


class PublishedFinding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the reviewer approved about one item: the wording of the fact and its photos."""

    item: str
    problem: str = ""
    photos: tuple[PublishedPhoto, ...] = ()


class PublishedVisit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One published visit as the store may know it. `day` is None unless it may be told."""

    kind: str
    year: int
    week: int
    day: date | None = None
    findings: tuple[PublishedFinding, ...] = ()

    @property
    def covert(self) -> bool:
        """Whether the store must not learn who came or on which day."""
        return self.kind not in ANNOUNCED


def publish(
    kind: str,
    started_at: datetime,
    findings: tuple[PublishedFinding, ...],
    *,
    disclose_day: bool,
) -> PublishedVisit:
    """Cut a visit down to what may be told: the week, and the day if announced or disclosed."""
    local = started_at.astimezone(SHANGHAI)
    year, week, _ = local.isocalendar()
    day = local.date() if day_told(kind, disclose_day=disclose_day) else None
    return PublishedVisit(kind=kind, year=year, week=week, day=day, findings=findings)


def day_told(kind: str, *, disclose_day: bool) -> bool:
    """Whether the store may know the day of a visit of this kind."""
    return disclose_day or kind in ANNOUNCED
