"""What the review pages show. For QC only: these structs know who came and when."""

from datetime import datetime

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.reviews.review import Decision
from inspection.domain.rubrics.rubric import Text
from inspection.domain.scoring.scorecard import Scorecard
from inspection.domain.visits.presence import Grade
from inspection.services.people.places import RoundLabel, RubricLabel, StoreLabel
from inspection.services.reviews.review_item_lines import ItemsReviewed
from inspection.services.trails import TrailEvent


class QueuedVisit(msgspec.Struct, frozen=True, kw_only=True):
    """A visit that waits for a decision, or for its inspector until `due_at`. `inspector` is the
    pseudonym; `long` says that it waits longer than it should.
    """

    visit: str
    attempt: int
    store: StoreLabel
    round: RoundLabel
    inspector: str
    total: Hundredths | None
    lost: Hundredths
    outcome: str
    flags: tuple[str, ...]
    received_at: datetime
    waited_minutes: int
    complete: bool
    missing_photos: int
    due_at: datetime | None
    overdue: bool
    long: bool


class ReviewQueue(msgspec.Struct, frozen=True, kw_only=True):
    """One page of the queue; `total` counts what the filters leave, the other figures what there is
    in all. `rounds` are those with visits in it. `next_cursor` is None on the last page.
    """

    rows: tuple[QueuedVisit, ...]
    total: int
    sort: str
    next_cursor: str | None
    waiting: int
    long: int
    returned: int
    overdue: int
    rounds: tuple[tuple[str, Text], ...]


class EvidencePhoto(msgspec.Struct, frozen=True, kw_only=True):
    """A photo, shown once it is `ready`; a `marked` one is drawn on and follows its original."""

    sha256: str
    position: int
    origin: str
    taken_at: datetime | None
    marked: bool
    ready: bool


class PresenceLine(msgspec.Struct, frozen=True, kw_only=True):
    """When the inspector said they were at the store, by the server's clock, and how surely."""

    at: datetime
    grade: Grade
    distance_m: int | None
    accuracy_m: int | None


class RemarkLine(msgspec.Struct, frozen=True):
    """Something noted during the visit that belongs to no item."""

    at: datetime
    text: str


class LostItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item that cost points: rule, fact, evidence, and what would go into the notice."""

    item: str
    section: str
    title: Text
    standard: Text
    severity: str
    full: Hundredths
    lost: Hundredths
    problem: Text
    note: str
    reason: str
    requirement: Text
    hours: int
    corrected_on_spot: bool
    observed_at: datetime | None
    repeated: bool
    photos: tuple[EvidencePhoto, ...]


class SetAside(msgspec.Struct, frozen=True, kw_only=True):
    """An item left out of the score: `verdict` is na, not_observed or switched_off."""

    item: str
    title: Text
    verdict: str
    full: Hundredths
    reason: str
    observed_at: datetime | None


class SectionLine(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the score table; `score` and `lost` are None when nothing was applicable."""

    section: str
    title: Text
    short: Text
    full: Hundredths
    score: Hundredths | None
    lost: Hundredths | None


class ReviewFlag(msgspec.Struct, frozen=True, kw_only=True):
    """Something a reviewer should look at before deciding. Worded under `flag.<code>`."""

    code: str
    facts: dict[str, str] = {}


class Making(msgspec.Struct, frozen=True, kw_only=True):
    """How a visit was made, times by the server's clock."""

    check_in: PresenceLine | None
    check_out: PresenceLine | None
    remarks: tuple[RemarkLine, ...]


class EarlierFinding(msgspec.Struct, frozen=True, kw_only=True):
    """An item the same store lost points on in an earlier published visit."""

    round: RoundLabel
    item: str
    title: Text
    lost: Hundredths


class PastReview(msgspec.Struct, frozen=True, kw_only=True):
    """A decision already made about an attempt of this visit."""

    attempt: int
    decision: Decision
    reason: str
    reviewer: str
    decided_at: datetime
    due_at: datetime | None


class ScoreRevision(msgspec.Struct, frozen=True, kw_only=True):
    """One judgement on a visit: by which version, when, and for a later one by whom and why.
    `source` says what corrected its `items`: review or appeal, empty for a re-score.
    """

    attempt: int
    revision: int
    version: int
    scored_at: datetime
    total: Hundredths | None
    outcome: str
    counts: bool
    by: str
    reason: str
    source: str = ""
    items: tuple[str, ...] = ()


class VisitForReview(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a reviewer needs on one screen. `blocked` is the code that forbids approving now:
    visit.incomplete, review.card_unpublishable, review.own_visit, review.questions_open,
    state.move_refused or None.
    """

    visit: str
    attempt: int
    state: str
    complete: bool
    missing_photos: int
    store: StoreLabel
    round: RoundLabel
    rubric: RubricLabel
    inspector: str
    started_at: datetime | None
    ended_at: datetime | None
    sent_at: datetime | None
    received_at: datetime
    minutes: int | None
    clock_offset_ms: int
    content_hash: str
    making: Making
    scorecard: Scorecard
    sections: tuple[SectionLine, ...]
    lost_items: tuple[LostItem, ...]
    set_aside: tuple[SetAside, ...]
    passed: int
    flags: tuple[ReviewFlag, ...]
    earlier: tuple[EarlierFinding, ...]
    reviews: tuple[PastReview, ...]
    trail: tuple[TrailEvent, ...]
    revisions: tuple[ScoreRevision, ...]
    items: ItemsReviewed
    notice: str | None
    blocked: str | None
    can_reopen: bool


class ReviewOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision led to. `notice` is the draft made for the losses, if there were any."""

    visit: str
    attempt: int
    state: str
    notice: str | None
