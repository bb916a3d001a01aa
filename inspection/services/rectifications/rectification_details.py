"""One line as the staff sees it and as its store follows it, and the photos of its replies."""

from typing import TypedDict

import msgspec

from inspection.domain.access import Action, Actor, Place, Role, may
from inspection.domain.notices.notice import NoticeLine
from inspection.domain.photos.photo import PhotoState
from inspection.domain.rectifications import extension, rectification
from inspection.domain.rectifications.extension import ExtensionState
from inspection.domain.rectifications.rectification import LineMove
from inspection.domain.refusals import NotFound
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.rectifications import (
    line_extensions,
    rectification_lines,
    rectification_replies,
    reinspection_sendings,
    reinspections,
)
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.persistence.scoring import scored_visits
from inspection.services.people.places import StoreLabel, map_of
from inspection.services.rectifications.extensions import asking_of, told_extension
from inspection.services.rectifications.line_clocks import clock_of, unpublished
from inspection.services.rectifications.rectification_access import (
    awaits_recheck,
    is_live,
    numbered_line,
    reached_line,
)
from inspection.services.rectifications.rectification_replies import said_in, wants_photo
from inspection.services.rectifications.rectification_results import (
    LineDetail,
    StoreLineDetail,
    ToldExtension,
)
from inspection.services.rectifications.rectification_tellings import (
    Told,
    staff_reply,
    staff_verdict,
    told_reply,
    told_verdict,
)
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.tools import Tools

_OF_ROW = (
    "id", "notice", "number", "item", "severity", "lost", "problem", "requirement", "responsible",
    "state",
)  # fmt: skip
"""Fields of a line the staff reads as they are kept."""

_SAID = (
    "item", "item_title", "section_title", "severity", "severity_word", "problem", "standard",
    "lost", "requirement", "responsible",
)  # fmt: skip
"""Allow-list: the fields of a printed line its store reads again."""


async def line_detail(tools: Tools, actor: Actor, line: str) -> LineDetail:
    """A line for whoever verifies. Raises NotFound."""
    row = await reached_line(actor, Action.RECTIFICATION_READ, line)
    told = await told_of(row)
    clock = await clock_of(tools, row)
    counted = [known for known in told.replies if known.attempt is not None]
    return LineDetail(
        notice_number=row.notice_number or "",
        handlers=await line_extensions.handlers_of(row.id),
        issued_at=row.issued_at or tools.now(),
        before=tuple(range(1, len(row.before_photos()) + 1)),
        replies=tuple(staff_reply(told, known) for known in reversed(counted)),
        aside=tuple(staff_reply(told, known) for known in told.replies if known.attempt is None),
        verdicts=tuple(staff_verdict(told, known) for known in told.verdicts),
        extensions=await _extensions(row),
        history=await rectification_lines.losses_of_item(row.store, row.item, row.visit),
        seen=counted[-1].id if counted else "",
        would_be_case=bool(row.before_photos()) and any(each.print_sha256 for each in told.photos),
        spotted=await _spotted(row),
        unpublished=unpublished(tools, row, clock.due_at),
        looks=await reinspections.looks_at(row.id),
        **{name: getattr(row, name) for name in _OF_ROW},
        **await _placed(row),
        **_offered(actor, row),
        **msgspec.structs.asdict(clock),
    )


async def store_line(tools: Tools, actor: Actor, notice: str, number: int) -> StoreLineDetail:
    """A line for its store, copied from what was said in the notice. Raises NotFound."""
    row = await numbered_line(actor, Action.RECTIFICATION_REPLY, notice, number)
    told = await told_of(row)
    clock = await clock_of(tools, row)
    said = _said(row)
    known = await line_extensions.extensions_of(row.id)
    refused = extension.refusal(asking_of(row, known, clock.due_at), tools.now())
    return StoreLineDetail(
        id=row.id,
        notice=row.notice,
        notice_number=row.notice_number or "",
        number=row.number,
        section=row.section,
        suggestion=await _suggestion(row, said),
        handlers=await line_extensions.handlers_of(row.id),
        state=row.state,
        extended=any(each.state is ExtensionState.GRANTED for each in known),
        photo_wanted=await wants_photo(row),
        can_reply=is_live(row) and rectification.allowed(row.state, LineMove.REPLY),
        photos=tuple(range(1, len(said.photos) + 1)),
        replies=tuple(told_reply(told, each) for each in reversed(told.replies)),
        verdicts=tuple(told_verdict(told, each) for each in told.verdicts),
        extensions=tuple(told_extension(each) for each in known),
        extension_why=refused if is_live(row) else "not_owed",
        **{name: getattr(said, name) for name in _SAID},
        **msgspec.structs.asdict(clock),
    )


async def reply_photo(tools: Tools, actor: Actor, reply: str, k: int) -> bytes:
    """The clean copy of a reply's k-th photo, for its store and the staff above it."""
    store = actor.role is Role.STORE_STAFF
    action = Action.RECTIFICATION_REPLY if store else Action.RECTIFICATION_READ
    line = await rectification_replies.line_of(reply)
    row = await reached_line(actor, action, line or "")
    for photo in await rectification_replies.photos_of(row.id):
        ready = photo.state == PhotoState.CLEAN and photo.evidence_sha256
        if (photo.reply, photo.position) == (reply, k) and ready:
            return await tools.photos.get(photo.evidence_sha256 or "")
    raise NotFound(noun="photo")


async def told_of(row: LineRow) -> Told:
    """All that was said about a line."""
    verdicts = await rectification_replies.verdicts_on(row.id)
    looks = [each.id for each in verdicts if each.way == "recheck"]
    return Told(
        replies=await rectification_replies.replies_to(row.id),
        photos=await rectification_replies.photos_of(row.id),
        verdicts=verdicts,
        shown={
            look: len(await reinspection_sendings.shown_with(look, row.items())) for look in looks
        },
    )


def _said(row: LineRow) -> NoticeLine:
    return next(line for line in said_in(row).lines if line.no == row.number)


async def _suggestion(row: LineRow, said: NoticeLine) -> str:
    """What the rubric suggests where the notice asks for something else."""
    item = (await rubric_of(row.rubric_version)).item(row.item)
    suggested = item.rectification.of(said_in(row).language) if item else ""
    return "" if suggested == said.requirement else suggested


class _Placed(TypedDict):
    store: StoreLabel
    title: Text
    section: Text
    standard: Text


async def _placed(row: LineRow) -> _Placed:
    names = await map_of([row.region_path])
    store = names.store(row.store_code, row.store_name, row.store_kind, row.region_path)
    rubric = await rubric_of(row.rubric_version)
    for section in rubric.sections:
        for item in section.items:
            if item.code == row.item:
                title, standard = item.title, item.standard
                return _Placed(store=store, title=title, section=section.title, standard=standard)
    raise NotFound(noun="line")


async def _spotted(row: LineRow) -> bool:
    answer = (await scored_visits.answers_of(row.visit)).get(row.item)
    return answer is not None and answer.corrected_on_spot


class _Offered(TypedDict):
    can_verify: bool
    can_recheck: bool
    can_extend: bool


def _offered(actor: Actor, row: LineRow) -> _Offered:
    verify = _may(actor, row, Action.RECTIFICATION_VERIFY)
    return _Offered(
        can_verify=verify and rectification.allowed(row.state, LineMove.ACCEPT),
        can_recheck=verify and awaits_recheck(row),
        can_extend=_may(actor, row, Action.NOTICE_SIGN),
    )


async def _extensions(row: LineRow) -> tuple[ToldExtension, ...]:
    return tuple(told_extension(each) for each in await line_extensions.extensions_of(row.id))


def _may(actor: Actor, row: LineRow, action: Action) -> bool:
    return is_live(row) and may(actor, action, Place(region_path=row.region_path))
