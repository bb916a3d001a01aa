"""What the pages of re-scores show: the list, the choices for a new one, one with its cards."""

import msgspec

from inspection.domain.access import Action, Actor, granted
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import NotFound
from inspection.domain.rescores.rescore import Misfit
from inspection.domain.rescores.rescore_run import AT_WORK, RescoreState, can
from inspection.domain.rounds.round import Round, RoundState
from inspection.domain.rubrics.rubric import Band, Item, Rubric, Text
from inspection.persistence import job_progress
from inspection.persistence.jobs import JobState
from inspection.persistence.rankings import ranked_rounds
from inspection.persistence.rescores import rescore_lines, rescore_lists, rescore_visits, rescores
from inspection.persistence.rescores.rescore_lines import FateCounts
from inspection.persistence.rescores.rescore_lists import SHOWN, LineListed, LinePage, RescorePage
from inspection.persistence.rescores.rescores import RescoreFound, VersionUse
from inspection.persistence.rubrics import rubrics
from inspection.persistence.rubrics.rubrics import VersionRow
from inspection.services.people.places import Map, map_of
from inspection.services.reach import scope_of
from inspection.services.rescores.rescore_trials import wanted_by
from inspection.services.rescores.rescores import reached
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.visit_admission import WITHDRAWN


class WorkProgress(msgspec.Struct, frozen=True):
    """Cards done of all."""

    done: int
    steps: int


class RescoreChoices(msgspec.Struct, frozen=True, kw_only=True):
    """What a new re-score can be about: the open rounds, those left alone, and in the round chosen
    the versions in use with the versions of the same rubrics to choose from.
    """

    rounds: tuple[Round, ...]
    locked: tuple[Round, ...]
    chosen: Round | None
    used: tuple[VersionUse, ...]
    versions: tuple[VersionRow, ...]


class MisfitShown(msgspec.Struct, frozen=True, kw_only=True):
    """Why a card cannot be judged: the item's code and title, and the code of the reason."""

    item: str
    title: Text | None
    code: str


class CardShown(msgspec.Struct, frozen=True, kw_only=True):
    """A card of a re-score as the page shows it."""

    line: LineListed
    branch: Text
    old_band: Text | None
    new_band: Text | None
    misfits: tuple[MisfitShown, ...]


class RescoreDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A re-score: where it is, what it comes to, what may be done. `late` and `gone` say how many
    visits came and went since the dry run, while it waits for a decision.
    """

    found: RescoreFound
    region: Text
    progress: WorkProgress | None
    fault: str
    fates: FateCounts
    late: int
    gone: int
    can_confirm: bool
    can_cancel: bool
    can_resume: bool


class CardPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a re-score's cards."""

    rows: tuple[CardShown, ...]
    total: int
    sort: str
    next_cursor: str | None


async def rescore_page(actor: Actor, asked: ListAsked) -> RescorePage:
    """A page of the re-scores in the caller's part of the tree."""
    return await rescore_lists.list_rescores(asked, scope_of(actor, Action.RESCORE_READ))


async def rescore_choices(actor: Actor, round_code: str) -> RescoreChoices:
    """What a new re-score can be about. Raises NotFound for a round that is not open."""
    scope = scope_of(actor, Action.RESCORE_RUN)
    rounds = await ranked_rounds.list_rounds(actor.region_path)
    opened = tuple(each for each in rounds if each.state is RoundState.OPEN)
    chosen = next((each for each in opened if round_code in {"", each.code}), None)
    if round_code and chosen is None:
        raise NotFound(noun="round")
    used = await rescores.versions_used(chosen.id, scope) if chosen else ()
    codes = {each.code for each in used}
    return RescoreChoices(
        rounds=opened,
        locked=tuple(each for each in rounds if each.state is RoundState.LOCKED),
        chosen=chosen,
        used=used,
        versions=tuple(
            version
            for version in await rubrics.list_versions()
            if version.code in codes and version.state != WITHDRAWN
        ),
    )


async def rescore_detail(actor: Actor, rescore: str) -> RescoreDetail:
    """One re-score as it stands. Raises NotFound."""
    found = await reached(actor, rescore)
    at_work = found.state in AT_WORK
    job = await job_progress.progress_of(found.job) if at_work else None
    dead = job is not None and job.state is JobState.DEAD
    waits = found.state is RescoreState.READY
    late, gone = await rescore_visits.left_behind(wanted_by(found), rescore) if waits else (0, 0)
    names = await map_of([found.region_path])
    may_run = granted(actor.role, Action.RESCORE_RUN)
    return RescoreDetail(
        found=found,
        region=names.name(found.region_path),
        progress=WorkProgress(found.done, found.steps) if at_work and not dead else None,
        fault=job.fault if job is not None and dead else "",
        fates=await rescore_lines.count_fates(rescore),
        late=late,
        gone=gone,
        can_confirm=may_run and can(found.state, "confirm"),
        can_cancel=may_run and can(found.state, "cancel"),
        can_resume=may_run and dead,
    )


async def card_page(actor: Actor, rescore: str, shown: str, asked: ListAsked) -> CardPage:
    """A page of the cards of a re-score. Raises NotFound."""
    found = await reached(actor, rescore)
    listed = await rescore_lists.list_lines(asked, rescore, shown if shown in SHOWN else "all")
    before, after = await rubric_of(found.from_version), await rubric_of(found.to_version)
    names = await map_of(row.region_path for row in listed.rows)
    return _cards(listed, names, before, after)


def _cards(listed: LinePage, names: Map, before: Rubric, after: Rubric) -> CardPage:
    items = {item.code: item for version in (before, after) for item in version.items()}
    bands = (_bands(before), _bands(after))
    return CardPage(
        rows=tuple(_card(row, names, items, bands) for row in listed.rows),
        total=listed.total,
        sort=listed.sort,
        next_cursor=listed.next_cursor,
    )


def _bands(rubric: Rubric) -> dict[str, Band]:
    return {band.code: band for band in rubric.bands}


def _card(
    row: LineListed,
    names: Map,
    items: dict[str, Item],
    bands: tuple[dict[str, Band], dict[str, Band]],
) -> CardShown:
    before, after = bands
    return CardShown(
        line=row,
        branch=names.name(row.region_path),
        old_band=before[row.old_band].title if row.old_band in before else None,
        new_band=after[row.new_band].title if row.new_band in after else None,
        misfits=tuple(
            MisfitShown(
                item=misfit.item,
                title=items[misfit.item].title if misfit.item in items else None,
                code=misfit.code,
            )
            for misfit in msgspec.json.decode(row.why, type=tuple[Misfit, ...])
        ),
    )
