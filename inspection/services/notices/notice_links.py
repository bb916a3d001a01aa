"""Links: one notice, for a while, for whoever has the link, until it is taken back."""

import hashlib
import re
from datetime import datetime, timedelta

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.messages.message import MessageKind
from inspection.domain.notices import notice_state
from inspection.domain.notices.notice_state import COUNTS_NO_MORE, STORE_SEES, NoticeMove
from inspection.domain.refusals import NotFound
from inspection.domain.refusals.notices import LinkGone, MailRefused
from inspection.persistence.engine import tx
from inspection.persistence.notices import notice_links, notices
from inspection.persistence.notices.notice_links import LinkRow
from inspection.persistence.notices.notices import NoticeRow
from inspection.services.changes import record
from inspection.services.messages.messages import Letter, post
from inspection.services.notices.notice_access import held
from inspection.services.notices.notice_deliveries import (
    DeliveryEvent,
    Way,
    note_delivery,
    open_first,
)
from inspection.services.notices.notice_prints import pdf_of, photo_of
from inspection.services.notices.public_looks import draw_look
from inspection.services.notices.store_notice_results import StoreNotice
from inspection.services.notices.store_notices import store_view
from inspection.services.printing import KeptFile
from inspection.services.tools import Tools

DAYS = (3, 7, 14, 30)
USUAL_DAYS = 14
LONGEST_ADDRESS = 120

ADDRESS = re.compile(r"[^@\s<>\",;:]+@[^@\s<>\",;:]+\.[^@\s<>\",;:.]+")
"""What a mail can be sent to; whether somebody reads it the mail server finds out."""


class MadeLink(msgspec.Struct, frozen=True):
    """A link that was just made: the only time its address is known."""

    url: str
    expires_at: datetime


async def make_link(tools: Tools, actor: Actor, notice: str, days: int = USUAL_DAYS) -> MadeLink:
    """A link to an issued notice. Raises NotFound, MoveRefused before the notice is
    issued and when it counts no more.
    """
    async with tx():
        row = await held(actor, Action.NOTICE_DELIVER, notice)
        made, facts = await _made(tools, actor, row, days, "")
        await record(tools, actor, "notice.link", ("notice", notice), facts)
    return made


async def mail_link(
    tools: Tools, actor: Actor, notice: str, address: str, days: int = USUAL_DAYS
) -> None:
    """Send a link to an address that is nobody's account. Raises MailRefused for what is no
    address, NotFound, MoveRefused.
    """
    address = address.strip()
    if not ADDRESS.fullmatch(address) or len(address) > LONGEST_ADDRESS:
        raise MailRefused
    async with tx():
        row = await held(actor, Action.NOTICE_DELIVER, notice)
        made, facts = await _made(tools, actor, row, days, address)
        letter = Letter(
            kind=MessageKind.NOTICE_POSTED,
            key=str(facts["link"]),
            noun="notice",
            noun_id=notice,
            facts={"number": row.number or "", "store": row.store_name, "until": made.expires_at},
            address=address,
            link=made.url,
        )
        await post(tools, letter)
        await record(tools, actor, "notice.link", ("notice", notice), facts)


async def _made(
    tools: Tools, actor: Actor, row: NoticeRow, days: int, sent_to: str
) -> tuple[MadeLink, dict[str, object]]:
    if row.state not in STORE_SEES or row.state in COUNTS_NO_MORE:
        # What nobody signed has no way out of the house, and what counts no more no new one.
        notice_state.move(row.state, NoticeMove.OPEN)
    token, at = tools.new_token(), tools.now()
    channel = "mail" if sent_to else "link"
    link = LinkRow(
        id=tools.random_id(),
        notice=row.id,
        token_sha256=_digest(token),
        channel=channel,
        sent_to=sent_to,
        made_by=actor.account,
        made_at=at,
        expires_at=at + timedelta(days=days if days in DAYS else USUAL_DAYS),
    )
    await notice_links.add_link(link)
    event = DeliveryEvent.MAILED if sent_to else DeliveryEvent.LINK_MADE
    await note_delivery(tools, row.id, event, Way(channel, actor.account, link.id), note=sent_to)
    facts: dict[str, object] = {
        "link": link.id,
        "channel": channel,
        "until": link.expires_at.isoformat(),
    }
    return MadeLink(f"{tools.address}/n/{token}", link.expires_at), facts


async def revoke_link(tools: Tools, actor: Actor, notice: str, link: str) -> None:
    """Take a link back. Raises NotFound for one that leads nowhere already."""
    async with tx():
        await held(actor, Action.NOTICE_DELIVER, notice)
        if not await notice_links.revoke_link(link, notice, actor.account, tools.now()):
            raise NotFound(noun="link")
        way = Way("link", actor.account, link)
        await note_delivery(tools, notice, DeliveryEvent.LINK_REVOKED, way)
        await record(tools, actor, "notice.unlink", ("notice", notice), {"link": link})


async def read_link(tools: Tools, token: str, address: str) -> StoreNotice:
    """The notice as its store sees it. The first look delivers it, every look is counted. Raises
    LinkGone for a link that is unknown, over or taken back, LinkReadTooOften.
    """
    await draw_look(tools, "link", address)
    link = await _living(tools, token)
    async with tx():
        at = tools.now()
        row = await notices.lock_notice(link.notice)
        if row is None:
            raise LinkGone
        await notice_links.count_read(link.id, at)
        opened = await _opened(tools, row, link)
    return await store_view(opened, tools.now())


async def _opened(tools: Tools, row: NoticeRow, link: LinkRow) -> NoticeRow:
    """The notice after this look: the first one delivers it."""
    if not notice_state.allowed(row.state, NoticeMove.OPEN):
        return row
    await open_first(tools, None, row, Way(link.channel, None, link.id))
    return await notices.find_notice(link.notice) or row


async def link_pdf(tools: Tools, token: str, address: str) -> KeptFile:
    """The PDF behind a link. Raises LinkGone, NoticeNotReady, LinkReadTooOften."""
    await draw_look(tools, "link", address)
    return await pdf_of(tools, await _row(tools, token))


async def link_photo(tools: Tools, token: str, address: str, line: int, k: int) -> bytes:
    """A photo behind a link. Raises LinkGone, NotFound; guesses at links are counted."""
    if await notice_links.find_link(_digest(token)) is None:
        await draw_look(tools, "link", address)
    return await photo_of(tools, await _row(tools, token), line, k)


async def _row(tools: Tools, token: str) -> NoticeRow:
    row = await notices.find_notice((await _living(tools, token)).notice)
    if row is None:
        raise LinkGone
    return row


async def _living(tools: Tools, token: str) -> LinkRow:
    link = await notice_links.find_link(_digest(token))
    if link is None or link.revoked_at is not None or link.expires_at <= tools.now():
        raise LinkGone
    return link


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
