"""Publishing an issue: the number is drawn and the words are frozen in one transaction."""

import hashlib

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.bulletins.bulletin import BulletinMove, move
from inspection.domain.bulletins.bulletin_snapshot import BulletinSnapshot, canonical, sealed
from inspection.domain.notices.notice_number import PaperKind
from inspection.domain.refusals.bulletins import BulletinChanged
from inspection.persistence import jobs
from inspection.persistence.bulletins import bulletins
from inspection.persistence.bulletins.bulletins import BulletinRow, Published
from inspection.persistence.engine import tx
from inspection.services.bulletins.bulletin_access import held, reached
from inspection.services.bulletins.bulletin_compiling import compiled
from inspection.services.bulletins.bulletin_prints import PRINT, print_key
from inspection.services.bulletins.bulletin_readings import tell_published
from inspection.services.changes import record
from inspection.services.notices.numbering import draw, issuer_of
from inspection.services.tools import Tools


async def publish_bulletin(tools: Tools, actor: Actor, bulletin: str, seen: int) -> str:
    """Give the issue its number and freeze it; the number. Raises BulletinChanged for another
    revision than `seen`, MoveRefused, NotFound.
    """
    row = await reached(actor, Action.BULLETIN_EDIT, bulletin)
    _check(row, seen)
    said = await compiled(tools, actor, row)
    async with tx():
        row = await held(actor, Action.BULLETIN_EDIT, bulletin)
        _check(row, seen)
        said = await _numbered(tools, row, said)
        await bulletins.publish(row.id, _published(actor, said))
        await tell_published(tools, actor, row, said)
        payload = {"bulletin": row.id}
        await jobs.enqueue(kind=PRINT, key=print_key(row.id), payload=payload, at=said.published_at)
        await record(tools, actor, "bulletin.publish", ("bulletin", row.id), _facts(said))
    return said.number


def _check(row: BulletinRow, seen: int) -> None:
    move(row.state, BulletinMove.PUBLISH)
    if row.revision != seen:
        raise BulletinChanged


async def _numbered(tools: Tools, row: BulletinRow, said: BulletinSnapshot) -> BulletinSnapshot:
    body = await issuer_of(tools, row.region_path)
    # Drawn last: from here to the commit nobody else can draw.
    at = tools.now()
    drawn = await draw(body, PaperKind.BULLETIN, row.id, row.region_path, at)
    return sealed(
        msgspec.structs.replace(
            said, number=drawn.number, issue=drawn.n, issuer=body.name, published_at=at
        )
    )


def _published(actor: Actor, said: BulletinSnapshot) -> Published:
    return Published(
        number=said.number,
        issue=said.issue,
        snapshot=canonical(said).decode(),
        chain_seq=said.chain.seq,
        chain_hash=said.chain.hash,
        published_by=actor.account,
        published_at=said.published_at,
    )


def _facts(said: BulletinSnapshot) -> dict[str, object]:
    return {
        "number": said.number,
        "sha256": hashlib.sha256(canonical(said)).hexdigest(),
        "chain_seq": said.chain.seq,
    }
