"""The cards of a re-score as a file: what a dry run would change, and what became of it."""

import msgspec

from inspection.domain.access import Actor
from inspection.domain.listing import LARGEST_PAGE, ListAsked
from inspection.domain.points import Hundredths
from inspection.domain.rescores.rescore import Change
from inspection.domain.rescores.rescore_run import Fate, RescoreState
from inspection.domain.rubrics.rubric import Text
from inspection.domain.table import Row
from inspection.persistence.rescores.rescore_lists import LineListed, RescoreListed
from inspection.services.exports import Export, Page, every_page, headings_of, pages_of, points
from inspection.services.rescores.rescore_views import (
    CardShown,
    MisfitShown,
    card_page,
    rescore_page,
)
from inspection.services.rescores.rescores import reached
from inspection.wording import Language, catalogue, say

_CARD = ("store_code", "store", "region", "change", "old_score", "new_score", "difference")
_JUDGED = ("old_outcome", "new_outcome", "old_band", "new_band", "old_place", "new_place")
_MORE = ("misfits", "remarks")
_RESCORE = (
    "round",
    "round_name",
    "rubric_code",
    "from_version",
    "to_version",
    "cards",
    "changed",
    "mean",
    "reason",
    "asked_by",
    "asked_at",
    "state",
)
_FATES = {Fate.GONE: "rescore.gone", Fate.LOCKED: "rescore.left_locked"}


def card_export(
    actor: Actor, rescore: str, shown: str, asked: ListAsked, language: Language
) -> Export:
    """The cards of the part that is shown; none before the dry run is over."""

    async def read(cursor: str) -> Page:
        if not (await reached(actor, rescore)).digest:
            return (), None
        page = msgspec.structs.replace(asked, cursor=cursor, size=LARGEST_PAGE)
        found = await card_page(actor, rescore, shown, page)
        return (_card(card, language) for card in found.rows), found.next_cursor

    return Export(
        noun="rescore",
        name="rescore",
        title=say(language, "nav.rescores"),
        headings=headings_of((*_CARD, *_JUDGED, *_MORE), language),
        pages=every_page(read),
    )


def rescore_export(actor: Actor, asked: ListAsked, language: Language) -> Export:
    """The re-scores of the list."""
    pages = pages_of(asked, lambda page: rescore_page(actor, page), _rescore, language)
    return Export(
        noun="rescore",
        name="rescores",
        title=say(language, "nav.rescores"),
        headings=headings_of(_RESCORE, language),
        pages=pages,
    )


def _rescore(row: RescoreListed, language: Language) -> Row:
    tried = row.state is not RescoreState.TRYING
    return (
        row.round_code,
        Text(row.round_zh, row.round_en).of(language),
        row.rubric_code,
        row.from_number,
        row.to_number,
        row.cards if tried else None,
        row.changed if tried else None,
        points(row.mean),
        row.reason,
        row.asked_name,
        row.asked_at,
        say(language, f"rescore_state.{row.state.value}"),
    )


def _card(card: CardShown, language: Language) -> Row:
    line = card.line
    return (
        line.store_code,
        line.store_name,
        card.branch.of(language),
        say(language, f"rescore.tab.{line.change.value}"),
        points(line.old_total),
        *_judged(card, language),
        "; ".join(_misfit(misfit, language) for misfit in card.misfits),
        "; ".join(_remarks(line, language)),
    )


def _judged(card: CardShown, language: Language) -> Row:
    """What the versions make of it; a card that cannot be judged keeps what it had."""
    line, words = card.line, catalogue(language)
    stuck = line.change is Change.STUCK
    return (
        None if stuck else points(line.new_total),
        None if stuck else points(Hundredths(line.difference)),
        words.get(f"rescore_outcome.{line.old_outcome}", ""),
        words.get(f"rescore_outcome.{line.new_outcome}", ""),
        _band(card.old_band, language),
        _band(card.new_band, language),
        line.old_rank,
        line.new_rank,
    )


def _band(band: Text | None, language: Language) -> str:
    return band.of(language) if band else ""


def _misfit(misfit: MisfitShown, language: Language) -> str:
    words = catalogue(language)
    why = words.get(f"rescore_why.{misfit.code}", words["rescore_why.other"])
    named = f"{misfit.item} {misfit.title.of(language) if misfit.title else ''}".strip()
    return f"{named}{words['rescore.colon']}{why}" if named else why


def _remarks(line: LineListed, language: Language) -> list[str]:
    said = {
        "rescore.late": line.late,
        "rescore.differs": line.differs and not line.late,
        "rescore.other_facts": line.other_facts,
        _FATES.get(line.fate, ""): line.fate in _FATES,
    }
    found = [say(language, key) for key, holds in said.items() if holds]
    if line.fate is Fate.WRITTEN:
        found.append(say(language, "rescore.revision", n=line.revision))
    if line.notice:
        found.append(_notice(line.notice, language))
    return found


def _notice(notice: str, language: Language) -> str:
    disagrees = notice == "disagrees"
    return say(language, "rescore.notice_disagrees" if disagrees else f"rescore_notice.{notice}")
