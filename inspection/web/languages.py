"""In which language a caller is answered."""

from inspection.domain.access import Actor
from inspection.web.session import Connection, caller_of
from inspection.wording import Language

COOKIE = "mingcha_lang"
PARAMETER = "lang"


def language_of(connection: Connection, actor: Actor | None = None) -> Language:
    """What was asked for in the address, then the cookie of an earlier choice, then the account's
    language, then the browser's list, then Chinese. `actor` is a person known only since now.
    """
    caller = caller_of(connection)
    known = actor or (caller.actor if caller else None)
    chosen = (
        asked_language(connection),
        _named(connection.cookies.get(COOKIE)),
        _named(known.language) if known else None,
        _preferred(connection.headers.get("accept-language", "")),
    )
    return next((language for language in chosen if language), Language.ZH)


def other_language(connection: Connection) -> Language:
    """The one a caller is not answered in."""
    return Language.EN if language_of(connection) is Language.ZH else Language.ZH


def asked_language(connection: Connection) -> Language | None:
    """The language in the address (`?lang=en`), when there is one we speak."""
    return _named(connection.query_params.get(PARAMETER))


def _named(name: str | None) -> Language | None:
    """`en-GB` and `zh_Hans` are the languages they begin with."""
    if not name:
        return None
    spoken = {language.value[:2]: language for language in Language}
    return spoken.get(name[:2].lower())


def _preferred(listed: str) -> Language | None:
    """The first we speak of an Accept-Language list, by weight."""
    weighted = []
    for place, part in enumerate(listed.split(",")[:20]):
        name, _, weight = part.strip().partition(";q=")
        if language := _named(name):
            weighted.append((-_weight(weight), place, language))
    return min(weighted)[2] if weighted else None


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
