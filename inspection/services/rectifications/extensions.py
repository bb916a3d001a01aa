"""Asking for more time for a line, and the numbered opinion that decides it."""

from datetime import datetime

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.notices.notice_number import PaperKind
from inspection.domain.plain_text import plain
from inspection.domain.rectifications import extension
from inspection.domain.rectifications.extension import HOURS, Asking, ExtensionMove, ExtensionState
from inspection.domain.rectifications.rectification import SETTLED
from inspection.domain.rectifications.reply import LONGEST_TEXT
from inspection.domain.refusals import Fault, NotFound
from inspection.domain.refusals.rectification import ExtensionFormRefused, LineChanged
from inspection.persistence.engine import tx
from inspection.persistence.rectifications import line_extensions
from inspection.persistence.rectifications.line_extensions import ExtensionRow, Opinion
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.services.changes import record
from inspection.services.notices.numbering import draw_number, issuer_of
from inspection.services.overtaking import look_again
from inspection.services.rectifications.line_clocks import clock_of, give_until, later
from inspection.services.rectifications.opinion_prints import freeze_opinion
from inspection.services.rectifications.rectification_access import held_line, is_live
from inspection.services.rectifications.rectification_news import tell_asked, tell_decided
from inspection.services.rectifications.rectification_results import ToldExtension
from inspection.services.tools import Tools


class Wanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much more time, and why."""

    hours: int
    reason: str


class Decision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether it is granted, for how long, in which words. No hours means those asked for."""

    grant: bool
    opinion: str = ""
    hours: int = 0


async def ask(tools: Tools, actor: Actor, line: str, wanted: Wanted) -> ToldExtension:
    """Ask for more time before the deadline. Asking again in the same words changes nothing.
    Raises NotFound, ExtensionRefused, ExtensionFormRefused.
    """

    async def decide_() -> ToldExtension:
        async with tx():
            return await take_request(tools, actor, line, wanted)

    return await look_again(decide_)


async def take_request(tools: Tools, actor: Actor, line: str, wanted: Wanted) -> ToldExtension:
    """The same in the caller's transaction."""
    reason = _checked(wanted.hours, wanted.reason, "reason")
    row = await held_line(actor, Action.RECTIFICATION_REPLY, line)
    earlier = await line_extensions.extensions_of(line)
    for known in earlier:
        if _same(known, wanted.hours, reason):
            return told_extension(known)
    clock = await clock_of(tools, row)
    extension.check(asking_of(row, earlier, clock.due_at), tools.now())
    kept = ExtensionRow(
        id=tools.random_id(),
        line=line,
        ordinal=len(earlier) + 1,
        state=ExtensionState.ASKED,
        hours=wanted.hours,
        reason=reason,
        asked_by=actor.account,
        asked_at=tools.now(),
        due_before=clock.due_at,
    )
    await line_extensions.add_extension(kept)
    await tell_asked(tools, actor, row, kept.id, later(tools, row, kept.due_before, kept.hours))
    body = {"number": row.notice_number, "line": row.number, "hours": kept.hours, "reason": reason}
    await record(tools, actor, "extension.ask", ("extension", kept.id), body)
    return told_extension(kept)


async def decide(tools: Tools, actor: Actor, request: str, said: Decision) -> ToldExtension:
    """Decide a request with a numbered opinion. The same decision again changes nothing. Raises
    NotFound, MoveRefused for a second one, LineChanged when the line was settled meanwhile.
    """
    found = await line_extensions.find_extension(request)
    async with tx():
        row = await held_line(actor, Action.NOTICE_SIGN, found.line if found else "")
        known = await line_extensions.lock_extension(request)
        if known is None:
            raise NotFound(noun="extension")
        if _decided_already(known, actor, said):
            return told_extension(known)
        move = ExtensionMove.GRANT if said.grant else ExtensionMove.REFUSE
        after = extension.move(known.state, move)
        if row.state in SETTLED or not is_live(row):
            raise LineChanged
        opinion = await _opinion(tools, actor, (row, known), said, after)
        await line_extensions.write_opinion(request, opinion)
        await freeze_opinion(tools, row, known, opinion)
        await _tell(tools, actor, row, known, opinion)
    return told_extension(msgspec.structs.replace(known, **msgspec.structs.asdict(opinion)))


def asking_of(row: LineRow, earlier: tuple[ExtensionRow, ...], due_at: datetime) -> Asking:
    """What of a line decides whether more time may be asked for."""
    return Asking(
        state=row.state,
        severity=row.severity,
        due_at=due_at,
        earlier=tuple(known.state for known in earlier),
    )


def told_extension(row: ExtensionRow) -> ToldExtension:
    """A request as its store and the staff read it."""
    return ToldExtension(
        id=row.id,
        ordinal=row.ordinal,
        state=row.state.value,
        hours=row.hours,
        reason=row.reason,
        asked_at=row.asked_at,
        number=row.number or "",
        opinion=row.opinion,
        due_before=row.due_before,
        due_after=row.due_after,
        decided_at=row.decided_at,
    )


def _same(known: ExtensionRow, hours: int, reason: str) -> bool:
    return known.state is ExtensionState.ASKED and (known.hours, known.reason) == (hours, reason)


def _decided_already(known: ExtensionRow, actor: Actor, said: Decision) -> bool:
    state = ExtensionState.GRANTED if said.grant else ExtensionState.REFUSED
    words = plain(said.opinion, "opinion", LONGEST_TEXT)
    return (known.state, known.decided_by, known.opinion) == (state, actor.account, words)


def _checked(hours: int, text: str, field: str) -> str:
    said = plain(text, field, LONGEST_TEXT)
    faults: list[Fault] = []
    if hours not in HOURS:
        offered = ", ".join(str(each) for each in HOURS)
        faults.append(Fault("/hours", "rectification.hours_not_offered", offered=offered))
    if not said:
        faults.append(Fault(f"/{field}", "rectification.text_missing"))
    if faults:
        raise ExtensionFormRefused(faults=tuple(faults))
    return said


async def _opinion(
    tools: Tools,
    actor: Actor,
    what: tuple[LineRow, ExtensionRow],
    said: Decision,
    after: ExtensionState,
) -> Opinion:
    row, known = what
    hours = said.hours or known.hours
    words = _checked(hours, said.opinion, "opinion") if not said.grant or said.opinion else ""
    at = tools.now()
    body = await issuer_of(tools, row.region_path)
    number = await draw_number(body, PaperKind.EXTENSION, known.id, row.region_path, at)
    due = (await clock_of(tools, row)).due_at
    given = await give_until(tools, row, later(tools, row, due, hours)) if said.grant else None
    return Opinion(
        state=after,
        due_before=due,
        due_after=given,
        number=number,
        opinion=words,
        decided_by=actor.account,
        decided_at=at,
    )


async def _tell(
    tools: Tools, actor: Actor, row: LineRow, known: ExtensionRow, opinion: Opinion
) -> None:
    due = opinion.due_after or opinion.due_before
    await tell_decided(tools, actor, row, known.id, (opinion.state.value, due))
    body = {
        "number": opinion.number,
        "line": row.number,
        "state": [known.state.value, opinion.state.value],
        "due_at": [opinion.due_before, due],
        "reason": opinion.opinion,
    }
    await record(tools, actor, "extension.decide", ("extension", known.id), body)
