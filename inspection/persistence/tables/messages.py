"""What people are told, how it reached them, and what they chose."""

from typing import Any

from piccolo.columns import (
    BigInt,
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    OnUpdate,
    Text,
    Varchar,
)
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
from inspection.persistence.tables.org import Account, Region
from inspection.persistence.tables.results import Notice, NoticeLine

ADDRESS = 240
URL = 1000


def _one_per(table: type[Table]) -> ForeignKey[Any]:
    return ForeignKey(
        references=table,
        null=False,
        default=None,
        on_delete=OnDelete.restrict,
        on_update=OnUpdate.restrict,
        unique=True,
    )


class InboxMessage(Table, tablename="inbox_message", db=DB):
    """Something one person was told. `key` is the SHA-256 of what makes it this message, `at_ms`
    its time as a number to list by. Its id is random: stores see it.
    """

    id = made_id()
    account = of(Account, index=False)
    kind = Varchar(length=SHORT)
    noun = Varchar(length=SHORT)
    noun_id = Varchar(length=DIGEST)
    facts = Text(default="{}")
    key = Varchar(length=DIGEST)
    at_ms = BigInt(default=0)
    created_at = moment()
    read_at = maybe_time()

    once_per_person = Unique(["account", "key"])


class Delivery(Table, tablename="delivery", db=DB):
    """Telling one person, group, system or address on one way. Its id is the message's id there,
    the same at every attempt. `target` is the bot or webhook; `sealed` what only the sending needs
    to know, emptied once it is over.
    """

    id = made_id()
    key = Varchar(length=DIGEST, unique=True)
    channel = Varchar(length=SHORT)
    account = maybe_of(Account, index=True)
    target = Varchar(length=ID, default="")
    kind = Varchar(length=SHORT)
    noun = Varchar(length=SHORT)
    noun_id = Varchar(length=DIGEST)
    facts = Text(default="{}")
    region_path = Varchar(length=PATH, default="")
    language = Varchar(length=8, default="")
    sealed = Text(default="")
    digest = Boolean(default=False)
    state = Varchar(length=SHORT, default="waiting")
    tries = Integer(default=0)
    code = Varchar(length=NAME, default="")
    due_at = moment()
    created_at = moment()
    settled_at = maybe_time()


class DeliveryAttempt(Table, tablename="delivery_attempt", db=DB):
    """One try: when, what it met, how long it took. Never what was said."""

    id = BigSerial(primary_key=True)
    delivery = of(Delivery)
    at = moment()
    outcome = Varchar(length=SHORT)
    code = Varchar(length=NAME, default="")
    milliseconds = Integer(default=0)


class MessageChoice(Table, tablename="message_choice", db=DB):
    """What a person chose. `ways` is JSON `{kind: [channel]}`; the mail address counts once it was
    confirmed.
    """

    id = made_id()
    account = _one_per(Account)
    ways = Text(default="{}")
    quiet = Boolean(default=True)
    quiet_from = Integer(default=1260)
    quiet_to = Integer(default=480)
    digest = Boolean(default=False)
    mail = Varchar(length=ADDRESS, default="")
    mail_token_hash = Varchar(length=DIGEST, default="")
    mail_asked_at = maybe_time()
    mail_confirmed_at = maybe_time()
    revision = Integer(default=1)
    changed_at = moment()


class Bot(Table, tablename="bot", db=DB):
    """A group's bot at a maker's, told of what happens in its part of the tree."""

    id = made_id()
    region = of(Region)
    region_path = Varchar(length=PATH, index=True)
    brand = Varchar(length=SHORT)
    name = Varchar(length=NAME)
    sealed = Text(default="")
    language = Varchar(length=8, default="zh-CN")
    state = Varchar(length=SHORT, default="on")
    revision = Integer(default=1)
    changed_by = of(Account, index=False)
    changed_at = moment()


class Webhook(Table, tablename="webhook", db=DB):
    """Another system that is told, by signed requests. After a new secret the old one signs too
    until `old_until`.
    """

    id = made_id()
    region_path = Varchar(length=PATH, index=True)
    name = Varchar(length=NAME)
    url = Varchar(length=URL)
    kinds = Text(default="[]")
    sealed = Text(default="")
    sealed_old = Text(default="")
    old_until = maybe_time()
    state = Varchar(length=SHORT, default="on")
    revision = Integer(default=1)
    changed_by = of(Account, index=False)
    changed_at = moment()


class LineReminder(Table, tablename="line_reminder", db=DB):
    """A step of reminding that was taken for a line and its deadline of then."""

    id = BigSerial(primary_key=True)
    line = of(NoticeLine, index=False)
    step = Varchar(length=SHORT)
    due_at = moment()
    at = moment()

    once_per_deadline = Unique(["line", "step", "due_at"])


class NoticeUrge(Table, tablename="notice_urge", db=DB):
    """Somebody urged a store, or told those above it, about a notice: once a day each."""

    id = made_id()
    notice = of(Notice, index=False)
    kind = Varchar(length=SHORT)
    day = Date(null=False, default=None)
    by = of(Account, index=False)
    at = moment()

    once_a_day = Unique(["notice", "kind", "day"])
