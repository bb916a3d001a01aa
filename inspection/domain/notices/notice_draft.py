"""Scorecard, rubric and agreed lines become the snapshot of a notice.

Nothing here knows the inspector: the visit comes in as a `PublishedVisit`, which has no room for a
name, an hour or a device.
"""

from datetime import datetime, timedelta
from itertools import accumulate
from typing import TypedDict

import msgspec

from inspection.domain import deadline
from inspection.domain.notices.notice import (
    NoticeLine,
    NoticePhoto,
    NoticeSnapshot,
    NoticeStore,
    sealed,
)
from inspection.domain.notices.notice_letter import (
    NAME,
    TEXT,
    Letter,
    Words,
    addressee,
    compared,
    demands,
    disposals,
    signers,
)
from inspection.domain.notices.notice_line import DraftLine
from inspection.domain.notices.notice_score import figures, section_rows
from inspection.domain.plain_text import plain
from inspection.domain.points import total
from inspection.domain.refusals import Refusal, Why
from inspection.domain.rubrics.rubric import Item, Rubric, Section
from inspection.domain.scoring.scorecard import Scorecard
from inspection.domain.visits.published_visit import PublishedVisit
from inspection.domain.working_time import WorkCalendar, add_working_hours

CAPTION = 120


class LineUnknown(Refusal):
    """A line names an item the rubric does not have: `item`."""

    code = "notice.line_unknown"
    why = Why.INVALID


class Origin(TypedDict):
    """The fields of a snapshot that say whose visit it was and by which rules."""

    store: NoticeStore
    round_name: str
    round_code: str
    rubric_title: str
    rubric_edition: str
    visit_kind: str
    covert: bool
    visited: str
    basis: str


class Marks(TypedDict):
    """The fields of a snapshot that lead elsewhere, or prove it."""

    verify_url: str
    reply_url: str
    replaces: str
    seal: str


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """What the notice is about: the judgement, the rules it was made by and the lines agreed on."""

    scorecard: Scorecard
    rubric: Rubric
    visit: PublishedVisit
    lines: tuple[DraftLine, ...]
    calendar: WorkCalendar | None = None
    """By which hours of working time are counted."""


def draft(
    matter: Matter, letter: Letter, *, number: str, issued_at: datetime, words: Words
) -> NoticeSnapshot:
    """The whole notice, sealed. An empty `number` makes a preview."""
    lines = _lines(matter, letter.language, issued_at, words)
    due = [line.due_at for line in lines] or [issued_at + timedelta(days=7)]
    last_due = deadline.at_hour(max(due), words, beside=issued_at)
    snapshot = NoticeSnapshot(
        language=letter.language,
        number=number,
        title=plain(letter.title, "title", NAME) or words["paper.title"],
        issuer=plain(letter.issuer, "issuer", NAME),
        issued_at=issued_at,
        issued_on=deadline.on_day(issued_at, words),
        **_origin(matter, letter, words),
        **figures(matter.scorecard, matter.rubric, words),
        **compared(letter, words),
        sections=section_rows(matter.scorecard, matter.rubric, letter.language, words),
        lines=lines,
        first_due=deadline.at_hour(min(due), words, beside=issued_at),
        last_due=last_due,
        report_back_at=max(due),
        disposals=disposals(letter, words),
        demands=demands(letter, last_due, words),
        cc=plain(letter.cc, "cc", TEXT),
        signers=signers(letter, words),
        **_marks(letter),
    )
    return sealed(snapshot)


def visited(visit: PublishedVisit, words: Words) -> str:
    """The day if it may be told, else the week."""
    if visit.day is not None:
        return deadline.on_day(visit.day, words)
    return deadline.in_week(visit.year, visit.week, words)


def _lines(
    matter: Matter, language: str, issued_at: datetime, words: Words
) -> tuple[NoticeLine, ...]:
    before = accumulate((len(line.photos) for line in matter.lines), initial=1)
    return tuple(
        msgspec.structs.replace(
            _line(line, matter, language, issued_at, words),
            no=no,
            photos=_photos(line, first),
        )
        for no, (line, first) in enumerate(zip(matter.lines, before, strict=False), 1)
    )


def _line(
    line: DraftLine, matter: Matter, language: str, issued_at: datetime, words: Words
) -> NoticeLine:
    rubric, calendar = matter.rubric, matter.calendar
    section, _ = _place(rubric, line.item)
    items = tuple(_place(rubric, code)[1] for code in (line.item, *line.others))
    due_at = line.due_at or _due(line, calendar, issued_at)
    return NoticeLine(
        no=0,
        item=words["paper.finding.and"].join(item.code for item in items),
        item_title=words["paper.finding.and"].join(item.title.of(language) for item in items),
        section_title=section.title.of(language),
        severity=line.severity,
        severity_word=words[f"paper.severity.{line.severity}"],
        problem=plain(line.problem, "problem", TEXT),
        standard=" ".join(item.standard.of(language) for item in items),
        lost=total(-line.lost),
        lost_hundredths=line.lost,
        requirement=plain(line.requirement, "requirement", TEXT),
        responsible=plain(line.responsible, "responsible", NAME),
        hours=line.hours,
        allowed=deadline.allowed(line.hours, words, line.hours_kind),
        due_at=due_at,
        due=deadline.at_hour(due_at, words, beside=issued_at),
    )


def _due(line: DraftLine, calendar: WorkCalendar | None, issued_at: datetime) -> datetime:
    if line.hours_kind == "working" and calendar is not None:
        return add_working_hours(issued_at, line.hours, calendar)
    return deadline.due_at(issued_at, line.hours)


def _photos(line: DraftLine, first: int) -> tuple[NoticePhoto, ...]:
    return tuple(
        NoticePhoto(
            figure=figure, sha256=photo.sha256, caption=plain(photo.caption, "caption", CAPTION)
        )
        for figure, photo in enumerate(line.photos, first)
    )


def _place(rubric: Rubric, code: str) -> tuple[Section, Item]:
    for section in rubric.sections:
        for item in section.items:
            if item.code == code:
                return section, item
    raise LineUnknown(item=code)


def _marks(letter: Letter) -> Marks:
    return Marks(
        verify_url=letter.verify_url,
        reply_url=letter.reply_url,
        replaces=letter.replaces,
        seal=letter.seal,
    )


def _origin(matter: Matter, letter: Letter, words: Words) -> Origin:
    return Origin(
        store=addressee(letter.store),
        round_name=plain(letter.round_name, "round_name", NAME),
        round_code=plain(letter.round_code, "round_code", NAME),
        rubric_title=matter.rubric.title.of(letter.language),
        rubric_edition=matter.rubric.edition,
        visit_kind=words[f"paper.kind.{matter.visit.kind}"],
        covert=matter.visit.covert,
        visited=visited(matter.visit, words),
        basis=_basis(matter, letter, words),
    )


def _basis(matter: Matter, letter: Letter, words: Words) -> str:
    return words["paper.basis"].format(
        rubric=matter.rubric.title.of(letter.language),
        edition=matter.rubric.edition,
        round=plain(letter.round_name, "round_name", NAME),
        visited=visited(matter.visit, words),
        kind=words[f"paper.did.{matter.visit.kind}"],
    )
