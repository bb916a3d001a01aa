"""Work left behind and the log of what happened."""

from piccolo.columns import BigInt, BigSerial, Integer, Text, Varchar
from piccolo.table import Table

from inspection.persistence.engine import DB
from inspection.persistence.tables.kinds import DIGEST, ID, NAME, SHORT, maybe_time, moment


class Job(Table, tablename="job", db=DB):
    """Work a transaction left behind. `key` keeps the same work from queueing twice. Long work says
    how many of all its steps are done.
    """

    id = BigSerial(primary_key=True)
    kind = Varchar(length=SHORT)
    key = Varchar(length=NAME, unique=True)
    payload = Text(default="{}")
    state = Varchar(length=SHORT, default="ready")
    tries = Integer(default=0)
    run_after = moment()
    lease_until = maybe_time()
    fault = Text(default="")
    done_steps = Integer(default=0)
    all_steps = Integer(default=0)
    created_at = moment()
    done_at = maybe_time()


class AuditEvent(Table, tablename="audit_event", db=DB):
    """One state change, chained to the one before by SHA-256. Never updated, never deleted."""

    seq = BigInt(primary_key=True, default=None)
    at = moment()
    actor = Varchar(length=ID, default="")
    action = Varchar(length=NAME)
    noun = Varchar(length=SHORT)
    noun_id = Varchar(length=DIGEST)
    body = Text(default="{}")
    previous_hash = Varchar(length=DIGEST)
    hash = Varchar(length=DIGEST)


class AuditHead(Table, tablename="audit_head", db=DB):
    """The last link of the chain; locked by whoever appends."""

    id = Integer(primary_key=True, default=None)
    seq = BigInt(default=0)
    hash = Varchar(length=DIGEST)
