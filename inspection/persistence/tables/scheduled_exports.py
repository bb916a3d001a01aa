"""Exports that make themselves, and what became of each time."""

from piccolo.columns import BigInt, Boolean, Integer, Text, Varchar
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
from inspection.persistence.tables.org import Account, Region


class ScheduledExport(Table, tablename="scheduled_export", db=DB):
    """What somebody has made again and again. Without a region it holds their part of the tree;
    `next_at` is when it is made next unless it is paused.
    """

    id = made_id()
    account = of(Account)
    name = Varchar(length=NAME)
    what = Varchar(length=SHORT)
    format = Varchar(length=SHORT)
    store_kind = Varchar(length=SHORT, default="")
    region = maybe_of(Region)
    beat = Varchar(length=SHORT)
    day = Integer(default=1)
    hour = Integer(default=0)
    paused = Boolean(default=False)
    next_at = moment()
    created_at = moment()
    deleted_at = maybe_time()


class ExportRun(Table, tablename="export_run", db=DB):
    """One time: `key` is what keeps a due time from being made twice, `region_path` what the file
    is about, `what` what is in it (none: what its schedule says), `fault` why there is none (JSON:
    code and facts).
    """

    id = made_id()
    schedule = of(ScheduledExport)
    key = Varchar(length=NAME, unique=True)
    due_at = moment()
    state = Varchar(length=SHORT)
    region_path = Varchar(length=PATH, default="")
    what = Varchar(length=SHORT, null=True, default=None)
    row_count = Integer(default=0)
    fault = Text(default="")
    file_name = Varchar(length=NAME, default="")
    file_sha256 = Varchar(length=DIGEST, null=True, default=None)
    file_size = BigInt(default=0)
    ended_at = maybe_time()
    expires_at = maybe_time()
