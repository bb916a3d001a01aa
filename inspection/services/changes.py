"""What a change was, for the log: who did it, and each field as it was and as it is."""

from collections.abc import Mapping, Set

import msgspec

from inspection.domain.access import Actor
from inspection.persistence.audit import audit
from inspection.services.tools import Tools

NOTHING: Set[str] = frozenset()


def changes(
    before: msgspec.Struct | None, after: msgspec.Struct | None, beside: Set[str] = NOTHING
) -> dict[str, list[object]]:
    """`{field: [old, new]}` for the fields that differ, but for those named; None stands for a
    thing that is not there, before it is made or after it is gone. Secrets belong in `beside`.
    """
    old, new = _facts(before), _facts(after)
    names = [name for name in {**old, **new} if name not in beside]
    return {
        name: [old.get(name), new.get(name)] for name in names if old.get(name) != new.get(name)
    }


async def record(
    tools: Tools,
    by: Actor | None,
    action: str,
    subject: tuple[str, str],
    body: Mapping[str, object],
) -> None:
    """Add an event about a `(noun, id)` to the log, last in the caller's transaction. `by` is None
    for the operator at the command line.
    """
    await audit.append(
        at=tools.now(),
        actor=by.account if by else "",
        action=action,
        noun=subject[0],
        noun_id=subject[1],
        body=body,
    )


def _facts(thing: msgspec.Struct | None) -> dict[str, object]:
    if thing is None:
        return {}
    facts = msgspec.to_builtins(thing)
    if not isinstance(facts, dict):
        msg = f"{type(thing).__name__} has no names for its fields"
        raise TypeError(msg)
    return facts
