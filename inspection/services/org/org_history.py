"""What was done to a region or a store, from the log: for whoever may change it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from inspection.domain.coordinates import degrees_text
from inspection.domain.org.region_path import code_of
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.audit import audit_lists
from inspection.persistence.audit.audit_lists import EventsWanted, ListedEvent
from inspection.persistence.people import places

MOST_EVENTS = 100

_REGIONS = ("region", "path")
"""Fields that name a region, by code or by path."""

_DEGREES = frozenset({"latitude_e6", "longitude_e6"})


class OrgChange(msgspec.Struct, frozen=True):
    """A field as it was and as it is; None where there was or is nothing."""

    field: str
    old: object
    new: object


class OrgEvent(msgspec.Struct, frozen=True, kw_only=True):
    """Who did what, when. `who` is empty for the operator; `cancelled` counts visits called off."""

    at: datetime
    who: str
    action: str
    changes: tuple[OrgChange, ...]
    cancelled: int


class _Body(msgspec.Struct, frozen=True):
    changes: dict[str, tuple[object, object]] = {}
    cancelled: int = 0


async def history_of(noun: str, noun_id: str) -> tuple[OrgEvent, ...]:
    """The latest events about it, latest first; regions are named as they are called today."""
    wanted = EventsWanted(actors=(), subjects=((noun, noun_id),), limit=MOST_EVENTS)
    rows = await audit_lists.list_events(wanted)
    bodies = [msgspec.json.decode(row.body, type=_Body) for row in rows]
    names = await places.names_by_code(
        {_code(value) for body in bodies for value in _regions_in(body)}
    )
    return tuple(_event(row, body, names) for row, body in zip(rows, bodies, strict=True))


def _regions_in(body: _Body) -> Iterable[object]:
    for field in _REGIONS:
        yield from body.changes.get(field, ())


def _event(row: ListedEvent, body: _Body, names: Mapping[str, Text]) -> OrgEvent:
    changes = (_change(field, sides, names) for field, sides in body.changes.items())
    return OrgEvent(
        at=row.at,
        who=row.actor_name,
        action=row.action,
        changes=tuple(changes),
        cancelled=body.cancelled,
    )


def _change(field: str, sides: tuple[object, object], names: Mapping[str, Text]) -> OrgChange:
    old, new = (_value(field, side, names) for side in sides)
    return OrgChange(field.removesuffix("_e6"), old, new)


def _value(field: str, value: object, names: Mapping[str, Text]) -> object:
    if value is None:
        return None
    if field in _REGIONS:
        return names.get(_code(value), value)
    if field == "features":
        return msgspec.json.decode(str(value))
    return degrees_text(int(str(value))) if field in _DEGREES else value


def _code(value: object) -> str:
    """The code of the region a field names; of a path the one above, for that is what moves."""
    text = str(value or "")
    above = text.strip("/").rpartition("/")[0]
    return code_of(above) if text.startswith("/") else text
