"""Issues of the bulletin, who has read them, and the complaints other systems counted."""

from piccolo.columns import BigInt, BigSerial, Boolean, Date, Integer, Text, Varchar
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


class Bulletin(Table, tablename="bulletin", db=DB):
    """An issue about a part of the tree. `snapshot` is what a published one says, and all it says;
    `sections` is their order in one line, `benchmark` who its units are compared with;
    `revision` counts every change of the draft.
    """

    id = made_id()
    region_path = Varchar(length=PATH)
    kind = Varchar(length=SHORT)
    first_on = Date(default=None)
    last_on = Date(default=None)
    round = maybe_of(Round)
    preface = Text(default="")
    closing = Text(default="")
    hide_worst = Boolean(default=False)
    solved_case = Varchar(length=ID, default="")
    sections = Text(default="")
    benchmark = Varchar(length=NAME, default="")
    state = Varchar(length=SHORT, default="draft")
    revision = Integer(default=1)
    number = Varchar(length=NAME, null=True, default=None, unique=True)
    issue = Integer(null=True, default=None)
    snapshot = Text(null=True, default=None)
    chain_seq = BigInt(null=True, default=None)
    chain_hash = Varchar(length=DIGEST, default="")
    pdf_sha256 = Varchar(length=DIGEST, null=True, default=None)
    pdf_pages = Integer(null=True, default=None)
    pdf_fault = Text(default="")
    drafted_by = of(Account, index=False)
    drafted_at = moment()
    changed_by = of(Account, index=False)
    changed_at = moment()
    published_by = maybe_of(Account)
    published_at = maybe_time()


class BulletinReading(Table, tablename="bulletin_reading", db=DB):
    """That somebody has read an issue, as a page or as a PDF, and when first."""

    id = BigSerial(primary_key=True)
    bulletin = of(Bulletin, index=False)
    account = of(Account)
    edition = Varchar(length=SHORT, default="web")
    read_at = moment()

    one_reading_per_edition = Unique(["bulletin", "account", "edition"])


class ComplaintCount(Table, tablename="complaint_count", db=DB):
    """Complaints of a week about a place by channel, as an import said. `place` is the code of the
    region or store.
    """

    id = BigSerial(primary_key=True)
    week = Date(default=None)
    place = Varchar(length=SHORT)
    region_path = Varchar(length=PATH)
    store = maybe_of(Store)
    channel = Varchar(length=SHORT)
    n = Integer(default=0)

    one_count_per_channel = Unique(["week", "place", "channel"])
