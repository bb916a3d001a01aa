"""What channels of complaints are called: the known ones in the reader's language, any other as it
was typed.
"""

from inspection.wording import Language, say

KNOWN = ("hotline", "hall", "online", "regulator")
"""Those with words of their own, by their keys."""


def channel_words(language: Language, typed: str) -> str:
    """The channel as the reader calls it."""
    key = _key_of(typed)
    return _said(language, key) if key else typed


def spellings(typed: str) -> tuple[str, ...]:
    """Every way this channel may have been typed."""
    key = _key_of(typed)
    said = {_said(language, key) for language in Language} if key else set()
    return tuple(sorted({typed} | said | {each.lower() for each in said}))


def _key_of(typed: str) -> str | None:
    word = typed.casefold()
    fitting = (k for k in KNOWN for each in Language if _said(each, k).casefold() == word)
    return next(fitting, None)


def _said(language: Language, key: str) -> str:
    return say(language, f"complaint_channel.{key}")
