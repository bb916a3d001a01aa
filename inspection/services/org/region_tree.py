"""The org tree as a page shows it: every node with its stores, and one node with all about it."""

from collections.abc import Iterable

import msgspec

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.org.region import ABOVE, RegionState
from inspection.domain.org.region_path import depth, upwards
from inspection.domain.refusals import NotFound
from inspection.domain.rubrics.rubric import Text
from inspection.domain.version import version_of
from inspection.persistence.engine import read_tx
from inspection.persistence.org import kept_regions
from inspection.persistence.org.kept_regions import KeptRegion, StoreCount
from inspection.services.org.org_history import OrgEvent, history_of
from inspection.services.reach import check_reach, scope_of


class RegionNode(msgspec.Struct, frozen=True, kw_only=True):
    """A node with the stores at any depth below it. `depth` counts from the top of the reader's
    part of the tree.
    """

    code: str
    path: str
    level: str
    name: Text
    state: str
    depth: int
    opened: int = 0
    closed: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it is offered in forms."""
        return self.state == RegionState.OPEN


class RegionDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A node with what hangs right below it, where it may be moved, and what was done to it."""

    node: RegionNode
    above: tuple[RegionNode, ...]
    children: tuple[RegionNode, ...]
    parents: tuple[RegionNode, ...]
    version: str
    can_edit: bool
    history: tuple[OrgEvent, ...]


async def region_tree(actor: Actor, words: str = "") -> tuple[RegionNode, ...]:
    """The reader's part of the tree, each node before those below it, in order of the codes: all
    of it, or the nodes that hold every word with what is above them.
    """
    scope = scope_of(actor, Action.REGION_READ)
    async with read_tx():
        rows = await kept_regions.list_kept(scope)
        counts = await kept_regions.count_stores(scope)
    nodes = _nodes(rows, counts)
    found = {path for node in nodes if _holds(node, words) for path in upwards(node.path)}
    return tuple(node for node in nodes if node.path in found)


async def region_detail(actor: Actor, code: str) -> RegionDetail:
    """One node. Raises NotFound out of reach."""
    scope = scope_of(actor, Action.REGION_READ)
    async with read_tx():
        found = await kept_regions.find_kept(code)
        if found is None:
            raise NotFound(noun="region")
        place = Place(region_path=found.path)
        check_reach(actor, Action.REGION_READ, place, "region")
        nodes = _nodes(await kept_regions.list_kept(scope), await kept_regions.count_stores(scope))
        can_edit = may(actor, Action.REGION_EDIT, place)
        history = await history_of("region", found.id) if can_edit else ()
    by_path = {node.path: node for node in nodes}
    node = by_path[found.path]
    return RegionDetail(
        node=node,
        above=tuple(by_path[path] for path in upwards(found.path)[:-1] if path in by_path),
        children=tuple(each for each in nodes if _is_below(each, node)),
        parents=_parents(nodes, found) if can_edit else (),
        version=version_of(found),
        can_edit=can_edit,
        history=history,
    )


async def store_regions(actor: Actor) -> tuple[RegionNode, ...]:
    """The open regions a store may be put in by this person: counties and branches."""
    scope = scope_of(actor, Action.STORE_EDIT)
    async with read_tx():
        rows = await kept_regions.list_kept(scope)
    return tuple(node for node in _nodes(rows, ()) if node.is_open and node.level != "province")


def _nodes(rows: tuple[KeptRegion, ...], counts: Iterable[StoreCount]) -> tuple[RegionNode, ...]:
    opened: dict[str, int] = {}
    closed: dict[str, int] = {}
    for count in counts:
        for path in upwards(count.path):
            opened[path] = opened.get(path, 0) + count.opened
            closed[path] = closed.get(path, 0) + count.closed
    top = min((depth(row.path) for row in rows), default=1)
    return tuple(
        RegionNode(
            code=row.code,
            path=row.path,
            level=row.level,
            name=Text(row.name_zh, row.name_en),
            state=row.state,
            depth=depth(row.path) - top,
            opened=opened.get(row.path, 0),
            closed=closed.get(row.path, 0),
        )
        for row in rows
    )


def _holds(node: RegionNode, words: str) -> bool:
    said = f"{node.code} {node.name.zh} {node.name.en}".casefold()
    return all(word in said for word in words.casefold().split())


def _is_below(node: RegionNode, above: RegionNode) -> bool:
    return node.path.startswith(above.path) and node.depth == above.depth + 1


def _parents(nodes: tuple[RegionNode, ...], region: KeptRegion) -> tuple[RegionNode, ...]:
    """Where a county may be moved; other regions stay."""
    if region.level != "county":
        return ()
    return tuple(
        node
        for node in nodes
        if node.level == ABOVE["county"]
        and node.is_open
        and f"{node.path}{region.code}/" != region.path
    )
