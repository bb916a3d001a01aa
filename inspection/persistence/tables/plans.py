"""Rubric versions, rounds, and the visits to be made."""

from typing import Any

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, Text, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from inspection.persistence.engine import DB
from inspection.persistence.tables.kinds import (
    NAME,
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


class RoundRubric(Table, tablename="round_rubric", db=DB):
    """Which rubric version a round uses for a kind of store."""

    id = made_id()
    round = of(Round)
    store_kind = Varchar(length=SHORT)
    rubric_version = of(RubricVersion, index=False)

    one_rubric_per_kind = Unique(["round", "store_kind"])


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
