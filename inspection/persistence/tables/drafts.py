"""Visits still being filled in, as the phones last copied them here."""

from piccolo.columns import BigInt, Bytea, Integer, Text, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from inspection.persistence.engine import DB
from inspection.persistence.tables.kinds import (
    DIGEST,
    ID,
    SHORT,
    made_id,
    maybe_time,
    moment,
    of,
)
from inspection.persistence.tables.org import Account
from inspection.persistence.tables.plans import Assignment

DEVICE = 64


class Draft(Table, tablename="draft", db=DB):
    """Whose draft a visit's id is, and which device goes on with it. Stays when the copies go, so
    that nobody else can begin a draft under the same id.
    """

    visit_id = Varchar(length=ID, primary_key=True, default=None)
    account = of(Account)
    assignment = of(Assignment, index=False)
    owner = Varchar(length=DEVICE)
    created_at = moment()


class DraftCopy(Table, tablename="draft_copy", db=DB):
    """The last a device sent of a draft; only that device writes it. `body` is what was sent, byte
    for byte, `photos` the JSON list of the photos it names, `session` the one it came with.
    """

    id = made_id()
    visit_id = of(Draft, index=False)
    device = Varchar(length=DEVICE)
    account = of(Account)
    attempt = Integer(default=1)
    saves = BigInt(default=0)
    app = Varchar(length=SHORT)
    changed_at = moment()
    received_at = moment()
    content_hash = Varchar(length=DIGEST)
    photo_count = Integer(default=0)
    photos = Text(default="[]")
    session = Varchar(length=ID)
    discarded_at = maybe_time()
    body = Bytea()

    one_row_per_device = Unique(["visit_id", "device"])
