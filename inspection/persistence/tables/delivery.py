"""How notices reach stores: links, what became of each, and work on many at once."""

from piccolo.columns import BigSerial, Integer, Text, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from inspection.persistence.engine import DB
from inspection.persistence.tables.kinds import (
    DIGEST,
    ID,
    NAME,
    SHORT,
    made_id,
    maybe_of,
    maybe_time,
    moment,
    of,
)
from inspection.persistence.tables.org import Account
from inspection.persistence.tables.results import Notice


class NoticeLink(Table, tablename="notice_link", db=DB):
    """A way to one notice without signing in. Of its token only the SHA-256 is kept."""

    id = made_id()
    notice = of(Notice)
    token_sha256 = Varchar(length=DIGEST, default="", unique=True)
    channel = Varchar(length=SHORT, default="link")
    sent_to = Varchar(length=NAME, default="")
    made_by = of(Account, index=False)
    made_at = moment()
    expires_at = moment()
    revoked_by = maybe_of(Account)
    revoked_at = maybe_time()
    reads = Integer(default=0)
    last_read_at = maybe_time()


class NoticeDelivery(Table, tablename="notice_delivery", db=DB):
    """What happened on a notice's way to its store. Rows are added, never changed."""

    id = made_id()
    notice = of(Notice)
    at = moment()
    event = Varchar(length=SHORT, default="")
    channel = Varchar(length=SHORT, default="")
    by = maybe_of(Account)
    link = Varchar(length=ID, null=True, default=None)
    note = Text(default="")


class NoticeBatch(Table, tablename="notice_batch", db=DB):
    """Many notices signed, or put into one archive, by one job."""

    id = made_id()
    kind = Varchar(length=SHORT, default="sign")
    state = Varchar(length=SHORT, default="running")
    asked_by = of(Account)
    asked_at = moment()
    ended_at = maybe_time()
    archive_sha256 = Varchar(length=DIGEST, null=True, default=None)
    archive_size = Integer(default=0)
    expires_at = maybe_time()


class NoticeBatchRow(Table, tablename="notice_batch_row", db=DB):
    """One notice of a batch and what became of it. `seen` is the wording that was chosen."""

    id = BigSerial(primary_key=True)
    batch = of(NoticeBatch)
    notice = of(Notice)
    position = Integer(default=0)
    seen = Varchar(length=SHORT, default="")
    state = Varchar(length=SHORT, default="waiting")
    fault = Varchar(length=NAME, default="")

    one_row_per_notice = Unique(["batch", "notice"])
