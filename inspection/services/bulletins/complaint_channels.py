"""What channels of complaints are called: the known ones in the reader's language, any other as it
was typed.
"""

from functools import cache

from inspection.wording import Language, catalogue, say

_STEM = "complaint_channel."


def channel_words(language: Language, typed: str) -> str:
    """The channel as the reader calls it."""
    key = _known().get(typed.casefold())
    return say(language, key) if key else typed


def spellings(typed: str) -> tuple[str, ...]:
    """Every way this channel may have been typed."""
    key = _known().get(typed.casefold())
    if not key:
        return (typed,)
    said = {say(language, key) for language in Language}
    return tuple(sorted({typed} | said | {each.lower() for each in said}))


@cache
def _known() -> dict[str, str]:
    """The key of each word of either language."""
    return {
        word.casefold(): key
        for language in Language
        for key, word in catalogue(language).items()
        if key.startswith(_STEM)
    }
