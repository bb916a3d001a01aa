"""A look at a store as the desk reads it: what was found of each line, and the photos."""

from datetime import datetime

import msgspec

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.notices.notice_line import problem
from inspection.domain.notices.notice_state import COUNTS_NO_MORE
from inspection.domain.photos.photo import PhotoState
from inspection.domain.rectifications import reinspection
from inspection.domain.rectifications.rectification import LineState
from inspection.domain.rectifications.reinspection import (
    Finding,
    ReinspectionMove,
    ReinspectionState,
)
from inspection.domain.refusals import NotFound
from inspection.domain.rubrics.rubric import Item, Rubric, Text
from inspection.domain.scoring.answers import Answer
from inspection.domain.visits.visit import VisitBody
from inspection.persistence.rectifications import (
    rectification_lines,
    rectification_replies,
    reinspection_sendings,
    reinspections,
)
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.persistence.rectifications.reinspection_sendings import SeenPhoto
from inspection.persistence.rectifications.reinspections import LookAt, ReinspectionFound
from inspection.services.overtaken_looks import is_over, seen_at
from inspection.services.people.places import StoreLabel, map_of
from inspection.services.rectifications.rectification_access import awaits_recheck, reached_line
from inspection.services.rectifications.rectification_replies import said_in
from inspection.services.rectifications.reinspection_access import reached_look
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.tools import Tools
from inspection.wording import Language, catalogue, say


class ItemSeen(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of an item, in words."""

    item: str
    title: Text
    verdict: str
    text: str


class PhotoOfLook(msgspec.Struct, frozen=True, kw_only=True):
    """A photo by its place in the address of the look."""

    k: int
    ready: bool
    refused: bool
    shown: bool


class LineLook(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a look. `reason` are the words proposed for the store, in its notice's language:
    those of the rule, without what the inspector noted. `settles` says that a verdict can be given;
    `others` are the other looks at it, those that were called off left out.
    """

    id: str
    number: int
    title: Text
    state: LineState
    problem: str
    requirement: str
    finding: Finding
    seen: tuple[ItemSeen, ...]
    photos: tuple[PhotoOfLook, ...]
    reason: str
    settles: bool
    others: tuple[LookAt, ...]


class LookDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A look with its lines, nobody named but by pseudonym who went there. `mute`, it ended
    without a verdict of its own: others settled what it was to ask, or the desk left it.
    """

    row: ReinspectionFound
    notice: str
    notice_number: str
    store: StoreLabel
    lines: tuple[LineLook, ...]
    received_at: datetime | None
    can_settle: bool
    can_cancel: bool
    mute: bool


async def look_detail(actor: Actor, look: str) -> LookDetail:
    """A look for whoever verifies. Raises NotFound."""
    row = await reached_look(actor, Action.RECTIFICATION_READ, look)
    sent = await reinspection_sendings.sending_of(look)
    seen = _Seen(
        look=look,
        at=seen_at(sent),
        answers=_answers(sent.body) if sent else {},
        photos=_placed(await reinspection_sendings.photos_of(look)),
    )
    lines = await rectification_lines.lines_looked_at(look)
    marked = await reinspections.lines_of(look)
    verify = may(actor, Action.RECTIFICATION_VERIFY, Place(region_path=row.region_path))
    names = await map_of([row.region_path])
    # Of a notice that was amended only the lines that were carried on have one that counts.
    counts = min(lines, key=lambda line: line.notice_state in COUNTS_NO_MORE)
    return LookDetail(
        row=row,
        notice=counts.notice,
        notice_number=counts.notice_number or "",
        store=names.store(row.store_code, row.store_name, row.store_kind, row.region_path),
        lines=tuple([await _line(line, seen) for line in lines]),
        received_at=sent.received_at if sent else None,
        can_settle=verify and reinspection.allowed(row.state, ReinspectionMove.SETTLE),
        can_cancel=verify and reinspection.allowed(row.state, ReinspectionMove.CANCEL),
        mute=bool(row.ended_at and not row.why) and not any(one.verdict for one in marked),
    )


async def look_photo(tools: Tools, actor: Actor, look: str, k: int) -> bytes:
    """The clean copy of a look's k-th photo, for the desk. Raises NotFound."""
    await reached_look(actor, Action.RECTIFICATION_READ, look)
    photos = await reinspection_sendings.photos_of(look)
    found = photos[k - 1] if 1 <= k <= len(photos) else None
    return await _copy(tools, found.print_sha256 if found else None)


async def verdict_photo(tools: Tools, actor: Actor, verdict: str, k: int) -> bytes:
    """The k-th approved photo of a verdict, for its store and the desk. Raises NotFound."""
    line = await rectification_replies.line_of_verdict(verdict)
    row = await reached_line(actor, Action.NOTICE_READ, line or "")
    photos = await reinspection_sendings.shown_with(verdict, row.items())
    return await _copy(tools, photos[k - 1] if 1 <= k <= len(photos) else None)


async def reply_seen(tools: Tools, actor: Actor, look: str, number: int, k: int) -> bytes:
    """The k-th photo of the reply that was returned, for the inspector who is sent to look. Raises
    NotFound for somebody else's.
    """
    found = await reinspection_sendings.asked_for(look)
    if found is None or found.inspector != actor.account:
        raise NotFound(noun="reinspection")
    for row in await rectification_lines.lines_looked_at(look):
        if row.number == number:
            return await _reply_photo(tools, row.id, k)
    raise NotFound(noun="photo")


async def _reply_photo(tools: Tools, line: str, k: int) -> bytes:
    last = await rectification_replies.last_attempt(line)
    for photo in await rectification_replies.photos_of(line):
        if last is not None and (photo.reply, photo.position) == (last.id, k):
            return await _copy(tools, photo.evidence_sha256)
    raise NotFound(noun="photo")


async def _copy(tools: Tools, digest: str | None) -> bytes:
    if digest is None:
        raise NotFound(noun="photo")
    return await tools.photos.get(digest)


def _answers(body: str) -> dict[str, Answer]:
    return {answer.item: answer for answer in msgspec.json.decode(body, type=VisitBody).answers}


def _placed(photos: tuple[SeenPhoto, ...]) -> dict[str, list[PhotoOfLook]]:
    found: dict[str, list[PhotoOfLook]] = {}
    for k, photo in enumerate(photos, start=1):
        ready = photo.state == PhotoState.CLEAN
        one = PhotoOfLook(
            k=k, ready=ready, refused=photo.state == PhotoState.REFUSED, shown=photo.shown
        )
        found.setdefault(photo.item, []).append(one)
    return found


class _Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a look, item by item, and when the inspector was done there."""

    look: str
    at: datetime | None
    answers: dict[str, Answer]
    photos: dict[str, list[PhotoOfLook]]


async def _line(row: LineRow, came: _Seen) -> LineLook:
    rubric = await rubric_of(row.rubric_version)
    given = [came.answers.get(code) for code in row.items()]
    found = reinspection.finding(answer.verdict if answer else None for answer in given)
    return LineLook(
        id=row.id,
        number=row.number,
        title=_item(rubric, row.item).title,
        state=row.state,
        problem=row.problem,
        requirement=row.requirement,
        finding=found,
        seen=tuple(_seen(row, _item(rubric, answer.item), answer) for answer in given if answer),
        photos=tuple(photo for code in row.items() for photo in came.photos.get(code, ())),
        reason=say(Language(said_in(row).language), "reinspection.passed_words")
        if found == "passed"
        else _proposed(row, rubric, [answer for answer in given if answer]),
        settles=awaits_recheck(row) and not await is_over(row, came.at),
        others=tuple(
            each
            for each in await reinspections.looks_at(row.id)
            if each.id != came.look and each.state is not ReinspectionState.CANCELLED
        ),
    )


def _item(rubric: Rubric, code: str) -> Item:
    return next(item for item in rubric.items() if item.code == code)


def _seen(row: LineRow, item: Item, answer: Answer) -> ItemSeen:
    lost = answer.verdict == "loss"
    text = _words(row, item, answer, noted=True) if lost else answer.reason or answer.note
    return ItemSeen(item=item.code, title=item.title, verdict=answer.verdict, text=text)


def _proposed(row: LineRow, rubric: Rubric, answers: list[Answer]) -> str:
    lost = [answer for answer in answers if answer.verdict == "loss"]
    said = [_words(row, _item(rubric, answer.item), answer, noted=False) for answer in lost]
    return " ".join(said)


def _words(row: LineRow, item: Item, answer: Answer, *, noted: bool) -> str:
    language = said_in(row).language
    return problem(item, answer, language, catalogue(Language(language)), noted=noted)
