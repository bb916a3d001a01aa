"""Columns and constraints, no behaviour. Ids are text made by us; points are integers in hundredths;
every time is UTC. Bodies that are read whole and never searched are canonical JSON in Text."""

from typing import Any

from piccolo.columns import (
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    OnUpdate,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Unique
from piccolo.table import Table

from inspection.persistence.engine import DB

ID = 36
DIGEST = 64
PATH = 80
SHORT = 40
NAME = 120


def _id() -> Varchar:
    return Varchar(length=ID, primary_key=True, default=None)


def _digest_id() -> Varchar:
    return Varchar(length=DIGEST, primary_key=True, default=None)


def _of(table: type[Table], *, index: bool = True) -> ForeignKey[Any]:
    return ForeignKey(
        references=table,
        null=False,
        default=None,
        on_delete=OnDelete.restrict,
        on_update=OnUpdate.restrict,
        index=index,
    )


def _maybe(table: type[Table], *, index: bool = False) -> ForeignKey[Any]:
    return ForeignKey(
        references=table,
        null=True,
        default=None,
        on_delete=OnDelete.restrict,
        on_update=OnUpdate.restrict,
        index=index,
    )


def _time() -> Timestamptz:
    return Timestamptz(null=False, default=None)


def _maybe_time() -> Timestamptz:
    return Timestamptz(null=True, default=None)


class Region(Table, tablename="region", db=DB):
    """One node of the org tree above the stores: province, branch (市州) or county (区县)."""

    id = _id()
    parent: ForeignKey[Any] = ForeignKey(
        references="self", null=True, default=None, on_delete=OnDelete.restrict
    )
    level = Varchar(length=SHORT)
    code = Varchar(length=SHORT, unique=True)
    name_zh = Varchar(length=NAME)
    name_en = Varchar(length=NAME)
    path = Varchar(length=PATH, unique=True)


class Store(Table, tablename="store", db=DB):
    """A place that is inspected. `features` is a JSON list of feature flags."""

    id = _id()
    code = Varchar(length=SHORT, unique=True)
    name = Varchar(length=NAME)
    kind = Varchar(length=SHORT)
    region = _of(Region)
    region_path = Varchar(length=PATH, index=True)
    ownership = Varchar(length=SHORT, default="own")
    state = Varchar(length=SHORT, default="open")
    features = Text(default="[]")
    address = Varchar(length=240, default="")
    latitude_e6 = Integer(null=True, default=None)
    longitude_e6 = Integer(null=True, default=None)
    contact_name = Varchar(length=NAME, default="")
    contact_phone = Varchar(length=SHORT, default="")
    contact_verified_on = Date(null=True, default=None)
    created_at = _time()


class Account(Table, tablename="account", db=DB):
    """A person who signs in. `pseudonym` is the code shown wherever the name must not be."""

    id = _id()
    sign_in = Varchar(length=NAME, unique=True)
    name = Varchar(length=NAME)
    role = Varchar(length=SHORT, index=True)
    region = _maybe(Region)
    region_path = Varchar(length=PATH, default="")
    store = _maybe(Store, index=True)
    pseudonym = Varchar(length=SHORT, default="")
    password_hash = Varchar(length=240)
    language = Varchar(length=8, default="zh-CN")
    disabled_at = _maybe_time()
    created_at = _time()


class Session(Table, tablename="session", db=DB):
    """One signed-in browser. Only the SHA-256 of its token is kept."""

    id = _id()
    token_hash = Varchar(length=DIGEST, unique=True)
    account = _of(Account)
    created_at = _time()
    seen_at = _time()
    expires_at = _time()
    revoked_at = _maybe_time()
    user_agent = Varchar(length=240, default="")


class SignInBucket(Table, tablename="sign_in_bucket", db=DB):
    """Token bucket per account name, per address and for everybody together."""

    key = Varchar(length=NAME, primary_key=True, default=None)
    thousandths = BigInt(default=0)
    refilled_at = _time()


class RubricVersion(Table, tablename="rubric_version", db=DB):
    """An immutable published rubric; the digest of its content is its id."""

    digest = _digest_id()
    code = Varchar(length=SHORT)
    number = Integer(default=1)
    edition = Varchar(length=SHORT, default="")
    store_kind = Varchar(length=SHORT)
    title_zh = Varchar(length=NAME)
    title_en = Varchar(length=NAME)
    body = Text()
    state = Varchar(length=SHORT, default="published")
    published_at = _time()
    published_by = _maybe(Account)

    one_number_per_code = Unique(["code", "number"])


class Round(Table, tablename="round", db=DB):
    """One wave of visits with its window and its ranking rules."""

    id = _id()
    code = Varchar(length=SHORT, unique=True)
    name_zh = Varchar(length=NAME)
    name_en = Varchar(length=NAME)
    visit_kind = Varchar(length=SHORT, default="mystery_visit")
    starts_on = Date(default=None)
    ends_on = Date(default=None)
    state = Varchar(length=SHORT, default="open")
    min_visits = Integer(default=1)
    disclose_day = Boolean(default=False)
    previous: ForeignKey[Any] = ForeignKey(
        references="self", null=True, default=None, on_delete=OnDelete.restrict
    )
    created_at = _time()


class RoundRubric(Table, tablename="round_rubric", db=DB):
    """Which rubric version a round uses for a kind of store."""

    id = _id()
    round = _of(Round)
    store_kind = Varchar(length=SHORT)
    rubric_version = _of(RubricVersion, index=False)

    one_rubric_per_kind = Unique(["round", "store_kind"])


class Assignment(Table, tablename="assignment", db=DB):
    """One visit to be made: who, where, when, by which rubric version."""

    id = _id()
    round = _of(Round, index=False)
    store = _of(Store)
    inspector = _of(Account)
    rubric_version = _of(RubricVersion, index=False)
    window_from = Date(default=None)
    window_to = Date(default=None)
    cover = Varchar(length=NAME, default="")
    state = Varchar(length=SHORT, default="open")
    created_at = _time()


class Visit(Table, tablename="visit", db=DB):
    """One visit as the server knows it. The id is made on the phone. Points are hundredths;
    `ordering` is the total before its cap at full marks, null where the two are the same."""

    id = _id()
    assignment = _of(Assignment)
    round = _of(Round, index=False)
    store = _of(Store)
    inspector = _of(Account)
    rubric_version = _of(RubricVersion, index=False)
    region_path = Varchar(length=PATH)
    attempt = Integer(default=1)
    content_hash = Varchar(length=DIGEST)
    state = Varchar(length=SHORT, default="submitted")
    complete = Boolean(default=False)
    total = BigInt(null=True, default=None)
    ordering = BigInt(null=True, default=None)
    lost = BigInt(default=0)
    outcome = Varchar(length=SHORT, default="")
    band = Varchar(length=SHORT, default="")
    rankable = Boolean(default=True)
    flags = Text(default="[]")
    started_at = _maybe_time()
    ended_at = _maybe_time()
    sent_at = _maybe_time()
    clock_offset_ms = BigInt(default=0)
    received_at = _time()
    reviewed_by = _maybe(Account)
    reviewed_at = _maybe_time()
    published_at = _maybe_time()


class Submission(Table, tablename="submission", db=DB):
    """What a phone sent, byte for byte, and the receipt it got: the same receipt for ever."""

    id = _id()
    visit = _of(Visit, index=False)
    attempt = Integer(default=1)
    content_hash = Varchar(length=DIGEST)
    body = Text()
    receipt = Text()
    account = _of(Account, index=False)
    received_at = _time()

    one_content_per_attempt = Unique(["visit", "attempt"])


class Parked(Table, tablename="parked", db=DB):
    """Content refused after it arrived whole: kept for an administrator, never thrown away.
    `body` is what was sent, which need not be text; `faults` is JSON: the places and codes named."""

    id = _id()
    visit_id = Varchar(length=ID, index=True)
    attempt = Integer(default=1)
    content_hash = Varchar(length=DIGEST)
    code = Varchar(length=NAME)
    faults = Text(default="[]")
    body = Bytea()
    account = _of(Account)
    received_at = _time()
    settled_at = _maybe_time()

    one_row_per_content = Unique(["visit_id", "attempt", "content_hash", "code"])


class VisitAnswer(Table, tablename="visit_answer", db=DB):
    """One item of the attempt that counts: what was found and what it cost."""

    id = BigSerial(primary_key=True)
    visit = _of(Visit, index=False)
    item = Varchar(length=SHORT)
    section = Varchar(length=SHORT)
    verdict = Varchar(length=SHORT)
    full = BigInt(default=0)
    lost = BigInt(default=0)
    severity = Varchar(length=SHORT, default="general")
    body = Text(default="{}")


class VisitSection(Table, tablename="visit_section", db=DB):
    """One section score of the attempt that counts. `score` is null when nothing was scored."""

    id = BigSerial(primary_key=True)
    visit = _of(Visit)
    section = Varchar(length=SHORT)
    position = Integer(default=0)
    full = BigInt(default=0)
    applicable = BigInt(default=0)
    lost = BigInt(default=0)
    score = BigInt(null=True, default=None)


class VisitScorecard(Table, tablename="visit_scorecard", db=DB):
    """The whole scorecard with its explanation, as scored; one row per attempt and score revision."""

    id = _id()
    visit = _of(Visit)
    attempt = Integer(default=1)
    revision = Integer(default=1)
    inputs_digest = Varchar(length=DIGEST)
    body = Text()
    scored_at = _time()

    one_revision = Unique(["visit", "attempt", "revision"])


class Photo(Table, tablename="photo", db=DB):
    """Bytes a phone announced by SHA-256, and the clean copies made from their pixels."""

    sha256 = _digest_id()
    account = _of(Account, index=False)
    size = BigInt(default=0)
    state = Varchar(length=SHORT, default="receiving")
    width = Integer(null=True, default=None)
    height = Integer(null=True, default=None)
    evidence_sha256 = Varchar(length=DIGEST, null=True, default=None)
    print_sha256 = Varchar(length=DIGEST, null=True, default=None)
    thumb_sha256 = Varchar(length=DIGEST, null=True, default=None)
    refusal = Varchar(length=NAME, default="")
    created_at = _time()
    completed_at = _maybe_time()


class VisitPhoto(Table, tablename="visit_photo", db=DB):
    """One line of an attempt's manifest: which photo belongs to which item."""

    id = _id()
    visit = _of(Visit)
    item = Varchar(length=SHORT)
    position = Integer(default=0)
    sha256 = Varchar(length=DIGEST, index=True)
    origin = Varchar(length=SHORT, default="camera")
    taken_at = _maybe_time()


class Review(Table, tablename="review", db=DB):
    """A reviewer's decision on an attempt, with its reason."""

    id = _id()
    visit = _of(Visit)
    attempt = Integer(default=1)
    reviewer = _of(Account, index=False)
    decision = Varchar(length=SHORT)
    reason = Text(default="")
    decided_at = _time()


class Standing(Table, tablename="standing", db=DB):
    """A store's published result in a round, kept by the transaction that publishes a visit.
    `sections` is JSON `[[code, full, lost, score|null], ...]`. `rank_key` is null while not ranked;
    the smaller key stands higher, and `tie_key` then `store_code` order the list inside a tie.
    `previous_key` and `previous_score` repeat the store's result in the round before."""

    id = BigSerial(primary_key=True)
    round = _of(Round, index=False)
    store = _of(Store)
    store_kind = Varchar(length=SHORT)
    region_path = Varchar(length=PATH)
    branch_path = Varchar(length=PATH)
    store_code = Varchar(length=SHORT)
    visits = Integer(default=0)
    score_sum = BigInt(default=0)
    score = BigInt(null=True, default=None)
    rank_key = BigInt(null=True, default=None)
    tie_key = BigInt(default=0)
    previous_key = BigInt(null=True, default=None)
    previous_score = BigInt(null=True, default=None)
    full = BigInt(default=0)
    lost = BigInt(default=0)
    vetoed = Boolean(default=False)
    major_losses = Integer(default=0)
    unranked_why = Varchar(length=SHORT, default="")
    sections = Text(default="[]")
    updated_at = _time()

    one_row_per_store = Unique(["round", "store"])


class Notice(Table, tablename="notice", db=DB):
    """A rectification notice. Its id is random: it reaches the store and must say nothing."""

    id = _id()
    visit = _of(Visit)
    round = _of(Round)
    store = _of(Store)
    store_kind = Varchar(length=SHORT)
    region_path = Varchar(length=PATH)
    state = Varchar(length=SHORT, default="draft")
    number = Varchar(length=NAME, null=True, default=None, unique=True)
    demands = Text(default="[]")
    snapshot = Text(null=True, default=None)
    verify_token = Varchar(length=DIGEST, unique=True)
    drafted_by = _of(Account, index=False)
    drafted_at = _time()
    signed_by = _maybe(Account)
    issued_at = _maybe_time()
    delivered_at = _maybe_time()
    acknowledged_by = _maybe(Account)
    acknowledged_at = _maybe_time()
    first_due_at = _maybe_time()
    pdf_sha256 = Varchar(length=DIGEST, null=True, default=None)
    pdf_pages = Integer(null=True, default=None)
    pdf_fault = Varchar(length=240, default="")


class NoticeLine(Table, tablename="notice_line", db=DB):
    """One problem the store must settle. Wording may change until sign-off, points may not."""

    id = _id()
    notice = _of(Notice)
    number = Integer(default=1)
    item = Varchar(length=SHORT)
    section = Varchar(length=SHORT)
    severity = Varchar(length=SHORT, default="general")
    lost = BigInt(default=0)
    problem = Text(default="")
    requirement = Text(default="")
    responsible = Varchar(length=NAME, default="")
    hours = Integer(default=24)
    due_at = _maybe_time()
    state = Varchar(length=SHORT, default="open")
    photos = Text(default="[]")


class NoticeCounter(Table, tablename="notice_counter", db=DB):
    """Last number drawn, per issuer, document type and year. Key: `甘移服整|notice|2026`."""

    key = Varchar(length=NAME, primary_key=True, default=None)
    last = Integer(default=0)


class Job(Table, tablename="job", db=DB):
    """Work a transaction left behind. `key` keeps the same work from queueing twice."""

    id = BigSerial(primary_key=True)
    kind = Varchar(length=SHORT)
    key = Varchar(length=NAME, unique=True)
    payload = Text(default="{}")
    state = Varchar(length=SHORT, default="ready")
    tries = Integer(default=0)
    run_after = _time()
    lease_until = _maybe_time()
    fault = Text(default="")
    created_at = _time()
    done_at = _maybe_time()


class AuditEvent(Table, tablename="audit_event", db=DB):
    """One state change, chained to the one before by SHA-256. Never updated, never deleted."""

    seq = BigInt(primary_key=True, default=None)
    at = _time()
    actor = Varchar(length=ID, default="")
    action = Varchar(length=NAME)
    noun = Varchar(length=SHORT)
    noun_id = Varchar(length=DIGEST)
    body = Text(default="{}")
    previous_hash = Varchar(length=DIGEST)
    hash = Varchar(length=DIGEST)


class AuditHead(Table, tablename="audit_head", db=DB):
    """The last link of the chain; locked by whoever appends."""

    id = Integer(primary_key=True, default=None)
    seq = BigInt(default=0)
    hash = Varchar(length=DIGEST)


TABLES: tuple[type[Table], ...] = (
    Region,
    Store,
    Account,
    Session,
    SignInBucket,
    RubricVersion,
    Round,
    RoundRubric,
    Assignment,
    Visit,
    Submission,
    Parked,
    VisitAnswer,
    VisitSection,
    VisitScorecard,
    Photo,
    VisitPhoto,
    Review,
    Standing,
    Notice,
    NoticeLine,
    NoticeCounter,
    Job,
    AuditEvent,
    AuditHead,
)

INDEXES: tuple[tuple[type[Table], tuple[str, ...]], ...] = (
    (Visit, ("state", "received_at")),
    (Visit, ("round", "store")),
    (Assignment, ("inspector", "state")),
    (Assignment, ("round", "state", "store")),
    (Assignment, ("round", "rubric_version", "store", "state")),
    (Standing, ("round", "store_kind", "rank_key", "tie_key", "store_code")),
    (Standing, ("round", "store_kind", "branch_path", "rank_key")),
    (Standing, ("round", "store_kind", "previous_key", "rank_key")),
    (VisitAnswer, ("visit", "lost", "item")),
    (Job, ("state", "run_after")),
    (Notice, ("store", "state")),
    (Notice, ("round", "state", "store_kind", "region_path", "first_due_at")),
    (AuditEvent, ("noun", "noun_id")),
)
"""Composite indexes, made by the first migration (Piccolo declares single columns only)."""
