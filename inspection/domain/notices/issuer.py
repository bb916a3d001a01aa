"""Who issues papers for a part of the tree: name, letters, pattern of the numbers, seal."""

import msgspec

from inspection.domain.notices.notice_number import STANDARD, check_pattern
from inspection.domain.plain_text import plain
from inspection.domain.refusals import Fault

NAME, MARK, PATTERN = 40, 12, 60


class IssuingBody(msgspec.Struct, frozen=True, kw_only=True):
    """An issuer as its papers name it. `one_person` lets whoever drew a notice up sign it too;
    `seal` is the SHA-256 of the image printed over the date.
    """

    name: str
    mark: str
    pattern: str = STANDARD
    one_person: bool = False
    seal: str = ""


def body_faults(body: IssuingBody, endings: tuple[str, ...]) -> tuple[Fault, ...]:
    """Everything wrong with an issuer somebody typed. `endings` are what other kinds of paper add
    to the letters: an issuer whose own end so would draw another's numbers.
    """
    faults = [
        Fault(f"/{field}", "issuer.text_missing")
        for field in ("name", "mark")
        if not getattr(body, field)
    ]
    # The letters stand between the marks of the pattern: one that looks like them misleads.
    if any(sign in body.mark for sign in "{}〔〕|") or body.mark.endswith(endings):
        faults.append(Fault("/mark", "issuer.mark_refused"))
    return tuple(faults)


def cleaned(body: IssuingBody) -> IssuingBody:
    """The same in printable words. Refuses a pattern that does not give every paper a number."""
    pattern = plain(body.pattern, "pattern", PATTERN) or STANDARD
    check_pattern(pattern)
    return msgspec.structs.replace(
        body,
        name=plain(body.name, "name", NAME),
        mark=plain(body.mark, "mark", MARK),
        pattern=pattern,
    )
