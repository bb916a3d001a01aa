"""Read receipts: who opened which edition of an issue, and telling those it is for."""

from typing import Literal

import msgspec

from inspection.domain.access import Action, Actor, Role
from inspection.domain.bulletins.bulletin import BulletinState
from inspection.domain.bulletins.bulletin_share import Share
from inspection.domain.bulletins.bulletin_snapshot import BulletinSnapshot
from inspection.domain.listing import LARGEST_PAGE, ListAsked
from inspection.domain.messages.message import Message, MessageKind, people
from inspection.domain.org.region_path import branch_of
from inspection.domain.refusals import NotFound
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.bulletins import bulletin_readings
from inspection.persistence.bulletins.bulletin_readings import ReadCount, Reader, ReadersWanted
from inspection.persistence.bulletins.bulletins import BulletinRow
from inspection.persistence.engine import tx
from inspection.services.bulletins.bulletin_access import reached
from inspection.services.changes import record
from inspection.services.exports import Export, Page, every_page, headings_of
from inspection.services.messages.messages import tell
from inspection.services.people.places import Map, map_of
from inspection.services.tools import Tools
from inspection.wording import Language, say

Edition = Literal["web", "pdf"]

READERS = (Role.REGIONAL_MANAGER, Role.REVIEWER, Role.ADMINISTRATOR)
"""Who an issue is for."""


class ReadersAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which readers somebody wants to see."""

    asked: ListAsked = ListAsked()
    unread: bool = False


class KnownReader(msgspec.Struct, frozen=True, kw_only=True):
    """A reader with where they look after."""

    reader: Reader
    region: Text


class ReadShare(msgspec.Struct, frozen=True, kw_only=True):
    """How many of a role in a city have read; `region` of those over all of them is their own."""

    role: Role
    region: Text
    share: Share


class Receipts(msgspec.Struct, frozen=True, kw_only=True):
    """A page of readers, and how many have read."""

    number: str
    issue: int
    rows: tuple[KnownReader, ...]
    total: int
    sort: str
    next_cursor: str | None
    whole: Share
    shares: tuple[ReadShare, ...]


async def note_reading(tools: Tools, actor: Actor, row: BulletinRow, edition: Edition) -> None:
    """Keep that somebody has opened an edition of a published issue, the first time they do."""
    if row.state is BulletinState.DRAFT:
        return
    if await bulletin_readings.has_read(row.id, actor.account, edition):
        return
    async with tx():
        if await bulletin_readings.note_reading(row.id, actor.account, edition, tools.now()):
            facts = {"edition": edition}
            await record(tools, actor, "bulletin.read", ("bulletin", row.id), facts)


async def receipts_of(actor: Actor, bulletin: str, asked: ReadersAsked) -> Receipts:
    """Who has read an issue and who has not, for those who publish there. Raises NotFound."""
    row = await _published(actor, bulletin)
    found = await bulletin_readings.list_readers(_wanted(row, asked))
    counts = await bulletin_readings.count_readers(row.id, row.region_path, READERS)
    readers = msgspec.convert(found.rows, tuple[Reader, ...])
    paths = {reader.region_path for reader in readers} | {each.region_path for each in counts}
    names = await map_of({*paths, *map(branch_of, paths)})
    return Receipts(
        number=row.number or "",
        issue=row.issue or 0,
        rows=tuple(
            KnownReader(reader=reader, region=names.name(reader.region_path)) for reader in readers
        ),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
        whole=_share(counts),
        shares=_by_branch(counts, names),
    )


async def readers_export(
    actor: Actor, bulletin: str, asked: ReadersAsked, language: Language
) -> Export:
    """The readers as a file."""
    await _published(actor, bulletin)

    async def read(cursor: str) -> Page:
        page = msgspec.structs.replace(asked.asked, cursor=cursor, size=LARGEST_PAGE)
        found = await receipts_of(actor, bulletin, ReadersAsked(asked=page, unread=asked.unread))
        rows = (
            (
                each.reader.name,
                say(language, f"role.{each.reader.role.value}"),
                each.region.of(language.value),
                each.reader.page_at,
                each.reader.pdf_at,
            )
            for each in found.rows
        )
        return rows, found.next_cursor

    headings = headings_of(("name", "role", "region", "page_at", "pdf_at"), language)
    title = say(language, "bulletin.receipts")
    return Export("bulletin", "bulletin-readers", title, headings, every_page(read))


async def tell_published(tools: Tools, by: Actor, row: BulletinRow, said: BulletinSnapshot) -> None:
    """Everybody the issue is for finds it in the inbox, in the transaction that publishes it."""
    readers = await bulletin_readings.readers_of(row.region_path, READERS)
    message = Message(
        kind=MessageKind.BULLETIN_PUBLISHED,
        key=row.id,
        noun="bulletin",
        noun_id=row.id,
        facts={"number": said.number, "region": said.region},
        to=(people(*readers),),
        by=by.account,
        region_path=row.region_path,
    )
    await tell(tools, message)


def _wanted(row: BulletinRow, asked: ReadersAsked) -> ReadersWanted:
    return ReadersWanted(
        asked=asked.asked,
        bulletin=row.id,
        region_path=row.region_path,
        roles=READERS,
        unread=asked.unread,
    )


async def _published(actor: Actor, bulletin: str) -> BulletinRow:
    row = await reached(actor, Action.BULLETIN_EDIT, bulletin)
    if row.state is BulletinState.DRAFT:
        raise NotFound(noun="bulletin")
    return row


def _share(counts: tuple[ReadCount, ...]) -> Share:
    return Share(part=sum(each.read for each in counts), whole=sum(c.readers for c in counts))


def _by_branch(counts: tuple[ReadCount, ...], names: Map) -> tuple[ReadShare, ...]:
    found: dict[tuple[str, Role], list[ReadCount]] = {}
    for each in counts:
        found.setdefault((branch_of(each.region_path), each.role), []).append(each)
    return tuple(
        ReadShare(role=role, region=names.name(path), share=_share(tuple(here)))
        for (path, role), here in sorted(found.items())
    )
