"""An issue as it was said: a frozen snapshot of words and numbers. Page and PDF read nothing else.

What is not a field here cannot reach a reader: no inspector, no time of a visit, no device, no
place of a photo.
"""

import hashlib
from datetime import datetime

import msgspec
from msgspec import UNSET, UnsetType

from inspection.domain.bulletins.bulletin import Period
from inspection.domain.bulletins.bulletin_ranking import RankingPart
from inspection.domain.bulletins.bulletin_sections import BulletinSection
from inspection.domain.bulletins.bulletin_share import Share

SCHEMA = 1
"""Version of the shape below; goes up when a field changes its meaning."""


class PeriodFigures(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What happened in some days: notices and their lines issued; first answers, those in time;
    lines verified, those at the first reply; calls, those that reached somebody, and of those the
    content ones.
    """

    notices: int
    lines: int
    answered: Share
    verified: Share
    reached: Share
    content: Share


class UnitRectification(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A city or county in the days of the issue; the late lines are those of the freezing."""

    name: str
    lines: int
    answered: Share
    verified: Share
    late_lines: int
    late_stores: int
    late_hours: int


class LatePlace(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A county or store with late lines: for how long together and at most."""

    region: str
    name: str
    lines: int
    hours: int
    longest: int


class RectificationPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Follow-up: the days, the month, the year so far and the same a year ago, then by city."""

    days: PeriodFigures
    month: PeriodFigures
    year: PeriodFigures
    year_before: PeriodFigures
    units: tuple[UnitRectification, ...]
    whole: UnitRectification
    first_time: Share
    late_counties: tuple[LatePlace, ...]
    late_stores: tuple[LatePlace, ...]


class ComplaintRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Complaints of a channel or a city: in the days, the month, the year and a year ago."""

    name: str
    days: int
    month: int
    year: int
    year_before: int


class ComplaintPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What other systems counted, by channel and by city."""

    channels: tuple[ComplaintRow, ...]
    units: tuple[ComplaintRow, ...]
    whole: ComplaintRow


class CasePart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The case of the issue: no store is named. Photos by the SHA-256 of their print copies."""

    title: str
    section: str
    store_kind: str
    problem: str
    cause: str
    measure: str
    prevention: str
    hours_taken: int
    before: str
    after: str


class ChainMark(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The last link of the log when the figures were taken: whoever rewrites the log later cannot
    rewrite what was printed.
    """

    seq: int
    hash: str


class BulletinSnapshot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything an issue says. Words are final, in `language`; times are UTC. A preview has no
    number yet and is issue 0. `sections` is unset in issues from before there was a choice, and
    left out of their JSON: their check codes still come out.
    """

    schema: int = SCHEMA
    language: str
    number: str
    issue: int
    issuer: str
    region: str
    kind: str
    period: Period
    round_name: str
    previous_name: str
    published_at: datetime
    taken_at: datetime
    preface: tuple[str, ...]
    closing: tuple[str, ...]
    rankings: tuple[RankingPart, ...]
    rectification: RectificationPart
    vetoes: Share
    complaints: ComplaintPart | None = None
    case: CasePart | None = None
    chain: ChainMark
    check: str = ""
    sections: tuple[BulletinSection, ...] | UnsetType = UNSET


def canonical(snapshot: BulletinSnapshot) -> bytes:
    """The one JSON form that is stored and hashed."""
    return msgspec.json.encode(snapshot)


def sealed(snapshot: BulletinSnapshot) -> BulletinSnapshot:
    """The same issue carrying its check code, which anybody can recompute from the rest."""
    bare = msgspec.structs.replace(snapshot, check="")
    digest = hashlib.sha256(canonical(bare)).hexdigest().upper()
    return msgspec.structs.replace(snapshot, check=f"{digest[:4]}-{digest[4:8]}")
