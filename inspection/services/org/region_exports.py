"""The org tree as a file."""

from inspection.domain.access import Actor
from inspection.domain.table import Row
from inspection.services.exports import Export, Page, every_page, headings_of
from inspection.services.org.region_tree import RegionNode, region_tree
from inspection.wording import Language, say

_REGION = ("region_code", "region", "level", "state", "open_stores", "closed_stores")


def region_export(actor: Actor, words: str, language: Language) -> Export:
    """The nodes the tree shows for these words, each before those below it."""

    async def read(_: str) -> Page:
        nodes = await region_tree(actor, words)
        return (_node(node, language) for node in nodes), None

    return Export(
        noun="region",
        name="regions",
        title=say(language, "nav.regions"),
        headings=headings_of(_REGION, language),
        pages=every_page(read),
    )


def _node(node: RegionNode, language: Language) -> Row:
    return (
        node.code,
        node.name.of(language),
        say(language, f"level.{node.level}"),
        say(language, f"org_state.{node.state}"),
        node.opened,
        node.closed,
    )
