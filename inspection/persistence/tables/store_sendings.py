"""What store staff's phones sent: kept once, with the receipt it got."""

from piccolo.columns import Integer, Text, Varchar
from piccolo.table import Table

from inspection.persistence.engine import DB
from inspection.persistence.tables.kinds import DIGEST, SHORT, made_id, moment, of
from inspection.persistence.tables.org import Account
from inspection.persistence.tables.results import Notice


class StoreSending(Table, tablename="store_sending", db=DB):
    """A signature, a reply, a request or an appeal as a phone sent it, byte for byte, and the
    receipt it got: the same receipt for ever. The id is the phone's; `line` is 0 for the whole
    notice.
    """

    id = made_id()
    kind = Varchar(length=SHORT)
    notice = of(Notice)
    line = Integer(default=0)
    account = of(Account, index=False)
    content_hash = Varchar(length=DIGEST)
    body = Text()
    receipt = Text()
    received_at = moment()
