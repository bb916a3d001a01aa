"""The org tree, its stores and its people."""

from typing import Any

from piccolo.columns import (
    BigInt,
    BigSerial,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Varchar,
)
from piccolo.constraints import Unique
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


class Region(Table, tablename="region", db=DB):
    """One node of the org tree above the stores: province, branch (市州) or county (区县)."""

    id = made_id()
    parent: ForeignKey[Any] = ForeignKey(
        references="self", null=True, default=None, on_delete=OnDelete.restrict
    )
    level = Varchar(length=SHORT)
    code = Varchar(length=SHORT, unique=True)
    name_zh = Varchar(length=NAME)
    name_en = Varchar(length=NAME)
    path = Varchar(length=PATH, unique=True)
    state = Varchar(length=SHORT, default="open")


class FormerPath(Table, tablename="former_path", db=DB):
    """Where a county hung before it moved to another branch: results of then are kept there."""

    id = BigSerial(primary_key=True)
    region = of(Region)
    path = Varchar(length=PATH)
    left_at = moment()

    one_row_per_path = Unique(["region", "path"])


class Store(Table, tablename="store", db=DB):
    """A place that is inspected. `features` is a JSON list of feature flags."""

    id = made_id()
    code = Varchar(length=SHORT, unique=True)
    name = Varchar(length=NAME)
    kind = Varchar(length=SHORT)
    region = of(Region)
    region_path = Varchar(length=PATH, index=True)
    ownership = Varchar(length=SHORT, default="own")
    state = Varchar(length=SHORT, default="open")
    features = Text(default="[]")
    address = Varchar(length=240, default="")
    latitude_e6 = Integer(null=True, default=None)
    longitude_e6 = Integer(null=True, default=None)
    contact_name = Varchar(length=NAME, default="")
    contact_phone = Varchar(length=SHORT, default="")
    contact_verified_on = Date(null=True, default=None)
    closed_on = Date(null=True, default=None)
    close_reason = Varchar(length=240, default="")
    created_at = moment()


class Account(Table, tablename="account", db=DB):
    """A person who signs in. `pseudonym` is the code shown wherever the name must not be."""

    id = made_id()
    sign_in = Varchar(length=NAME, unique=True)
    name = Varchar(length=NAME)
    role = Varchar(length=SHORT, index=True)
    region = maybe_of(Region)
    region_path = Varchar(length=PATH, default="")
    store = maybe_of(Store, index=True)
    pseudonym = Varchar(length=SHORT, default="")
    password_hash = Varchar(length=240)
    language = Varchar(length=8, default="zh-CN")
    disabled_at = maybe_time()
    created_at = moment()


class Session(Table, tablename="session", db=DB):
    """One signed-in browser. Only the SHA-256 of its token is kept. `lost_at` says that the person
    reported it lost: whoever holds it then is told to erase, not to sign in again. `proved_at` is
    when password or code was given last.
    """

    id = made_id()
    token_hash = Varchar(length=DIGEST, unique=True)
    account = of(Account)
    created_at = moment()
    seen_at = moment()
    expires_at = moment()
    revoked_at = maybe_time()
    lost_at = maybe_time()
    user_agent = Varchar(length=240, default="")
    proved_at = maybe_time()


class SignInBucket(Table, tablename="sign_in_bucket", db=DB):
    """Token bucket per account name, per address and for everybody together."""

    key = Varchar(length=NAME, primary_key=True, default=None)
    thousandths = BigInt(default=0)
    refilled_at = moment()
