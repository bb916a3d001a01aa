"""What the log says of one thing, for those who work on it."""

from datetime import datetime

import msgspec

from inspection.domain.audit.audit import AuditEntry
from inspection.persistence.audit import audit
from inspection.persistence.reviews import reviews


class TrailEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the audit trail. `actor` is a name, or the pseudonym of an inspector."""

    at: datetime
    action: str
    actor: str
    facts: dict[str, str]


async def trail(
    noun: str, noun_id: str, hidden: frozenset[str] = frozenset()
) -> tuple[TrailEvent, ...]:
    """The audit trail of one thing, inspectors by their pseudonym, without the facts named."""
    entries = await audit.events_of(noun, noun_id)
    people = await reviews.people(frozenset(entry.actor for entry in entries if entry.actor))
    return tuple(_event(entry, people, hidden) for entry in entries)


def _event(entry: AuditEntry, people: dict[str, str], hidden: frozenset[str]) -> TrailEvent:
    facts = msgspec.json.decode(entry.body, type=dict[str, object])
    return TrailEvent(
        at=entry.at,
        action=entry.action,
        actor=people.get(entry.actor, ""),
        facts={name: str(fact) for name, fact in facts.items() if name not in hidden},
    )
