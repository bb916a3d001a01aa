"""Planning: what inspectors can take on, and proposals of who goes where."""

from typing import Any

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, OnUpdate, Text, Varchar
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
from inspection.persistence.tables.org import Account, Region, Store
from inspection.persistence.tables.plans import Round


class InspectorProfile(Table, tablename="inspector_profile", db=DB):
    """Where an inspector sets out from, and caps of their own instead of a plan's."""

    id = made_id()
    account: ForeignKey[Any] = ForeignKey(
        references=Account,
        null=False,
        default=None,
        on_delete=OnDelete.restrict,
        on_update=OnUpdate.restrict,
        unique=True,
    )
    home = maybe_of(Region)
    per_round = Integer(null=True, default=None)
    per_day = Integer(null=True, default=None)


class RoundProposal(Table, tablename="round_proposal", db=DB):
    """A plan of a round for a part of the tree, before anybody is sent. `choice` is JSON: filters
    and rules. `revision` counts every change.
    """

    id = made_id()
    round = of(Round)
    region_path = Varchar(length=PATH, default="")
    state = Varchar(length=SHORT, default="planning")
    choice = Text(default="{}")
    fault = Varchar(length=SHORT, default="")
    revision = Integer(default=1)
    made_by = of(Account, index=False)
    made_at = moment()
    planned_at = maybe_time()
    settled_at = maybe_time()


class ProposedVisit(Table, tablename="proposed_visit", db=DB):
    """One visit of a proposal. Without an inspector the store stays without one, `why` says why.
    `attention` sorts the list: 0 nobody found, 1 warned, 2 fine.
    """

    id = made_id()
    proposal = of(RoundProposal)
    store = of(Store, index=False)
    inspector = maybe_of(Account)
    day = Date(null=True, default=None)
    by_hand = Boolean(default=False)
    attention = Integer(default=2)
    warning = Varchar(length=SHORT, default="")
    why = Varchar(length=SHORT, default="")
    way_hm = Integer(default=0)
    last_inspector = maybe_of(Account)
