"""Rubrics being written, what was decided about them, and versions taken out of use."""

from piccolo.columns import Integer, Text, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from inspection.persistence.engine import DB
from inspection.persistence.tables.kinds import (
    NAME,
    SHORT,
    made_id,
    maybe_of,
    maybe_time,
    moment,
    of,
)
from inspection.persistence.tables.org import Account
from inspection.persistence.tables.plans import RubricVersion

REASON = 500


class RubricDraft(Table, tablename="rubric_draft", db=DB):
    """A rubric on its way to becoming a version. `body` is its document as JSON, finished or not;
    `writers` the JSON list of everybody who wrote in it; `published` the version it became.
    The body stands last, so that lists need not read past it.
    """

    id = made_id()
    code = Varchar(length=SHORT, index=True)
    title_zh = Varchar(length=NAME, default="")
    title_en = Varchar(length=NAME, default="")
    store_kind = Varchar(length=SHORT, default="")
    based_on = maybe_of(RubricVersion)
    saves = Integer(default=0)
    state = Varchar(length=SHORT, default="editing")
    author = of(Account, index=False)
    writers = Text(default="[]")
    created_at = moment()
    changed_at = moment()
    changed_by = of(Account, index=False)
    submitted_at = maybe_time()
    submitted_by = maybe_of(Account)
    published = maybe_of(RubricVersion, index=True)
    body = Text()


class RubricDecision(Table, tablename="rubric_decision", db=DB):
    """What a second person said about a draft as it was submitted: at so many saves."""

    id = made_id()
    draft = of(RubricDraft)
    decision = Varchar(length=SHORT)
    reason = Varchar(length=REASON, default="")
    saves = Integer(default=0)
    account = of(Account, index=False)
    decided_at = moment()


class RubricWithdrawal(Table, tablename="rubric_withdrawal", db=DB):
    """Why a version may no longer be used, and who said so."""

    id = made_id()
    rubric_version = of(RubricVersion, index=False)
    reason = Varchar(length=REASON, default="")
    account = of(Account, index=False)
    withdrawn_at = moment()

    one_per_version = Unique(["rubric_version"])
