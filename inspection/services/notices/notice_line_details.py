"""The lines of a notice as the staff sees them."""

from itertools import accumulate

from inspection.domain.refusals import CardUnpublishable
from inspection.domain.rubrics.rubric import Rubric
from inspection.persistence.notices.notices import NoticeLineRow
from inspection.services.notices.notice_results import LineItem, NamedPhoto, NoticeLineDetail


def line_details(
    rubric: Rubric, rows: tuple[NoticeLineRow, ...], offered: dict[int, tuple[int, ...]]
) -> tuple[NoticeLineDetail, ...]:
    """The lines in their order, figures counted through the whole notice. Raises
    CardUnpublishable for an item its rubric does not have.
    """
    counts = [len(row.published_photos()) for row in rows]
    before = accumulate(counts, initial=1)
    return tuple(
        _line(rubric, row, first, offered[row.number])
        for row, first in zip(rows, before, strict=False)
    )


def _line(
    rubric: Rubric, row: NoticeLineRow, first: int, offered: tuple[int, ...]
) -> NoticeLineDetail:
    items = [item for code in row.items() if (item := rubric.item(code))]
    section = next((s for s in rubric.sections if s.code == row.section), None)
    if len(items) < len(row.items()) or section is None:
        raise CardUnpublishable
    item = items[0]
    return NoticeLineDetail(
        id=row.id,
        state=row.state,
        number=row.number,
        item=row.item,
        title=item.title,
        others=tuple(LineItem(each.code, each.title) for each in items[1:]),
        section=section.title,
        standard=item.standard,
        severity=row.severity,
        lost=row.lost,
        problem=row.problem,
        requirement=row.requirement,
        responsible=row.responsible,
        hours=row.hours,
        hours_kind=row.hours_kind,
        offered=offered,
        due_at=row.due_at,
        photos=_photos(row, first),
    )


def _photos(row: NoticeLineRow, first: int) -> tuple[NamedPhoto, ...]:
    return tuple(
        NamedPhoto(k=k, sha256=photo.sha256, figure=first + k - 1, caption=photo.caption)
        for k, photo in enumerate(row.published_photos(), 1)
    )
