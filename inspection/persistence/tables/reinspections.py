"""Looks at stores for the failed lines of their notices."""

from piccolo.columns import BigSerial, Boolean, Date, Integer, Text, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from inspection.persistence.engine import DB
from inspection.persistence.tables.kinds import (
    DIGEST,
    ID,
    PATH,
    SHORT,
    made_id,
    maybe_of,
    maybe_time,
    moment,
    of,
)
from inspection.persistence.tables.org import Account, Store
from inspection.persistence.tables.results import NoticeLine
from inspection.persistence.tables.visits import Visit


class Reinspection(Table, tablename="reinspection", db=DB):
    """Somebody is sent to look at a store again. `visit` is the one that found what was wrong."""

    id = made_id()
    visit = of(Visit, index=False)
    store = of(Store, index=False)
    region_path = Varchar(length=PATH)
    inspector = of(Account)
    state = Varchar(length=SHORT, default="open")
    window_from = Date(default=None)
    window_to = Date(default=None)
    made_by = of(Account, index=False)
    made_at = moment()
    ended_by = maybe_of(Account)
    ended_at = maybe_time()
    why = Text(default="")


class ReinspectionLine(Table, tablename="reinspection_line", db=DB):
    """A line to look at, and the verdict the look led to, if any."""

    id = made_id()
    reinspection = of(Reinspection, index=False)
    line = of(NoticeLine)
    verdict = Varchar(length=ID, null=True, default=None)

    one_look_per_line = Unique(["reinspection", "line"])


class ReinspectionSending(Table, tablename="reinspection_sending", db=DB):
    """What the phone sent of a look, byte for byte, and the receipt it got: the same receipt for
    ever. The id is made on the phone.
    """

    id = made_id()
    reinspection = of(Reinspection, index=False)
    content_hash = Varchar(length=DIGEST)
    body = Text()
    receipt = Text()
    account = of(Account, index=False)
    received_at = moment()

    one_sending_per_look = Unique(["reinspection"])


class ReinspectionPhoto(Table, tablename="reinspection_photo", db=DB):
    """A photo of a look. `shown` says that the desk approved it for the store."""

    id = BigSerial(primary_key=True)
    reinspection = of(Reinspection, index=False)
    item = Varchar(length=SHORT)
    position = Integer(default=0)
    sha256 = Varchar(length=DIGEST, index=True)
    shown = Boolean(default=False)

    one_look_photo_per_place = Unique(["reinspection", "item", "position"])
