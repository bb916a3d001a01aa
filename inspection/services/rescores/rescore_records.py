"""What a re-score leaves in the log, and how it ends."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from inspection.domain.org.region_path import depth
from inspection.domain.points import plain
from inspection.domain.rescores.rescore_run import Fate, RescoreMove, RescoreState, moved
from inspection.domain.scoring.scorecard import Scorecard
from inspection.persistence.audit import audit
from inspection.persistence.rescores import rescore_lines, rescores
from inspection.persistence.rescores.rescores import RescoreFound
from inspection.services.notices.notice_following import NOTHING, Followed
from inspection.services.rescores.rescore_judging import Judgement
from inspection.services.tools import Tools

WHOLE_TREE = 1
"""Depth of the path that every store is below."""


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """A card that was dealt with, its line, and what became of the notice."""

    judgement: Judgement
    line: str
    fate: Fate
    differs: bool
    followed: Followed = NOTHING

    @property
    def revision(self) -> int | None:
        """The revision written, if one was."""
        return self.judgement.row.revision + 1 if self.fate is Fate.WRITTEN else None


async def finish(tools: Tools, found: RescoreFound) -> None:
    """Nothing is left to write: the round plans by the new version, what waits is gone."""
    if found.state is RescoreState.CONFIRMED:
        found = msgspec.structs.replace(found, state=moved(found.state, "write"))
    repinned = _whole(found) and await rescores.repin_round(
        found.round, found.store_kind, found.from_version, found.to_version
    )
    await end(tools, found, "finish", Fate.GONE, repinned=repinned)


def _whole(found: RescoreFound) -> bool:
    """Whether all visits of the round were judged anew, not only those of one branch."""
    if found.round_path:
        return found.round_path.startswith(found.region_path)
    return depth(found.region_path) == WHOLE_TREE


async def end(
    tools: Tools,
    found: RescoreFound,
    move: RescoreMove,
    left: Fate,
    *,
    repinned: bool = False,
) -> None:
    """The re-score is over; `left` is what became of the cards that still wait."""
    now = tools.now()
    state = moved(found.state, move)
    await rescore_lines.give_up_waiting(found.id, left, now)
    await rescores.change_rescore(found.id, state=state.value, ended_at=now, done=found.steps)
    counts = await rescore_lines.count_fates(found.id)
    body: dict[str, object] = {"changes": {"state": [found.state.value, state.value]}}
    body |= {"round": found.round_code, **msgspec.structs.asdict(counts)}
    if repinned:
        body["changes"] = {
            "state": [found.state.value, state.value],
            "round_rubric": [found.from_version, found.to_version],
        }
    await audit.append(
        at=now,
        actor=found.confirmed_by or "",
        action=f"rescore.{move}",
        noun="rescore",
        noun_id=found.id,
        body=body,
    )


async def record(at: datetime, found: RescoreFound, settled: Iterable[Settled]) -> None:
    """Say what happened to each visit and notice, after everything else of the transaction."""
    for each in settled:
        if each.revision is not None and each.judgement.new.card is not None:
            await audit.append(
                at=at,
                actor=found.confirmed_by or "",
                action="visit.rescore",
                noun="visit",
                noun_id=each.judgement.row.visit,
                body=_told(found, each, each.judgement.new.card),
            )
        if each.followed.body:
            await audit.append(
                at=at,
                actor=found.confirmed_by or "",
                action=NOTICE_ACTIONS[each.followed.what],
                noun="notice",
                noun_id=each.followed.notice,
                body=each.followed.body,
            )


def _told(found: RescoreFound, settled: Settled, card: Scorecard) -> dict[str, object]:
    old, row = settled.judgement.old, settled.judgement.row
    fields = ("total", "lost", "outcome", "band", "rankable")
    changed: dict[str, object] = {
        name: [getattr(old, name), getattr(card, name)]
        for name in fields
        if getattr(old, name) != getattr(card, name)
    }
    changed["rubric_version"] = [found.from_version, found.to_version]
    return {
        "attempt": row.attempt,
        "revision": settled.revision,
        "version": found.to_number,
        "old": "" if old.total is None else plain(old.total),
        "new": "" if card.total is None else plain(card.total),
        "reason": found.reason,
        "rescore": found.id,
        "changes": changed,
    }


NOTICE_ACTIONS = {
    "drafted": "notice.draft",
    "followed": "notice.follow",
    "dropped": "notice.drop",
}
