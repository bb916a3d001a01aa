"""Compiling an issue: every figure from one moment of the database, with the link of the log that
stands for it.
"""

from inspection.domain.access import Actor
from inspection.domain.bulletins.bulletin import paragraphs, year_until
from inspection.domain.bulletins.bulletin_layout import only
from inspection.domain.bulletins.bulletin_sections import choices_in, told
from inspection.domain.bulletins.bulletin_snapshot import BulletinSnapshot, ChainMark
from inspection.persistence.audit import audit
from inspection.persistence.bulletins import bulletin_figures
from inspection.persistence.bulletins.bulletins import BulletinRow
from inspection.persistence.engine import read_tx
from inspection.services.bulletins.bulletin_complaints import complaints_of
from inspection.services.bulletins.bulletin_parts import about
from inspection.services.bulletins.bulletin_rankings import rankings_of
from inspection.services.bulletins.bulletin_rectifications import rectification_of
from inspection.services.bulletins.bulletin_told import case_in
from inspection.services.notices.numbering import issuer_of
from inspection.services.people.places import map_of
from inspection.services.tools import Tools
from inspection.services.visits.published_visits import LANGUAGE


async def compiled(tools: Tools, actor: Actor, row: BulletinRow) -> BulletinSnapshot:
    """What the issue would say if it were published now, without its number."""
    at = tools.now()
    async with read_tx():
        parts = await about(tools, actor, row)
        year = year_until(parts.until)
        head = await audit.head_of_chain()
        names = await map_of([row.region_path])
        said = BulletinSnapshot(
            language=LANGUAGE.value,
            number="",
            issue=0,
            issuer=(await issuer_of(tools, row.region_path)).name,
            region=names.name(row.region_path).of(LANGUAGE.value),
            kind=row.kind.value,
            period=row.period,
            round_name=row.round_zh or "",
            previous_name=row.previous_zh or "",
            published_at=at,
            taken_at=at,
            preface=paragraphs(row.preface),
            closing=paragraphs(row.closing),
            rankings=await rankings_of(tools, actor, row),
            rectification=await rectification_of(tools, parts),
            vetoes=await bulletin_figures.vetoes(parts.scope, year.begins_at, year.ends_at),
            complaints=await complaints_of(parts),
            case=await case_in(row),
            chain=ChainMark(seq=head.seq, hash=head.hash),
        )
        return only(said, told(choices_in(row.sections)))
