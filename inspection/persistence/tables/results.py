"""What became of visits: reviews, standings, notices."""

from piccolo.columns import BigInt, BigSerial, Boolean, Integer, Text, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from inspection.persistence.engine import DB
from inspection.persistence.tables.kinds import (
    DIGEST,
    ID,
    NAME,
    PATH,
    SHORT,
    made_id,
    maybe_of,
    maybe_time,
    moment,
    of,
)
from inspection.persistence.tables.org import Account, Store
from inspection.persistence.tables.plans import Round
from inspection.persistence.tables.visits import Visit


class Review(Table, tablename="review", db=DB):
    """A reviewer's decision on an attempt, with its reason; of a return also what its inspector is
    told, questions included, and until when it is due again.
    """

    id = made_id()
    visit = of(Visit)
    attempt = Integer(default=1)
    reviewer = of(Account, index=False)
    decision = Varchar(length=SHORT)
    reason = Text(default="")
    decided_at = moment()
    told = Text(default="")
    due_at = maybe_time()


class Standing(Table, tablename="standing", db=DB):
    """A store's published result in a round, kept by the transaction that publishes a visit.
    `sections` is JSON `[[code, full, lost, score|null], ...]`. `rank_key` is null while not ranked;
    the smaller key stands higher, and `tie_key` then `store_code` order the list inside a tie.
    `previous_key` and `previous_score` repeat the store's result in the round before. `part` is
    JSON: what the store adds to the tally of its county, empty while that is still to be reckoned.
    """

    id = BigSerial(primary_key=True)
    round = of(Round, index=False)
    store = of(Store)
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
    updated_at = moment()
    ownership = Varchar(length=SHORT, default="own")
    part = Text(default="")

    one_row_per_store = Unique(["round", "store"])


class RoundTally(Table, tablename="round_tally", db=DB):
    """The sum over the standings of a county in a round, by kind and ownership of the stores; kept
    by the transaction that changes one of them. `body` is JSON, and so is `judged`: what each
    inspector took off by each item in the same visits, empty from a new result on until the worker
    has counted it again.
    """

    id = BigSerial(primary_key=True)
    round = of(Round, index=False)
    store_kind = Varchar(length=SHORT)
    ownership = Varchar(length=SHORT)
    region_path = Varchar(length=PATH)
    body = Text(default="[]")
    judged = Text(default="")

    one_row_per_county = Unique(["round", "store_kind", "ownership", "region_path"])


class Notice(Table, tablename="notice", db=DB):
    """A rectification notice. Its id is random: it reaches the store and must say nothing.
    `receipt` is how it counts as received; `void_sha256` the edition marked void, beside the
    untouched one; `clock`, `verified` and `verified_first` are what its lines come to
    (`notice_tallies.py`).
    """

    id = made_id()
    visit = of(Visit)
    round = of(Round)
    store = of(Store)
    store_kind = Varchar(length=SHORT)
    region_path = Varchar(length=PATH)
    state = Varchar(length=SHORT, default="draft")
    number = Varchar(length=NAME, null=True, default=None, unique=True)
    demands = Text(default="[]")
    snapshot = Text(null=True, default=None)
    verify_token = Varchar(length=DIGEST, unique=True)
    drafted_by = of(Account, index=False)
    drafted_at = moment()
    edited_by = maybe_of(Account)
    checked_by = maybe_of(Account)
    checked_at = maybe_time()
    signed_by = maybe_of(Account)
    issued_at = maybe_time()
    delivered_at = maybe_time()
    acknowledged_by = maybe_of(Account)
    acknowledged_at = maybe_time()
    receipt = Varchar(length=SHORT, default="")
    receipt_name = Varchar(length=NAME, default="")
    receipt_note = Text(default="")
    replaces = Varchar(length=ID, null=True, default=None, index=True)
    replaced_by = Varchar(length=ID, null=True, default=None)
    ended_by = maybe_of(Account)
    ended_at = maybe_time()
    end_reason = Text(default="")
    first_due_at = maybe_time()
    clock = Varchar(length=SHORT, default="")
    verified = Integer(default=0)
    verified_first = Integer(default=0)
    pdf_sha256 = Varchar(length=DIGEST, null=True, default=None)
    pdf_pages = Integer(null=True, default=None)
    pdf_fault = Varchar(length=240, default="")
    unprinted = Varchar(length=240, default="")
    void_sha256 = Varchar(length=DIGEST, null=True, default=None)


class NoticeLine(Table, tablename="notice_line", db=DB):
    """One problem the store must settle. Wording may change until sign-off, points may not.
    `parts` is JSON: the lines merged into it, as they were. `carried_from` is the line of the
    notice this one's replaces; replies given there belong here too.
    """

    id = made_id()
    notice = of(Notice, index=False)
    number = Integer(default=1)
    item = Varchar(length=SHORT)
    section = Varchar(length=SHORT)
    severity = Varchar(length=SHORT, default="general")
    lost = BigInt(default=0)
    problem = Text(default="")
    requirement = Text(default="")
    responsible = Varchar(length=NAME, default="")
    hours = Integer(default=24)
    hours_kind = Varchar(length=SHORT, default="calendar")
    due_at = maybe_time()
    state = Varchar(length=SHORT, default="open")
    photos = Text(default="[]")
    parts = Text(default="[]")
    carried_from = Varchar(length=ID, null=True, default=None, index=True)


class NoticeCounter(Table, tablename="notice_counter", db=DB):
    """Last number drawn, per issuer, document type and year. Key: `甘移服整|notice|2026`."""

    key = Varchar(length=NAME, primary_key=True, default=None)
    last = Integer(default=0)
