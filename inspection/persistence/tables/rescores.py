"""Visits judged by another version of their rubric: the question, and one line per card."""

from piccolo.columns import BigInt, Boolean, Integer, Text, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from inspection.persistence.engine import DB
from inspection.persistence.tables.kinds import (
    DIGEST,
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
from inspection.persistence.tables.plans import Round, RubricVersion
from inspection.persistence.tables.visits import Visit


class Rescore(Table, tablename="rescore", db=DB):
    """The visits of a round below `region_path` from one rubric version to another: dry run,
    decision, writing. `job` is the key of the job that is at it; `marker` is JSON: the store and
    visit its dry run has come to. `digest` names what the dry run saw.
    """

    id = made_id()
    round = of(Round)
    store_kind = Varchar(length=SHORT)
    from_version = of(RubricVersion, index=False)
    to_version = of(RubricVersion, index=False)
    region_path = Varchar(length=PATH)
    state = Varchar(length=SHORT, default="trying")
    job = Varchar(length=NAME, default="")
    marker = Text(default="[]")
    steps = Integer(default=0)
    done = Integer(default=0)
    cards = Integer(default=0)
    changed = Integer(default=0)
    stuck = Integer(default=0)
    moved = Integer(default=0)
    mean = BigInt(null=True, default=None)
    digest = Varchar(length=DIGEST, default="")
    reason = Text(default="")
    asked_by = of(Account, index=False)
    asked_at = moment()
    shown_at = maybe_time()
    confirmed_by = maybe_of(Account)
    confirmed_at = maybe_time()
    ended_by = maybe_of(Account)
    ended_at = maybe_time()


class RescoreLine(Table, tablename="rescore_line", db=DB):
    """One card: both judgements as the dry run saw them, and what became of it. `why` is JSON
    `[[item, code], ...]`; `size` is the difference without its sign; `late` ones came after the
    dry run; `differs` ones were judged anew when written and came out otherwise.
    """

    id = made_id()
    rescore = of(Rescore, index=False)
    visit = of(Visit)
    store = of(Store, index=False)
    attempt = Integer(default=1)
    change = Varchar(length=SHORT)
    why = Text(default="[]")
    old_digest = Varchar(length=DIGEST, default="")
    new_digest = Varchar(length=DIGEST, default="")
    old_total = BigInt(null=True, default=None)
    new_total = BigInt(null=True, default=None)
    difference = BigInt(default=0)
    size = BigInt(default=0)
    old_outcome = Varchar(length=SHORT, default="")
    new_outcome = Varchar(length=SHORT, default="")
    old_band = Varchar(length=SHORT, default="")
    new_band = Varchar(length=SHORT, default="")
    new_rankable = Boolean(default=True)
    old_rank = Integer(null=True, default=None)
    new_rank = Integer(null=True, default=None)
    other_facts = Boolean(default=False)
    fate = Varchar(length=SHORT, default="waiting")
    late = Boolean(default=False)
    differs = Boolean(default=False)
    revision = Integer(null=True, default=None)
    written_at = maybe_time()
    notice = Varchar(length=SHORT, default="")

    one_line_per_visit = Unique(["rescore", "visit"])
