"""The printed opinion on more time: frozen when it is given, handed to the press, given out."""

import msgspec

from inspection.domain import deadline
from inspection.domain.access import Action, Actor, Role
from inspection.domain.rectifications.opinion import OpinionSnapshot
from inspection.domain.refusals import NotFound, NoticeNotReady
from inspection.persistence import jobs
from inspection.persistence.engine import tx
from inspection.persistence.rectifications import opinion_prints
from inspection.persistence.rectifications.line_extensions import ExtensionRow, Opinion
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.services.changes import record
from inspection.services.printing import ASK_AGAIN_SECONDS, KeptFile, kept_pdf
from inspection.services.rectifications.rectification_access import reached_line
from inspection.services.rectifications.rectification_replies import said_in
from inspection.services.tools import Tools
from inspection.wording import Language, catalogue

PRINT = "opinion.print"
"""The kind of job an opinion leaves behind."""


def print_key(extension: str) -> str:
    """The key of the job that prints an opinion."""
    return f"{PRINT} {extension}"


async def freeze_opinion(tools: Tools, row: LineRow, asked: ExtensionRow, opinion: Opinion) -> None:
    """Keep what the opinion says and have it printed, in the caller's transaction."""
    paper = msgspec.json.encode(_snapshot(row, asked, opinion)).decode()
    await opinion_prints.write_paper(asked.id, paper)
    await jobs.enqueue(
        kind=PRINT, key=print_key(asked.id), payload={"extension": asked.id}, at=tools.now()
    )


async def opinion_order(extension: str) -> OpinionSnapshot | None:
    """What the press needs. None when there is nothing to print, or no longer."""
    found = await opinion_prints.find_print(extension)
    if found is None or not found.paper or found.pdf_sha256 is not None:
        return None
    return msgspec.json.decode(found.paper, type=OpinionSnapshot)


async def keep_opinion(tools: Tools, extension: str, pdf: bytes, sha256: str) -> None:
    """Keep the finished document: bytes first, then the row that names them. The first stays."""
    await tools.photos.put(sha256, pdf)
    async with tx():
        if await opinion_prints.note_printed(extension, sha256):
            facts = {"sha256": sha256}
            await record(tools, None, "extension.print", ("extension", extension), facts)


async def opinion_pdf(tools: Tools, actor: Actor, extension: str) -> KeptFile:
    """The PDF for its store and the staff above it, the same bytes at every download. Raises
    NotFound, also where none was ever frozen, and NoticeNotReady while it is printed.
    """
    found = await opinion_prints.find_print(extension)
    store = actor.role is Role.STORE_STAFF
    action = Action.RECTIFICATION_REPLY if store else Action.RECTIFICATION_READ
    await reached_line(actor, action, found.line if found else "")
    if found is None or found.number is None or not found.paper:
        raise NotFound(noun="extension")
    if found.pdf_sha256 is None:
        raise NoticeNotReady(notice=found.number, seconds=ASK_AGAIN_SECONDS)
    return await kept_pdf(tools, found.pdf_sha256, found.number)


async def print_opinion_again(tools: Tools, actor: Actor, extension: str) -> None:
    """Have an opinion laid out again after that was given up. While it is under way, and once it is
    printed, nothing changes. Raises NotFound, also where none was ever frozen.
    """
    async with tx():
        found = await opinion_prints.find_print(extension)
        await reached_line(actor, Action.NOTICE_SIGN, found.line if found else "")
        if found is None or not found.paper:
            raise NotFound(noun="extension")
        if await jobs.revive(print_key(extension), tools.now()):
            await record(tools, actor, "extension.print_again", ("extension", extension), {})


def _snapshot(row: LineRow, asked: ExtensionRow, opinion: Opinion) -> OpinionSnapshot:
    said = said_in(row)
    words = catalogue(Language(said.language))
    line = next(each for each in said.lines if each.no == row.number)
    after = opinion.due_after
    return OpinionSnapshot(
        language=said.language,
        issuer=said.issuer,
        number=opinion.number,
        store=said.store.name,
        notice_number=said.number,
        line=row.number,
        item_title=line.item_title,
        hours=asked.hours,
        reason=asked.reason,
        opinion=opinion.opinion,
        asked_on=deadline.on_day(asked.asked_at, words),
        due_before=deadline.at_hour(asked.due_before, words),
        due_after=deadline.at_hour(after, words) if after else "",
        decided_on=deadline.on_day(opinion.decided_at, words),
        decided_at=opinion.decided_at,
    )
