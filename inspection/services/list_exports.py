"""Notices, waiting visits and the log as files."""

import msgspec

from inspection.domain.access import Actor
from inspection.domain.listing import LARGEST_PAGE
from inspection.domain.reviews.review_queue import QueueAsked
from inspection.domain.table import Row
from inspection.services.audit.audit_trail import AuditRow, Change, EventsAsked, audit_page
from inspection.services.audit.audit_words import field_words, value_words
from inspection.services.exports import Export, Page, every_page, headings_of, points, points_lost
from inspection.services.notices.notice_list import staff_notice_list
from inspection.services.notices.notice_list_results import NoticeRow, NoticesAsked
from inspection.services.people.places import StoreLabel
from inspection.services.people.proofs import check_proved
from inspection.services.reviews.review_queue import review_queue
from inspection.services.reviews.review_results import QueuedVisit
from inspection.services.tools import Tools
from inspection.wording import Language, catalogue, say

_STORE = ("store_code", "store", "branch", "county")
_NOTICE = ("state", "problems", "veto", "deducted", "due", "drafted_at", "issued_at")
_VISIT = ("round", "inspector", "attempt", "score", "lost", "received_at")
_EVENT = ("seq", "at", "who", "action", "noun", "about", "changes", "facts")


def notice_export(tools: Tools, actor: Actor, asked: NoticesAsked, language: Language) -> Export:
    """The staff's notices of a round."""

    async def read(cursor: str) -> Page:
        page = msgspec.structs.replace(asked, cursor=cursor, size=LARGEST_PAGE)
        found = await staff_notice_list(tools, actor, page)
        return (_notice(row, language) for row in found.rows), found.next_cursor

    headings = headings_of(("number", *_STORE, *_NOTICE), language)
    return Export("notice", "notices", say(language, "nav.notices"), headings, every_page(read))


def visit_export(tools: Tools, actor: Actor, asked: QueueAsked, language: Language) -> Export:
    """The visits that wait for a decision, inspectors by their pseudonyms."""

    async def read(cursor: str) -> Page:
        part = msgspec.structs.replace(asked.list, cursor=cursor, size=LARGEST_PAGE)
        found = await review_queue(tools, actor, msgspec.structs.replace(asked, list=part))
        return (_visit(row, language) for row in found.rows), found.next_cursor

    headings = headings_of((*_STORE, *_VISIT), language)
    return Export("visit", "visits", say(language, "nav.inspections"), headings, every_page(read))


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


def _notice(notice: NoticeRow, language: Language) -> Row:
    words, state = catalogue(language), notice.state.value
    late = words["notice_tab.overdue"] if notice.overdue else ""
    return (
        notice.number,
        *_store(notice.store, language),
        late or words.get(f"notice_state.{state}", state),
        notice.lines,
        notice.veto_lines,
        points_lost(notice.lost),
        notice.first_due_at,
        notice.drafted_at,
        notice.issued_at,
    )


def _visit(visit: QueuedVisit, language: Language) -> Row:
    return (
        *_store(visit.store, language),
        visit.round.code,
        visit.inspector,
        visit.attempt,
        points(visit.total),
        points_lost(visit.lost),
        visit.received_at,
    )


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
    old, new = (value_words(language, side, event.noun) for side in (change.old, change.new))
    return f"{field_words(language, change.field)}: {old} → {new}"


def _fact(event: AuditRow, name: str, fact: object, language: Language) -> str:
    return f"{field_words(language, name)}: {value_words(language, fact, event.noun)}"


def _store(store: StoreLabel, language: Language) -> Row:
    return store.code, store.name, store.branch.of(language), store.county.of(language)
