"""What is said about an appeal: by the store, by whoever inspected when asked, by the region."""

import msgspec

from inspection.domain.access import Action, Actor, Role
from inspection.domain.appeals import appeal as rules
from inspection.domain.appeals.appeal import OPEN_STATES, Advice, AppealMove, Voice
from inspection.domain.refusals import MoveRefused
from inspection.domain.refusals.appeals import AppealChanged
from inspection.persistence.appeals import appeal_moves, appeal_threads
from inspection.persistence.appeals.appeal_moves import Advised
from inspection.persistence.appeals.appeal_threads import AppealMessageRow
from inspection.persistence.appeals.appeals import AppealRow
from inspection.persistence.engine import tx
from inspection.services.appeals.appeal_access import VOICES, held
from inspection.services.appeals.appeal_messages import tell_asked, tell_said
from inspection.services.appeals.attachments import NO_FILES, Files, add_files
from inspection.services.changes import record
from inspection.services.tools import Tools

ASKING = frozenset({Role.REVIEWER, Role.ADMINISTRATOR})
"""Who may put a question to whoever inspected, and answer the store."""


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """Something to say. `to_store` and `to_inspector` are for those who decide; a store's own words
    are read by everybody but whoever inspected.
    """

    text: str
    to_store: bool = False
    to_inspector: bool = False
    files: Files = NO_FILES


class Opinion(msgspec.Struct, frozen=True, kw_only=True):
    """What a region recommends, and why; `seen` is the version the page showed."""

    advice: Advice
    text: str
    seen: int | None = None


async def add_message(tools: Tools, actor: Actor, appeal: str, saying: Saying) -> int:
    """Say something about an open appeal; its number in the thread. Raises MoveRefused once it is
    over, AppealTextMissing, TextTooLong, and as files are refused.
    """
    async with tx():
        row = await held(actor, Action.APPEAL_SAY, appeal)
        return await put_in_thread(tools, actor, row, saying)


async def put_in_thread(tools: Tools, actor: Actor, row: AppealRow, saying: Saying) -> int:
    """The same inside a transaction that holds the appeal."""
    text = rules.statement(saying.text)
    if row.state not in OPEN_STATES:
        raise MoveRefused(noun="appeal", state=row.state.value, move="say")
    message = await _message(tools, actor, row, msgspec.structs.replace(saying, text=text))
    await appeal_threads.add_message(message)
    files = 0
    if message.voice is Voice.STORE:
        files = await add_files(tools, actor, row.id, saying.files)
    await _tell(tools, actor, row, message)
    facts = {
        "number": message.number,
        "voice": message.voice.value,
        "to_store": message.to_store,
        "to_inspector": message.to_inspector,
        "files": files,
    }
    await record(tools, actor, "appeal.say", ("appeal", row.id), facts)
    return message.number


async def advise_appeal(tools: Tools, actor: Actor, appeal: str, opinion: Opinion) -> None:
    """Give the region's opinion, once. The same opinion sent again changes nothing. Raises
    MoveRefused, AppealTextMissing, AppealChanged for another version than `seen`.
    """
    text = rules.statement(opinion.text)
    async with tx():
        row = await held(actor, Action.APPEAL_ADVISE, appeal)
        if (row.advised_by, row.advice, row.advice_text) == (actor.account, opinion.advice, text):
            return
        after = rules.move(row.state, AppealMove.ADVISE)
        if opinion.seen not in {None, row.version}:
            raise AppealChanged
        at = tools.now()
        await appeal_moves.note_advice(
            appeal,
            Advised(
                advice=opinion.advice,
                text=text,
                by=actor.account,
                at=at,
                decision_due_at=rules.decision_due(at),
            ),
        )
        facts = {"state": [row.state.value, after.value], "advice": opinion.advice.value}
        await record(tools, actor, "appeal.advise", ("appeal", appeal), facts)


async def _tell(tools: Tools, actor: Actor, row: AppealRow, message: AppealMessageRow) -> None:
    """Whoever is to read it; what the staff says among itself is told to nobody."""
    if message.to_inspector:
        await tell_asked(tools, row, message.number, actor.account)
    if message.to_store or message.voice is Voice.INSPECTOR:
        to_store = message.to_store and message.voice is not Voice.STORE
        await tell_said(tools, row, message.number, actor.account, to_store=to_store)


async def _message(tools: Tools, actor: Actor, row: AppealRow, saying: Saying) -> AppealMessageRow:
    voice = VOICES[actor.role]
    asking = actor.role in ASKING
    return AppealMessageRow(
        id=tools.random_id(),
        appeal=row.id,
        number=await appeal_threads.next_number(row.id),
        voice=voice,
        author=actor.account,
        text=saying.text,
        to_store=voice is Voice.STORE or (asking and saying.to_store),
        to_inspector=asking and saying.to_inspector,
        said_at=tools.now(),
    )
