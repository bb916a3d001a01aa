"""Issuers as administrators look after them: who issues for a region, under which letters."""

import asyncio
import hashlib
from datetime import datetime

import msgspec

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.notices.issuer import IssuingBody, body_faults, cleaned
from inspection.domain.notices.notice_number import PaperKind, number, year_of
from inspection.domain.refusals import BodyRefused, Fault, NotFound
from inspection.domain.refusals.notices import IssuerChanged
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.engine import tx
from inspection.persistence.engines.integrity import UniqueBroken
from inspection.persistence.notices import issuers
from inspection.persistence.notices.issuers import IssuerRow
from inspection.persistence.org import kept_regions
from inspection.persistence.org.kept_regions import KeptRegion
from inspection.services.changes import changes, record
from inspection.services.notices.seal_cleaning import seal_of
from inspection.services.reach import check_granted, scope_of
from inspection.services.tools import Tools
from inspection.services.visits.published_visits import LANGUAGE
from inspection.wording import say

OTHER_MARKS = tuple(
    say(LANGUAGE, f"paper.kind_mark.{kind.value}")
    for kind in PaperKind
    if kind is not PaperKind.NOTICE
)

BESIDE = frozenset({"id", "region_path", "revision", "changed_by", "changed_at"})


class IssuerShown(msgspec.Struct, frozen=True, kw_only=True):
    """An issuer with the region it issues for, and the number its next kind of paper looks like.
    A region without an issuer of its own shows the one that issues for it, `revision` 0.
    """

    code: str
    region: Text
    body: IssuingBody
    example: str
    revision: int
    changed_at: datetime | None = None


class IssuerRegion(msgspec.Struct, frozen=True, kw_only=True):
    """A region that could have an issuer of its own."""

    code: str
    level: str
    name: Text


class IssuerList(msgspec.Struct, frozen=True, kw_only=True):
    """The issuers of the caller's part of the tree, and the regions that could have one."""

    rows: tuple[IssuerShown, ...]
    usual: IssuingBody
    regions: tuple[IssuerRegion, ...]


async def issuer_list(tools: Tools, actor: Actor) -> IssuerList:
    """All of them."""
    scope = scope_of(actor, Action.ISSUER_EDIT)
    kept = await kept_regions.list_kept(scope)
    names = {region.path: region for region in kept}
    rows = [row for row in await issuers.issuers_in(scope) if row.region_path in names]
    return IssuerList(
        rows=tuple(_shown(tools, names[row.region_path], row) for row in rows),
        usual=IssuingBody(name=tools.issuer.name, mark=tools.issuer.mark),
        regions=tuple(
            IssuerRegion(code=region.code, level=region.level, name=_name(region))
            for region in kept
        ),
    )


async def issuer_of_region(tools: Tools, actor: Actor, code: str) -> IssuerShown:
    """The issuer of a region, or what issues for it while it has none. Raises NotFound."""
    region = await _reached(actor, code)
    row = await issuers.find_issuer(region.path)
    return _shown(tools, region, row)


async def save_issuer(tools: Tools, actor: Actor, code: str, body: IssuingBody, seen: int) -> None:
    """Keep who issues for a region; numbers already drawn stay. Raises BodyRefused,
    NumberPatternRefused, IssuerChanged for another revision than `seen`, NotFound.
    """
    region = await _reached(actor, code)
    body = cleaned(body)
    if faults := body_faults(body, OTHER_MARKS):
        raise BodyRefused(faults=faults)
    try:
        async with tx():
            before = await issuers.lock_issuer(region.path)
            if (before.revision if before else 0) != seen:
                raise IssuerChanged
            after = _row(tools, actor, region, before, body)
            await issuers.keep_issuer(after, new=before is None)
            facts = {"region": code, "changes": changes(before, after, BESIDE)}
            await record(tools, actor, "issuer.edit", ("issuer", after.id), facts)
    except UniqueBroken:
        fault = Fault("/mark", "issuer.mark_taken")
        raise BodyRefused(faults=(fault,)) from None


async def save_seal(tools: Tools, actor: Actor, code: str, image: bytes, seen: int) -> None:
    """Print this seal on notices signed from now on; without an image none any more. Raises
    SealRefused, IssuerChanged, NotFound.
    """
    region = await _reached(actor, code)
    clean = await asyncio.to_thread(seal_of, image) if image else b""
    sha256 = hashlib.sha256(clean).hexdigest() if clean else None
    if sha256:
        # The bytes before the row that promises them.
        await tools.photos.put(sha256, clean)
    async with tx():
        before = await issuers.lock_issuer(region.path)
        if before is None:
            raise NotFound(noun="issuer")
        if before.revision != seen:
            raise IssuerChanged
        after = msgspec.structs.replace(
            before,
            seal_sha256=sha256,
            revision=before.revision + 1,
            changed_by=actor.account,
            changed_at=tools.now(),
        )
        await issuers.keep_issuer(after, new=False)
        facts = {"region": code, "changes": changes(before, after, BESIDE)}
        await record(tools, actor, "issuer.seal", ("issuer", after.id), facts)


async def seal_image(tools: Tools, actor: Actor, code: str) -> bytes:
    """The seal by itself, for administrators only: whoever has it can print it on anything."""
    region = await _reached(actor, code)
    row = await issuers.find_issuer(region.path)
    if row is None or row.seal_sha256 is None:
        raise NotFound(noun="issuer")
    return await tools.photos.get(row.seal_sha256)


async def _reached(actor: Actor, code: str) -> KeptRegion:
    check_granted(actor, Action.ISSUER_EDIT)
    region = await kept_regions.find_kept(code)
    if region is None or not may(actor, Action.ISSUER_EDIT, Place(region_path=region.path)):
        raise NotFound(noun="region")
    return region


def _row(
    tools: Tools, actor: Actor, region: KeptRegion, before: IssuerRow | None, body: IssuingBody
) -> IssuerRow:
    return IssuerRow(
        id=before.id if before else tools.random_id(),
        region_path=region.path,
        name=body.name,
        mark=body.mark,
        pattern=body.pattern,
        one_person=body.one_person,
        seal_sha256=before.seal_sha256 if before else None,
        revision=before.revision + 1 if before else 1,
        changed_by=actor.account,
        changed_at=tools.now(),
    )


def _shown(tools: Tools, region: KeptRegion, row: IssuerRow | None) -> IssuerShown:
    body = IssuingBody(name=tools.issuer.name, mark=tools.issuer.mark)
    if row is not None:
        body = IssuingBody(
            name=row.name,
            mark=row.mark,
            pattern=row.pattern,
            one_person=row.one_person,
            seal=row.seal_sha256 or "",
        )
    return IssuerShown(
        code=region.code,
        region=_name(region),
        body=body,
        example=number(body.pattern, body.mark, year_of(tools.now()), 1),
        revision=row.revision if row else 0,
        changed_at=row.changed_at if row else None,
    )


def _name(region: KeptRegion) -> Text:
    return Text(region.name_zh, region.name_en)
