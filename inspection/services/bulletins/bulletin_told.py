"""What an issue tells in words others wrote: the case of the issue, and the dearest losses."""

from inspection.domain.access import Action, Actor
from inspection.domain.bulletins.bulletin_ranking import Exposed
from inspection.domain.bulletins.bulletin_snapshot import CasePart
from inspection.domain.listing import ListAsked
from inspection.domain.org.region_path import branch_of, depth
from inspection.domain.refusals import NotFound
from inspection.domain.refusals.bulletins import BulletinCaseGone
from inspection.domain.rubrics.rubric import Item, Text
from inspection.persistence.bulletins import bulletin_figures
from inspection.persistence.bulletins.bulletins import BulletinRow
from inspection.persistence.people.places import Scope
from inspection.persistence.rectifications import solved_cases
from inspection.persistence.rectifications.solved_cases import CasesWanted
from inspection.services.bulletins.bulletin_access import reached, said_in
from inspection.services.people.places import map_of
from inspection.services.rankings.ranking_lists import ranking_of
from inspection.services.rectifications.cases import Side, ToldCase, case_list
from inspection.services.tools import Tools
from inspection.services.visits.published_visits import LANGUAGE
from inspection.wording import say

MOST_EXPOSED = 6
MOST_CASES = 50


async def exposed_in(actor: Actor, row: BulletinRow, kind: str) -> tuple[Exposed, ...]:
    """The dearest lines of the notices in force of a kind, in the words their stores were given.
    What a store appeals against is not among them.
    """
    of = await ranking_of(actor, row.round_code or "", kind, row.region_path)
    scope = Scope(row.region_path, within=actor.region_path)
    lines = await bulletin_figures.dearest(scope, of.round.id, kind, MOST_EXPOSED)
    names = await map_of(line.region_path for line in lines)
    items = {item.code: item for item in of.rubric.items()}
    inside = depth(row.region_path) == 1
    return tuple(
        Exposed(
            name="" if row.hide_worst else line.store_name,
            region=names.name(branch_of(line.region_path) if inside else line.region_path).of(
                LANGUAGE.value
            ),
            item=_title(items.get(line.item), line.item),
            problem=line.problem,
            lost=line.lost,
        )
        for line in lines
    )


async def case_in(row: BulletinRow) -> CasePart | None:
    """The case that was chosen, without the store's name; None when it left the library."""
    found = await solved_cases.find_case(row.solved_case) if row.solved_case else None
    if found is None:
        return None
    return CasePart(
        title=found.title_zh,
        section=found.section_zh,
        store_kind=say(LANGUAGE, f"paper.store_kind.{found.store_kind}"),
        problem=found.problem,
        cause=found.cause,
        measure=found.measure,
        prevention=found.prevention,
        hours_taken=found.hours_taken,
        before=found.before_sha256,
        after=found.after_sha256,
    )


async def check_case(case: str) -> None:
    """Raises BulletinCaseGone for one that is not in the library."""
    if case and await solved_cases.find_case(case) is None:
        raise BulletinCaseGone


async def cases_to_choose(actor: Actor) -> tuple[ToldCase, ...]:
    """The latest cases of the library."""
    return (await case_list(actor, CasesWanted(asked=ListAsked(size=MOST_CASES)))).rows


async def bulletin_photo(tools: Tools, actor: Actor, bulletin: str, side: Side) -> bytes:
    """The clean copy of a photo of the case. Raises NotFound."""
    row = await reached(actor, Action.BULLETIN_READ, bulletin)
    said = said_in(row)
    case = said.case if said else await case_in(row)
    if case is None:
        raise NotFound(noun="photo")
    return await tools.photos.get(case.before if side == "before" else case.after)


def _title(item: Item | None, code: str) -> str:
    return (item.title if item else Text(code, code)).of(LANGUAGE.value)
