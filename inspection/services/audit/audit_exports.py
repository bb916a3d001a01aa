"""The log as a file."""

import msgspec

from inspection.domain.access import Actor
from inspection.domain.listing import LARGEST_PAGE
from inspection.domain.table import Row
from inspection.services.audit.audit_trail import AuditRow, Change, EventsAsked, audit_page
from inspection.services.audit.audit_words import field_words, value_words
from inspection.services.exports import Export, Page, every_page, headings_of
from inspection.services.people.proofs import check_proved
from inspection.services.tools import Tools
from inspection.wording import Language, catalogue, say

_EVENT = ("seq", "at", "who", "action", "noun", "about", "changes", "facts")


def audit_export(tools: Tools, actor: Actor, asked: EventsAsked, language: Language) -> Export:
    """The log, latest first, with what was before and after. It names people: for callers who
    proved of late who they are.
    """

    async def read(cursor: str) -> Page:
        if not cursor:
            await check_proved(tools, actor)
        page = msgspec.structs.replace(asked, cursor=cursor, size=LARGEST_PAGE)
        found = await audit_page(actor, page)
        return (_event(row, language) for row in found.rows), found.next_cursor

    headings = headings_of(_EVENT, language)
    return Export("audit", "audit", say(language, "nav.audit"), headings, every_page(read))


def _event(event: AuditRow, language: Language) -> Row:
    words = catalogue(language)
    return (
        event.seq,
        event.at,
        _who(event, language),
        words.get(f"audit_action.{event.action}", event.action),
        words.get(f"audit_noun.{event.noun}", event.noun),
        event.about,
        "; ".join(_change(event, one, language) for one in event.changes),
        "; ".join(_fact(event, name, fact, language) for name, fact in event.facts),
    )


def _who(event: AuditRow, language: Language) -> str:
    if not event.who:
        return say(language, "audit.operator")
    return f"{event.who} {say(language, f'role.{event.role}')}" if event.role else event.who


def _change(event: AuditRow, change: Change, language: Language) -> str:
    sides = (change.old, change.new)
    old, new = (value_words(language, side, event.noun, change.field) for side in sides)
    return f"{field_words(language, change.field)}: {old} → {new}"


def _fact(event: AuditRow, name: str, fact: object, language: Language) -> str:
    return f"{field_words(language, name)}: {value_words(language, fact, event.noun, name)}"
