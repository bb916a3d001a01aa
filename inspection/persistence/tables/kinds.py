"""Kinds of columns the tables are made of."""

from typing import Any

from piccolo.columns import ForeignKey, OnDelete, OnUpdate, Timestamptz, Varchar
from piccolo.table import Table

ID = 36
DIGEST = 64
PATH = 80
SHORT = 40
NAME = 120


def made_id() -> Varchar:
    """An id we make ourselves, as text."""
    return Varchar(length=ID, primary_key=True, default=None)


def digest_id() -> Varchar:
    """A SHA-256 as the id."""
    return Varchar(length=DIGEST, primary_key=True, default=None)


def of(table: type[Table], *, index: bool = True) -> ForeignKey[Any]:
    """A reference every row has; what is referred to cannot be deleted."""
    return ForeignKey(
        references=table,
        null=False,
        default=None,
        on_delete=OnDelete.restrict,
        on_update=OnUpdate.restrict,
        index=index,
    )


def maybe_of(table: type[Table], *, index: bool = False) -> ForeignKey[Any]:
    """A reference a row may lack."""
    return ForeignKey(
        references=table,
        null=True,
        default=None,
        on_delete=OnDelete.restrict,
        on_update=OnUpdate.restrict,
        index=index,
    )


def moment() -> Timestamptz:
    """A time every row has, UTC."""
    return Timestamptz(null=False, default=None)


def maybe_time() -> Timestamptz:
    """A time a row may lack, UTC."""
    return Timestamptz(null=True, default=None)
