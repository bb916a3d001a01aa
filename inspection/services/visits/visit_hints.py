"""The hints about a visit: raised when it is received, with their numbers when it is looked at."""

from collections.abc import Iterator, Sequence

from inspection.domain.visits.visit import VisitBody
from inspection.domain.visits.visit_flags import PHOTO_REUSED, PHOTO_SIMILAR, corrected
from inspection.domain.visits.visit_hints import Hint, Stay, hints_of, travel_hint
from inspection.persistence.photos import likenesses, visit_photos
from inspection.persistence.rounds import stays
from inspection.persistence.rounds.stays import Circumstances, VisitTimes


async def hints_about(body: VisitBody, inspector: str, store: str) -> tuple[Hint, ...]:
    """Everything odd about how a visit was made, photos apart."""
    times = VisitTimes(
        visit=body.visit,
        inspector=inspector,
        store=store,
        started_at=corrected(body.started_at, body.clock_offset_ms),
        ended_at=corrected(body.ended_at, body.clock_offset_ms),
    )
    around = await stays.circumstances(times)
    return (*hints_of(body, around.spot), *_travel(times, around))


async def photo_hints(photos: Sequence[str], visit: str) -> tuple[Hint, ...]:
    """Which photos were seen before: the very same, or nearly."""
    if not photos:
        return ()
    found = []
    if reused := await visit_photos.reused_elsewhere(photos, visit):
        found.append(Hint(PHOTO_REUSED, {"count": str(len(reused)), **reused[0]}))
    if seen := await likenesses.seen_elsewhere(photos, visit):
        facts = {"count": str(len({each.sha256 for each in seen})), "store": seen[0].store}
        facts["visit"] = seen[0].visit
        found.append(Hint(PHOTO_SIMILAR, facts | {"bits": str(seen[0].bits)}))
    return tuple(found)


def _travel(times: VisitTimes, around: Circumstances) -> Iterator[Hint]:
    if around.spot is None:
        return
    mine = Stay(started_at=times.started_at, ended_at=times.ended_at, spot=around.spot)
    if hint := travel_hint(mine, around.others):
        yield hint
