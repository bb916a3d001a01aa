"""Issues of the bulletin for tests: begun, written and published."""

from typing import Any

from inspection.domain.bulletins.bulletin import BulletinKind
from inspection.persistence.bulletins import bulletins
from inspection.persistence.bulletins.bulletins import BulletinRow
from inspection.services.bulletins.bulletin_drafting import (
    Wanted,
    Written,
    edit_bulletin,
    start_bulletin,
)
from inspection.services.bulletins.bulletin_publishing import publish_bulletin
from inspection.services.bulletins.bulletin_told import cases_to_choose
from inspection.services.tools import Tools
from tests.cast import GUO, Person
from tests.rectifying import a_reply, accept, issued_lines
from tests.submissions import a_photo


async def a_bulletin(tools: Tools, by: Person = GUO, **wanted: Any) -> str:
    """A draft about the person's part of the tree; its id."""
    return await start_bulletin(tools, by.actor, Wanted(**{"kind": BulletinKind.WEEK, **wanted}))


async def write(tools: Tools, bulletin: str, by: Person = GUO, **said: Any) -> None:
    """Write in a draft as it is."""
    seen = (await row_of(bulletin)).revision
    await edit_bulletin(tools, by.actor, bulletin, Written(**said), seen)


async def a_published(tools: Tools, by: Person = GUO, **wanted: Any) -> BulletinRow:
    """An issue that is published."""
    bulletin = await a_bulletin(tools, by, **wanted)
    await publish_bulletin(tools, by.actor, bulletin, 1)
    return await row_of(bulletin)


async def a_case(tools: Tools) -> tuple[str, str]:
    """A case in the library, to be told in an issue; its id and that of its line."""
    (line, *_) = await issued_lines(tools, losses=("KC-M-01",), pictures=(a_photo(31),))
    await a_reply(tools, line.id)
    await accept(tools, line.id)
    (case, *_) = await cases_to_choose(GUO.actor)
    return case.id, line.id


async def row_of(bulletin: str) -> BulletinRow:
    """The issue as it is stored."""
    found = await bulletins.find_bulletin(bulletin)
    assert found is not None
    return found
