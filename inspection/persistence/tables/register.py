"""Who issues papers under which letters, and every number that was ever drawn."""

from piccolo.columns import BigSerial, Boolean, Integer, Varchar
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
    moment,
    of,
)
from inspection.persistence.tables.org import Account


class Issuer(Table, tablename="issuer", db=DB):
    """Who issues for a part of the tree. `one_person` lets whoever drew a notice up sign it;
    `revision` counts every change.
    """

    id = made_id()
    region_path = Varchar(length=PATH, default="", unique=True)
    name = Varchar(length=NAME, default="")
    mark = Varchar(length=SHORT, default="", unique=True)
    pattern = Varchar(length=NAME, default="")
    one_person = Boolean(default=False)
    seal_sha256 = Varchar(length=DIGEST, null=True, default=None)
    revision = Integer(default=1)
    changed_by = of(Account, index=False)
    changed_at = moment()


class DrawnNumber(Table, tablename="drawn_number", db=DB):
    """A number that was drawn from a counter, and the paper that bears it."""

    id = BigSerial(primary_key=True)
    counter = Varchar(length=NAME, default="")
    n = Integer(default=1)
    number = Varchar(length=NAME, default="", unique=True)
    kind = Varchar(length=SHORT, default="notice")
    noun_id = Varchar(length=ID, default="", index=True)
    region_path = Varchar(length=PATH, default="")
    drawn_at = moment()

    drawn_once = Unique(["counter", "n"])
