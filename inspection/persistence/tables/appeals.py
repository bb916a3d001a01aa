"""Appeals of stores against single losses: thread, files, and clocks that stand still meanwhile."""

from piccolo.columns import BigInt, Boolean, Integer, Text, Varchar
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
from inspection.persistence.tables.results import Notice, NoticeLine
from inspection.persistence.tables.visits import Visit


class Appeal(Table, tablename="appeal", db=DB):
    """A store's appeal against one loss. `claim` names the loss for as long as no other appeal may
    be about it. `client_id` and `content_hash` are those of the phone it was written on. `answer`
    is JSON: what was found instead, where it was upheld in part.
    """

    id = made_id()
    notice = of(Notice)
    line = of(NoticeLine)
    visit = of(Visit)
    attempt = Integer(default=1)
    item = Varchar(length=SHORT)
    round = of(Round)
    store = of(Store)
    region_path = Varchar(length=PATH)
    ground = Varchar(length=SHORT)
    text = Text(default="")
    state = Varchar(length=SHORT, default="filed", index=True)
    claim = Varchar(length=NAME, null=True, default=None, unique=True)
    frozen = Boolean(default=False)
    old_lost = BigInt(default=0)
    new_lost = BigInt(null=True, default=None)
    filed_by = of(Account, index=False)
    filed_at = moment()
    closes_at = moment()
    opinion_due_at = moment()
    decision_due_at = moment()
    advice = Varchar(length=SHORT, default="")
    advice_text = Text(default="")
    advised_by = maybe_of(Account)
    advised_at = maybe_time()
    reason = Text(default="")
    answer = Text(default="")
    decided_by = maybe_of(Account)
    decided_at = maybe_time()
    amended = maybe_of(Notice)
    withdrawn_by = maybe_of(Account)
    withdrawn_at = maybe_time()
    version = Integer(default=1)
    client_id = Varchar(length=ID, null=True, default=None, unique=True)
    content_hash = Varchar(length=DIGEST, default="")


class AppealMessage(Table, tablename="appeal_message", db=DB):
    """One thing said about an appeal; nothing said is ever changed. `to_store`: the store reads it,
    without a name. `to_inspector`: it asks whoever inspected.
    """

    id = made_id()
    appeal = of(Appeal, index=False)
    number = Integer(default=1)
    voice = Varchar(length=SHORT)
    author = of(Account, index=False)
    text = Text(default="")
    to_store = Boolean(default=False)
    to_inspector = Boolean(default=False)
    said_at = moment()

    in_order = Unique(["appeal", "number"])


class AppealFile(Table, tablename="appeal_file", db=DB):
    """A photo or document of an appeal, named by the SHA-256 of what was sent."""

    id = made_id()
    appeal = of(Appeal, index=False)
    position = Integer(default=1)
    kind = Varchar(length=SHORT)
    sha256 = Varchar(length=DIGEST, index=True)
    name = Varchar(length=NAME, default="")
    size = BigInt(default=0)
    added_by = of(Account, index=False)
    added_at = moment()

    once_each = Unique(["appeal", "sha256"])


class Attachment(Table, tablename="attachment", db=DB):
    """A document somebody sent, before anything names it."""

    id = made_id()
    account = of(Account, index=False)
    sha256 = Varchar(length=DIGEST, index=True)
    name = Varchar(length=NAME, default="")
    size = BigInt(default=0)
    created_at = moment()

    one_row_per_sender = Unique(["account", "sha256"])


class LinePause(Table, tablename="line_pause", db=DB):
    """A time in which the clock of a line stands still; `until` is null while it does. `cause` is
    the id of what stopped it.
    """

    id = made_id()
    line = of(NoticeLine)
    since = moment()
    until = maybe_time()
    why = Varchar(length=SHORT, default="appeal")
    cause = Varchar(length=ID, default="")
