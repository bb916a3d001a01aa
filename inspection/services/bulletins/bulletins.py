"""Issues as people read them: the list, one issue, the list as a file."""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.bulletins.bulletin import BulletinState
from inspection.domain.bulletins.bulletin_snapshot import BulletinSnapshot
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import NotFound
from inspection.domain.rubrics.rubric import Text
from inspection.domain.table import Row
from inspection.persistence.bulletins import bulletin_readings, bulletins
from inspection.persistence.bulletins.bulletins import (
    BulletinListed,
    BulletinRow,
    BulletinsWanted,
)
from inspection.services.bulletins.bulletin_access import (
    edits_somewhere,
    may_edit,
    reached,
    said_in,
)
from inspection.services.bulletins.bulletin_compiling import compiled
from inspection.services.bulletins.bulletin_readings import note_reading
from inspection.services.exports import Export, headings_of, pages_of
from inspection.services.people.places import map_of
from inspection.services.reach import check_granted
from inspection.services.tools import Tools
from inspection.wording import Language, say


class BulletinList(msgspec.Struct, frozen=True, kw_only=True):
    """One page of issues, and which of them the reader has read."""

    rows: tuple[BulletinListed, ...]
    read: frozenset[str]
    total: int
    sort: str
    next_cursor: str | None
    can_edit: bool


class BulletinDetail(msgspec.Struct, frozen=True, kw_only=True):
    """An issue: of a draft what it would say now, of a published one what it said."""

    row: BulletinRow
    region: Text
    said: BulletinSnapshot
    may_edit: bool

    @property
    def can_edit(self) -> bool:
        """Whether the reader may write in it as it is."""
        return self.may_edit and self.row.state is BulletinState.DRAFT


async def bulletin_list(actor: Actor, wanted: BulletinsWanted) -> BulletinList:
    """The issues for the caller, drafts with them for those who draft."""
    check_granted(actor, Action.BULLETIN_READ)
    edits = edits_somewhere(actor)
    mine = msgspec.structs.replace(wanted, reader=actor.region_path, edit=edits)
    found = await bulletins.list_bulletins(mine)
    rows = msgspec.convert(found.rows, tuple[BulletinListed, ...], strict=False)
    return BulletinList(
        rows=rows,
        read=await bulletin_readings.read_by(actor.account, tuple(row.id for row in rows)),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
        can_edit=edits,
    )


async def bulletin_of(tools: Tools, actor: Actor, bulletin: str) -> BulletinDetail:
    """One issue; opening a published one is noted. Raises NotAllowed or NotFound."""
    row = await reached(actor, Action.BULLETIN_READ, bulletin)
    await note_reading(tools, actor, row, "web")
    said = said_in(row)
    names = await map_of([row.region_path])
    return BulletinDetail(
        row=row,
        region=names.name(row.region_path),
        said=said or await compiled(tools, actor, row),
        may_edit=may_edit(actor, row),
    )


async def published_figures(actor: Actor, bulletin: str) -> BulletinSnapshot:
    """What a published issue says, for a program: nobody has read it by that. Raises NotAllowed or
    NotFound, also for a draft.
    """
    said = said_in(await reached(actor, Action.BULLETIN_READ, bulletin))
    if said is None:
        raise NotFound(noun="bulletin")
    return said


def bulletin_export(actor: Actor, wanted: BulletinsWanted, language: Language) -> Export:
    """The list as a file, with the filters it is shown with."""

    async def find(part: ListAsked) -> BulletinList:
        return await bulletin_list(actor, msgspec.structs.replace(wanted, asked=part))

    headings = headings_of(_COLUMNS, language)
    title = say(language, "nav.bulletins")
    pages = pages_of(wanted.asked, find, _row, language)
    return Export("bulletin", "bulletins", title, headings, pages)


_COLUMNS = ("number", "kind", "region", "starts_on", "ends_on", "round", "state", "published_at")


def _row(row: BulletinListed, language: Language) -> Row:
    return (
        row.number,
        say(language, f"bulletin.kind.{row.kind.value}"),
        Text(row.region_zh, row.region_en).of(language.value),
        row.first_on,
        row.last_on,
        Text(row.round_zh, row.round_en).of(language.value),
        say(language, f"bulletin_state.{row.state.value}"),
        row.at if row.state is BulletinState.PUBLISHED else None,
    )
