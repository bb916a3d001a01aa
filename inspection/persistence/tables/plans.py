"""Rubric versions, rounds, and the visits to be made."""

from typing import Any

from piccolo.columns import (
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    OnUpdate,
    Text,
    Varchar,
)
from piccolo.constraints import Unique
from piccolo.table import Table

from inspection.persistence.engine import DB
from inspection.persistence.tables.kinds import (
    NAME,
    PATH,
    SHORT,
    digest_id,
    made_id,
    maybe_of,
    moment,
    of,
)
from inspection.persistence.tables.org import Account, Store


class RubricVersion(Table, tablename="rubric_version", db=DB):
    """An immutable published rubric; the digest of its content is its id."""

    digest = digest_id()
    code = Varchar(length=SHORT)
    number = Integer(default=1)
    edition = Varchar(length=SHORT, default="")
    store_kind = Varchar(length=SHORT)
    title_zh = Varchar(length=NAME)
    title_en = Varchar(length=NAME)
    body = Text()
    state = Varchar(length=SHORT, default="published")
    published_at = moment()
    published_by = maybe_of(Account)

    one_number_per_code = Unique(["code", "number"])


class RoundSchedule(Table, tablename="round_schedule", db=DB):
    """A template that makes the next round as a draft, again and again."""

    id = made_id()
    code = Varchar(length=SHORT, unique=True)
    name_zh = Varchar(length=NAME)
    name_en = Varchar(length=NAME)
    theme_zh = Varchar(length=NAME, default="")
    theme_en = Varchar(length=NAME, default="")
    visit_kind = Varchar(length=SHORT, default="mystery_visit")
    region_path = Varchar(length=PATH, default="")
    store_kinds = Text()
    min_visits = Integer(default=1)
    pass_line = Integer(null=True, default=None)
    pilot = Boolean(default=False)
    disclose_day = Boolean(default=False)
    recurrence = Varchar(length=SHORT, default="monthly")
    every = Integer(default=1)
    starts_on = Date(default=None)
    days = Integer(default=28)
    ahead = Integer(default=14)
    paused = Boolean(default=False)
    made_on = Date(null=True, default=None)
    revision = Integer(default=1)
    edited_by = of(Account, index=False)
    edited_at = moment()
    hours_kind = Varchar(length=SHORT, default="")


class Round(Table, tablename="round", db=DB):
    """One wave of visits with its window and its ranking rules."""

    id = made_id()
    code = Varchar(length=SHORT, unique=True)
    name_zh = Varchar(length=NAME)
    name_en = Varchar(length=NAME)
    visit_kind = Varchar(length=SHORT, default="mystery_visit")
    starts_on = Date(default=None)
    ends_on = Date(default=None)
    state = Varchar(length=SHORT, default="open")
    min_visits = Integer(default=1)
    disclose_day = Boolean(default=False)
    previous: ForeignKey[Any] = ForeignKey(
        references="self", null=True, default=None, on_delete=OnDelete.restrict
    )
    created_at = moment()
    hours_kind = Varchar(length=SHORT, default="")
    theme_zh = Varchar(length=NAME, default="")
    theme_en = Varchar(length=NAME, default="")
    pass_line = Integer(null=True, default=None)
    pilot = Boolean(default=False)
    region_path = Varchar(length=PATH, default="")
    authors = Text(default="[]")
    revision = Integer(default=1)
    schedule = maybe_of(RoundSchedule)
    release_rule = Varchar(length=SHORT, default="")
    release_day = Integer(default=1)


class RoundDecision(Table, tablename="round_decision", db=DB):
    """What a second person said about a round that was submitted: approved, or vetoed and why."""

    id = made_id()
    round = of(Round)
    decision = Varchar(length=SHORT)
    reason = Text(default="")
    decided_by = of(Account, index=False)
    decided_at = moment()


class RoundRubric(Table, tablename="round_rubric", db=DB):
    """Which rubric version a round uses for a kind of store."""

    id = made_id()
    round = of(Round)
    store_kind = Varchar(length=SHORT)
    rubric_version = of(RubricVersion, index=False)

    one_rubric_per_kind = Unique(["round", "store_kind"])


class RoundPlace(Table, tablename="round_place", db=DB):
    """Where a round goes on counting a store that has moved since; written by the move."""

    id = BigSerial(primary_key=True)
    round = of(Round, index=False)
    store = of(Store)
    region_path = Varchar(length=PATH)

    one_place_per_round = Unique(["round", "store"])


class Assignment(Table, tablename="assignment", db=DB):
    """One visit to be made: who, where, when, by which rubric version."""

    id = made_id()
    round = of(Round, index=False)
    store = of(Store)
    inspector = of(Account)
    rubric_version = of(RubricVersion, index=False)
    window_from = Date(default=None)
    window_to = Date(default=None)
    cover = Varchar(length=NAME, default="")
    state = Varchar(length=SHORT, default="open")
    created_at = moment()
    cancelled_why = Text(default="")
    replaces: ForeignKey[Any] = ForeignKey(
        references="self",
        null=True,
        default=None,
        on_delete=OnDelete.restrict,
        on_update=OnUpdate.restrict,
    )
