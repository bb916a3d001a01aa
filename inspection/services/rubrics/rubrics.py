"""Publishing rubrics, and reading published ones: a version never changes, so it is read once."""

import msgspec

from inspection.domain.access import ANYWHERE, Action, Actor, may
from inspection.domain.refusals import (
    Fault,
    NotAllowed,
    NotFound,
    RubricRefused,
    RubricWithdrawnAlready,
)
from inspection.domain.rubrics import rubric_digest, rubric_reader
from inspection.domain.rubrics.rubric import Item, Rubric
from inspection.domain.rubrics.rubric_faults import RubricFault
from inspection.domain.rubrics.rubric_names import names_too_long
from inspection.domain.rubrics.rubric_places import shown
from inspection.persistence.engine import tx
from inspection.persistence.rubrics import rubrics
from inspection.persistence.rubrics.rubrics import VersionRow
from inspection.services.changes import record
from inspection.services.overtaking import look_again
from inspection.services.tools import Tools

_KEPT = 64


class PublishedRubric(msgspec.Struct, frozen=True, kw_only=True):
    """A version in the database. `is_new` is False when the same content was published before."""

    digest: str
    code: str
    number: int
    is_new: bool


class KnownRubric(msgspec.Struct, frozen=True):
    """A published rubric as it is scored by, with its canonical JSON and its items by code."""

    rubric: Rubric
    body: bytes
    items: dict[str, Item]


_known: dict[str, KnownRubric] = {}


async def publish_rubric(tools: Tools, source: bytes, by: Actor | None) -> PublishedRubric:
    """Store a rubric file as an immutable version. Raises RubricRefused naming every fault, and
    RubricWithdrawnAlready. `by` is None for whoever works at the machine itself.
    """
    return await publish(tools, read_rubric(source), by)


async def publish(tools: Tools, rubric: Rubric, by: Actor | None) -> PublishedRubric:
    """The same for a rubric that has been read."""
    digest = rubric_digest.digest(rubric)

    async def decide() -> PublishedRubric:
        # Somebody may publish at the same moment: this content, or another under our number.
        async with tx():
            found = await rubrics.find_version(digest)
            if found is None:
                return await _add(tools, rubric, by)
            if found.state == "withdrawn":
                raise RubricWithdrawnAlready
            return _published(found, is_new=False)

    return await look_again(decide)


async def known_rubric(digest: str) -> KnownRubric:
    """A published version by its digest. Raises NotFound."""
    if (known := _known.get(digest)) is None:
        body = await rubrics.find_body(digest)
        if body is None:
            raise NotFound(noun="rubric")
        rubric = rubric_digest.restore(body)
        known = KnownRubric(rubric, body, {item.code: item for item in rubric.items()})
        if len(_known) >= _KEPT:
            _known.pop(next(iter(_known)))
        _known[digest] = known
    return known


async def rubric_of(digest: str) -> Rubric:
    """The rules of a published version. Raises NotFound."""
    return (await known_rubric(digest)).rubric


async def rubric_body(actor: Actor, digest: str) -> bytes:
    """The canonical JSON of a version, for those who may read rubrics."""
    if not may(actor, Action.RUBRIC_READ, ANYWHERE):
        raise NotAllowed
    return (await known_rubric(digest)).body


def read_rubric(source: bytes) -> Rubric:
    """What a rubric file says. Raises RubricRefused naming every fault."""
    reading = rubric_reader.read(source)
    if reading.rubric is None:
        raise RubricRefused(faults=tuple(_fault(fault) for fault in reading.faults))
    if faults := tuple(_length_faults(reading.rubric)):
        raise RubricRefused(faults=faults)
    return reading.rubric


def _fault(fault: RubricFault) -> Fault:
    return Fault(f"{fault.place or 'file'}:{fault.line}", fault.code, **fault.facts)


def _length_faults(rubric: Rubric) -> list[Fault]:
    """What fits a file but not the columns that are searched by it."""
    return [
        Fault(shown(path), "rubric.name_too_long", length=length, most=most)
        for path, length, most in names_too_long(rubric)
    ]


async def add_version(tools: Tools, rubric: Rubric, by: Actor | None) -> VersionRow:
    """Within the caller's transaction: keep a rubric as the next version of its code, in force
    from now on. Raises UniqueBroken when somebody publishes at the same moment.
    """
    await rubrics.lock_versions(rubric.code)
    row = VersionRow(
        digest=rubric_digest.digest(rubric),
        code=rubric.code,
        number=await rubrics.highest_number(rubric.code) + 1,
        edition=rubric.edition,
        store_kind=rubric.store_kind,
        title_zh=rubric.title.zh,
        title_en=rubric.title.en,
        state="published",
        published_at=tools.now(),
        published_by=by.account if by else None,
    )
    await rubrics.add_version(row, rubric_digest.canonical(rubric))
    await rubrics.supersede(row.code, row.digest)
    return row


async def note_version(
    tools: Tools, row: VersionRow, by: Actor | None, before: VersionRow | None
) -> None:
    """Within the caller's transaction, at its end: say in the log what is in force now."""
    facts = {
        "code": row.code,
        "number": row.number,
        "changes": {"in_force": [before.digest if before else None, row.digest]},
    }
    await record(tools, by, "rubric.publish", ("rubric", row.digest), facts)


async def _add(tools: Tools, rubric: Rubric, by: Actor | None) -> PublishedRubric:
    before = await rubrics.version_in_force(rubric.code)
    row = await add_version(tools, rubric, by)
    await note_version(tools, row, by, before)
    return _published(row, is_new=True)


def _published(row: VersionRow, *, is_new: bool) -> PublishedRubric:
    return PublishedRubric(digest=row.digest, code=row.code, number=row.number, is_new=is_new)
