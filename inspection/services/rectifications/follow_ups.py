"""Calling a store a day after a line was verified: the list, and what came of each call."""

from typing import Literal

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.listing import ListAsked
from inspection.domain.plain_text import plain
from inspection.domain.rectifications import follow_up
from inspection.domain.rectifications.follow_up import WAITING, CallMove, CallState
from inspection.domain.rectifications.reply import LONGEST_TEXT
from inspection.domain.refusals import NotFound
from inspection.domain.refusals.rectification import VerdictReasonMissing
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.engine import tx
from inspection.persistence.rectifications import follow_up_calls
from inspection.persistence.rectifications.follow_up_calls import CallRow
from inspection.services.changes import record
from inspection.services.people.places import StoreLabel, map_of
from inspection.services.reach import scope_of
from inspection.services.rectifications.line_reopening import can_reopen, reopen_line
from inspection.services.rectifications.rectification_access import held_line
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.tools import Tools

Outcome = Literal["done", "not_reached", "dissatisfied"]


class FollowUp(msgspec.Struct, frozen=True, kw_only=True):
    """A call as the list shows it; `late` when it is past its hour and nobody was reached."""

    call: CallRow
    store: StoreLabel
    title: Text
    late: bool


class FollowUps(msgspec.Struct, frozen=True, kw_only=True):
    """One page of calls, and how many there are in each state."""

    rows: tuple[FollowUp, ...]
    total: int
    sort: str
    next_cursor: str | None
    counts: dict[str, int]


async def list_of_calls(
    tools: Tools, actor: Actor, asked: ListAsked, state: str = "", region: str = ""
) -> FollowUps:
    """The calls of the caller's part of the tree."""
    scope = scope_of(actor, Action.RECTIFICATION_VERIFY, region)
    found = await follow_up_calls.list_calls(asked, scope, state)
    calls = msgspec.convert(found.rows, tuple[CallRow, ...])
    names = await map_of(call.region_path for call in calls)
    now = tools.now()
    rows = []
    for call in calls:
        item = (await rubric_of(call.rubric_version)).item(call.item)
        rows.append(
            FollowUp(
                call=call,
                store=names.store(
                    call.store_code, call.store_name, call.store_kind, call.region_path
                ),
                title=item.title if item else Text(call.item, call.item),
                late=call.state in WAITING and call.due_at < now,
            )
        )
    return FollowUps(
        rows=tuple(rows),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
        counts=await follow_up_calls.count_calls(scope),
    )


async def note_call(tools: Tools, actor: Actor, call: str, came: Outcome, note: str = "") -> None:
    """Keep what came of a call. The same again changes nothing; discontent needs words and opens
    the line again. Raises NotFound, MoveRefused for a call that is over, VerdictReasonMissing.
    """
    said = plain(note, "note", LONGEST_TEXT)
    about = await follow_up_calls.line_of(call)
    async with tx():
        # The line before its call, as everybody takes them who settles one.
        line = await held_line(actor, Action.RECTIFICATION_VERIFY, about or "")
        row = await follow_up_calls.lock_call(call)
        # Carried to another notice a moment ago: whoever called looks again.
        if row is None or row.line != line.id:
            raise NotFound(noun="follow_up")
        if (row.state, row.note) == (CallState(came), said):
            return
        after = follow_up.move(row.state, CallMove(came))
        if after is CallState.DISSATISFIED and not said:
            raise VerdictReasonMissing
        await follow_up_calls.note_call(call, after, said, actor.account, tools.now())
        body = {
            "number": row.number,
            "line": row.line_number,
            "state": [row.state.value, after.value],
            "note": [row.note, said],
        }
        if after is CallState.DISSATISFIED and can_reopen(line):
            await reopen_line(tools, actor, line, said)
        await record(tools, actor, "follow_up.call", ("follow_up", call), body)
