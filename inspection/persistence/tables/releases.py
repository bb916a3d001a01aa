"""How approved visits reached their stores: the batches, and what is held back."""

from piccolo.columns import Integer, Text, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from inspection.persistence.engine import DB
from inspection.persistence.tables.kinds import (
    PATH,
    SHORT,
    made_id,
    maybe_of,
    maybe_time,
    moment,
    of,
)
from inspection.persistence.tables.org import Account
from inspection.persistence.tables.plans import Round
from inspection.persistence.tables.visits import Visit


class ReleaseBatch(Table, tablename="release_batch", db=DB):
    """Visits of a round released together: what it takes, whether all of it was done, how many
    there were. The key of a week's batch names the week: however often it is made, it is one.
    """

    id = made_id()
    round = of(Round, index=False)
    key = Varchar(length=SHORT)
    kind = Varchar(length=SHORT, default="week")
    region_path = Varchar(length=PATH, default="")
    approved_until = moment()
    visited_before = moment()
    reason = Text(default="")
    made_by = maybe_of(Account)
    made_at = moment()
    done_at = maybe_time()
    visits = Integer(default=0)

    one_batch_per_key = Unique(["round", "key"])


class ReleaseHold(Table, tablename="release_hold", db=DB):
    """An approved visit that waits, whatever batch would take it, until somebody lets it go."""

    id = made_id()
    visit = of(Visit, index=False)
    reason = Text()
    held_by = of(Account, index=False)
    held_at = moment()

    one_hold_per_visit = Unique(["visit"])


class ReleasedItem(Table, tablename="released_item", db=DB):
    """What a reviewer lets a store see of an item of an attempt: the wording, and which of the
    photos by the SHA-256 they came with. `photos` is JSON.
    """

    id = made_id()
    visit = of(Visit, index=False)
    attempt = Integer(default=1)
    item = Varchar(length=SHORT)
    problem = Text(default="")
    photos = Text(default="[]")
    written_by = of(Account, index=False)
    written_at = moment()

    one_row_per_item = Unique(["visit", "attempt", "item"])
