"""What belongs to an account beside its row: units, pseudonyms, invitations, second steps."""

from typing import Any

from piccolo.columns import BigInt, Date, ForeignKey, OnDelete, OnUpdate, Varchar
from piccolo.table import Table

from inspection.persistence.engine import DB
from inspection.persistence.tables.kinds import (
    DIGEST,
    SHORT,
    digest_id,
    made_id,
    maybe_of,
    maybe_time,
    moment,
    of,
)
from inspection.persistence.tables.org import Account, Region

SEALED = 400


class AccountUnit(Table, tablename="account_unit", db=DB):
    """A region an inspector belongs or belonged to; an open end is open in time. Who plans visits
    sends nobody to a unit of their own.
    """

    id = made_id()
    account = of(Account)
    region = of(Region, index=False)
    from_on = Date(null=True, default=None)
    to_on = Date(null=True, default=None)


class Pseudonym(Table, tablename="pseudonym", db=DB):
    """A pseudonym that was given, and to whom: nobody else gets it, ever."""

    code = Varchar(length=SHORT, primary_key=True, default=None)
    account = of(Account)
    given_at = moment()


class Invitation(Table, tablename="invitation", db=DB):
    """A way in for one person, once. Only the SHA-256 of its token is kept; `used_on` is what the
    browser that took it up says of itself.
    """

    id = made_id()
    token_hash = Varchar(length=DIGEST, unique=True)
    account = of(Account)
    invited_by = maybe_of(Account)
    created_at = moment()
    expires_at = moment()
    used_at = maybe_time()
    used_on = Varchar(length=240, default="")
    revoked_at = maybe_time()


class SecondStep(Table, tablename="second_step", db=DB):
    """What makes a person's one-time codes, sealed. It counts once it was confirmed; `last_code` is
    the period of the last code taken, so that none is taken twice.
    """

    id = made_id()
    account: ForeignKey[Any] = ForeignKey(
        references=Account,
        null=False,
        default=None,
        on_delete=OnDelete.restrict,
        on_update=OnUpdate.restrict,
        unique=True,
    )
    sealed = Varchar(length=SEALED)
    created_at = moment()
    confirmed_at = maybe_time()
    last_code = BigInt(default=0)


class RecoveryCode(Table, tablename="recovery_code", db=DB):
    """One of the codes for a day without the phone; only its SHA-256 is kept."""

    id = made_id()
    account = of(Account)
    code_hash = Varchar(length=DIGEST)
    used_at = maybe_time()


class SignInStep(Table, tablename="sign_in_step", db=DB):
    """Somebody whose password was right and whose code is awaited; it opens nothing by itself.
    `credential` is the SHA-256 of the password's hash: another password ends it.
    """

    token_hash = digest_id()
    account = of(Account)
    credential = Varchar(length=DIGEST)
    created_at = moment()
    expires_at = moment()
