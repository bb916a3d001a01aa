"""What of an item a store is to read and see: a reviewer's words and choice, never what an
inspector noted unless a reviewer took it over.
"""

from collections.abc import Iterable, Mapping

import msgspec

from inspection.domain.plain_text import plain
from inspection.domain.refusals.releases import TextsRefused

LONGEST = 500


class ReleasedText(msgspec.Struct, frozen=True, kw_only=True):
    """The wording of an item for its store, and which photos go with it, by the SHA-256 they came
    with. No wording leaves the rubric's own.
    """

    item: str
    problem: str = ""
    photos: tuple[str, ...] = ()


def checked(
    texts: Iterable[ReleasedText], photos: Mapping[str, frozenset[str]]
) -> tuple[ReleasedText, ...]:
    """The texts as they are kept; `photos` are those an item may show. Raises TextsRefused for an
    item that is not there, or a photo that is not the item's, and what `plain` raises.
    """
    kept = tuple(_checked(text, photos) for text in texts)
    if len({text.item for text in kept}) < len(kept):
        raise TextsRefused
    return kept


def _checked(text: ReleasedText, photos: Mapping[str, frozenset[str]]) -> ReleasedText:
    if text.item not in photos or not photos[text.item].issuperset(text.photos):
        raise TextsRefused
    chosen = tuple(dict.fromkeys(text.photos))
    return msgspec.structs.replace(
        text, problem=plain(text.problem, "problem", LONGEST), photos=chosen
    )
