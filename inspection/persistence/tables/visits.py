"""Visits as they arrived and as they were judged."""

from piccolo.columns import BigInt, BigSerial, Boolean, Bytea, Integer, Text, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from inspection.persistence.engine import DB
from inspection.persistence.tables.kinds import (
    DIGEST,
    ID,
    NAME,
    PATH,
    SHORT,
    digest_id,
    made_id,
    maybe_of,
    maybe_time,
    moment,
    of,
)
from inspection.persistence.tables.org import Account, Store
from inspection.persistence.tables.plans import Assignment, Round, RubricVersion


class Visit(Table, tablename="visit", db=DB):
    """One visit as the server knows it. The id is made on the phone. Points are hundredths;
    `ordering` is the total before its cap at full marks, null where the two are the same.
    """

    id = made_id()
    assignment = of(Assignment)
    round = of(Round, index=False)
    store = of(Store)
    inspector = of(Account, index=False)
    rubric_version = of(RubricVersion, index=False)
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
    started_at = maybe_time()
    ended_at = maybe_time()
    sent_at = maybe_time()
    clock_offset_ms = BigInt(default=0)
    received_at = moment()
    reviewed_by = maybe_of(Account)
    reviewed_at = maybe_time()
    published_at = maybe_time()


class Submission(Table, tablename="submission", db=DB):
    """What a phone sent, byte for byte, and the receipt it got: the same receipt for ever."""

    id = made_id()
    visit = of(Visit, index=False)
    attempt = Integer(default=1)
    content_hash = Varchar(length=DIGEST)
    body = Text()
    receipt = Text()
    account = of(Account, index=False)
    received_at = moment()

    one_content_per_attempt = Unique(["visit", "attempt"])


class Parked(Table, tablename="parked", db=DB):
    """Content refused after it arrived whole: kept for an administrator, never thrown away.
    `body` is what was sent, which need not be text; `faults` is JSON: the places and codes named.
    `assignment_id` is what the content says, true or not; `settlement` says what became of it.
    """

    id = made_id()
    visit_id = Varchar(length=ID, index=True)
    attempt = Integer(default=1)
    assignment_id = Varchar(length=ID, default="")
    content_hash = Varchar(length=DIGEST)
    code = Varchar(length=NAME)
    faults = Text(default="[]")
    body = Bytea()
    account = of(Account)
    received_at = moment()
    settled_at = maybe_time()
    settled_by = maybe_of(Account)
    settlement = Varchar(length=SHORT, null=True, default=None)
    note = Text(default="")

    one_row_per_content = Unique(["visit_id", "attempt", "content_hash", "code"])


class VisitAnswer(Table, tablename="visit_answer", db=DB):
    """One item of the attempt that counts: what was found and what it cost."""

    id = BigSerial(primary_key=True)
    visit = of(Visit, index=False)
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
    visit = of(Visit)
    section = Varchar(length=SHORT)
    position = Integer(default=0)
    full = BigInt(default=0)
    applicable = BigInt(default=0)
    lost = BigInt(default=0)
    score = BigInt(null=True, default=None)


class VisitScorecard(Table, tablename="visit_scorecard", db=DB):
    """The whole scorecard with its explanation, one row per attempt and score revision."""

    id = made_id()
    # Found along `one_revision`, which begins with it.
    visit = of(Visit, index=False)
    attempt = Integer(default=1)
    revision = Integer(default=1)
    inputs_digest = Varchar(length=DIGEST)
    body = Text()
    scored_at = moment()

    one_revision = Unique(["visit", "attempt", "revision"])


class Photo(Table, tablename="photo", db=DB):
    """Bytes a phone announced by SHA-256, and the clean copies made from their pixels."""

    sha256 = digest_id()
    account = of(Account, index=False)
    size = BigInt(default=0)
    state = Varchar(length=SHORT, default="receiving")
    width = Integer(null=True, default=None)
    height = Integer(null=True, default=None)
    evidence_sha256 = Varchar(length=DIGEST, null=True, default=None)
    print_sha256 = Varchar(length=DIGEST, null=True, default=None)
    thumb_sha256 = Varchar(length=DIGEST, null=True, default=None)
    refusal = Varchar(length=NAME, default="")
    created_at = moment()
    completed_at = maybe_time()


class VisitPhoto(Table, tablename="visit_photo", db=DB):
    """One line of an attempt's manifest: which photo belongs to which item. `marked_from` names the
    photo a marked-up copy was made of.
    """

    id = made_id()
    visit = of(Visit)
    item = Varchar(length=SHORT)
    position = Integer(default=0)
    sha256 = Varchar(length=DIGEST, index=True)
    origin = Varchar(length=SHORT, default="camera")
    taken_at = maybe_time()
    marked_from = Varchar(length=DIGEST, null=True, default=None)
