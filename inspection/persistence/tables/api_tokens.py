"""Tokens other programs read with."""

from piccolo.columns import Text, Varchar
from piccolo.table import Table

from inspection.persistence.engine import DB
from inspection.persistence.tables.kinds import (
    DIGEST,
    NAME,
    SHORT,
    made_id,
    maybe_of,
    maybe_time,
    moment,
    of,
)
from inspection.persistence.tables.org import Account, Region


class ApiToken(Table, tablename="api_token", db=DB):
    """A token by the SHA-256 of its text; `prefix` is how people recognise it, `scopes` JSON.
    Without a region it reads its owner's part of the tree.
    """

    id = made_id()
    token_hash = Varchar(length=DIGEST, unique=True)
    account = of(Account)
    name = Varchar(length=NAME)
    prefix = Varchar(length=SHORT)
    scopes = Text(default="[]")
    region = maybe_of(Region)
    created_at = moment()
    expires_at = moment()
    revoked_at = maybe_time()
    last_used_at = maybe_time()
    last_used_from = Varchar(length=64, default="")
