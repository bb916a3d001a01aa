"""One appeal as those see it who advise and decide. Never handed to a store."""

from collections.abc import Iterator
from typing import TypedDict

import msgspec

from inspection.domain.access import Action, Actor, may
from inspection.domain.appeals import appeal as rules
from inspection.domain.appeals.appeal import OPEN_STATES, AppealMove, Voice
from inspection.domain.appeals.appeal_answers import Lesser
from inspection.domain.notices.notice_state import NoticeState
from inspection.domain.points import Hundredths
from inspection.domain.refusals.appeals import AppealOpinionAwaited
from inspection.domain.rounds.round import RoundState
from inspection.domain.rubrics.rubric import Meas, Text
from inspection.persistence.appeals import appeal_moves, appeal_threads
from inspection.persistence.appeals.appeal_threads import KeptFile, SaidMessage
from inspection.persistence.appeals.appeals import AppealRow
from inspection.services.appeals.appeal_access import place_of, reached
from inspection.services.appeals.appeal_results import (
    AppealDetail,
    AppealFileShown,
    Blocked,
    ThreadEntry,
)
from inspection.services.appeals.appeal_rulings import Disputed, disputed
from inspection.services.appeals.appeal_threads import ASKING
from inspection.services.people.places import RoundLabel, map_of
from inspection.services.tools import Tools

_COPIED = (
    "id", "notice", "number", "problem", "ground", "text", "state", "frozen", "old_lost",
    "new_lost", "filed_at", "opinion_due_at", "decision_due_at", "advice", "reason", "decided_at",
    "version",
)  # fmt: skip
"""The fields of a row that are the same fields of the page."""


class ItemShown(TypedDict):
    """The fields that say what is disputed."""

    item: str
    title: Text
    standard: Text
    full: Hundredths
    measured: str
    unit: Text
    choices: tuple[Lesser, ...]


class Allowed(TypedDict):
    """What the caller may do."""

    can_say: bool
    can_ask: bool
    can_advise: bool
    can_decide: bool
    blocked: Blocked
    locked: bool


async def appeal_detail(tools: Tools, actor: Actor, appeal: str) -> AppealDetail:
    """Everything about an appeal. Raises NotFound."""
    row = await reached(actor, Action.APPEAL_READ, appeal)
    names = await map_of([row.region_path])
    files = await appeal_threads.files_of(appeal)
    messages = await appeal_threads.messages_of(appeal)
    return AppealDetail(
        line=row.line_number,
        visit=row.visit if may(actor, Action.VISIT_READ, place_of(row)) else "",
        store=names.store(row.store_code, row.store_name, row.store_kind, row.region_path),
        round=_round(row),
        severity=row.line_severity,
        evidence=photos_in(row),
        filed_by=row.filed_name,
        decided_by=row.decided_name or "",
        amended=row.amended or "",
        amended_number=row.amended_number or "",
        notice_void=row.notice_state is NoticeState.VOID,
        files=tuple(file_shown(file) for file in files),
        thread=thread_of(row, messages),
        **{field: getattr(row, field) for field in _COPIED},
        **_item(await disputed(row)),
        **await _allowed(tools, actor, row),
    )


def file_shown(file: KeptFile) -> AppealFileShown:
    """A file by its place; what its digest is stays here."""
    return AppealFileShown(
        k=file.position,
        kind=file.kind,
        name=file.name,
        size=file.size,
        ready=file.kind == "document" or file.evidence_sha256 is not None,
        refused=file.state == "refused",
    )


def photos_in(row: AppealRow) -> int:
    """How many photos the disputed line has."""
    return len(msgspec.json.decode(row.photos, type=list[str]))


def thread_of(row: AppealRow, messages: tuple[SaidMessage, ...]) -> tuple[ThreadEntry, ...]:
    """Everything said and done, oldest first."""
    said = (_said(message) for message in messages)
    entries = (_filed(row), *said, *_advised(row), *_ended(row))
    return tuple(sorted(entries, key=lambda entry: entry.at))


def _filed(row: AppealRow) -> ThreadEntry:
    return ThreadEntry(
        what="file",
        voice=Voice.STORE,
        shown=row.filed_name,
        text=row.text,
        at=row.filed_at,
        to_store=True,
        word=row.ground.value,
    )


def _advised(row: AppealRow) -> Iterator[ThreadEntry]:
    if row.advised_at is not None and row.advice is not None:
        yield ThreadEntry(
            what="advise",
            voice=Voice.REGION,
            shown=row.advised_name or "",
            text=row.advice_text,
            at=row.advised_at,
            word=row.advice.value,
        )


def _ended(row: AppealRow) -> Iterator[ThreadEntry]:
    if row.decided_at is not None:
        yield ThreadEntry(
            what="decide",
            voice=Voice.REVIEWER,
            shown=row.decided_name or "",
            text=row.reason,
            at=row.decided_at,
            to_store=True,
            to_inspector=True,
            word=row.state.value,
        )
    if row.withdrawn_at is not None:
        yield ThreadEntry(
            what="withdraw", voice=Voice.STORE, shown="", text="", at=row.withdrawn_at
        )


def _said(message: SaidMessage) -> ThreadEntry:
    return ThreadEntry(
        what="say",
        voice=message.voice,
        shown=message.shown,
        text=message.text,
        at=message.said_at,
        number=message.number,
        to_store=message.to_store,
        to_inspector=message.to_inspector,
    )


def _round(row: AppealRow) -> RoundLabel:
    return RoundLabel(
        code=row.round_code,
        name=Text(row.round_zh, row.round_en),
        visit_kind=row.visit_kind,
        state=row.round_state.value,
    )


def _item(found: Disputed) -> ItemShown:
    rule = found.item.rule
    return ItemShown(
        item=found.item.code,
        title=found.item.title,
        standard=found.item.standard,
        full=found.item.full,
        measured=(found.answer.measured or "") if isinstance(rule, Meas) else "",
        unit=rule.unit if isinstance(rule, Meas) else Text("", ""),
        choices=found.choices,
    )


async def _allowed(tools: Tools, actor: Actor, row: AppealRow) -> Allowed:
    is_open, place = row.state in OPEN_STATES, place_of(row)
    decides = may(actor, Action.APPEAL_DECIDE, place)
    blocked = await _blocked(tools, actor, row)
    return Allowed(
        can_say=is_open and may(actor, Action.APPEAL_SAY, place),
        can_ask=is_open and actor.role in ASKING,
        can_advise=may(actor, Action.APPEAL_ADVISE, place)
        and rules.allowed(row.state, AppealMove.ADVISE),
        can_decide=decides and not blocked,
        blocked=blocked if decides else "",
        locked=row.round_state is RoundState.LOCKED,
    )


async def _blocked(tools: Tools, actor: Actor, row: AppealRow) -> Blocked:
    if row.state not in OPEN_STATES:
        return "over"
    if actor.account in await appeal_moves.involved_in(row.id):
        return "own_work"
    try:
        rules.check_decidable(row.state, row.opinion_due_at, tools.now())
    except AppealOpinionAwaited:
        return "opinion_awaited"
    return ""
