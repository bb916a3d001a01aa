"""Where browsers want to be told that there is something new."""

from typing import Any

from piccolo.columns import ForeignKey, Integer, OnDelete, OnUpdate, Varchar
from piccolo.table import Table

from inspection.persistence.engine import DB
from inspection.persistence.tables.kinds import NAME, made_id, moment, of
from inspection.persistence.tables.org import Account, Session

ENDPOINT = 1000


class PushSubscription(Table, tablename="push_subscription", db=DB):
    """One signed-in browser that may be told; gone with its session. `failed` counts the messages
    its push service refused since the last it took.
    """

    id = made_id()
    account = of(Account)
    session: ForeignKey[Any] = ForeignKey(
        references=Session,
        null=False,
        default=None,
        on_delete=OnDelete.cascade,
        on_update=OnUpdate.restrict,
        index=True,
    )
    endpoint = Varchar(length=ENDPOINT, unique=True)
    p256dh = Varchar(length=NAME)
    auth = Varchar(length=NAME)
    created_at = moment()
    failed = Integer(default=0)
