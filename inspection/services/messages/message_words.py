"""What a message says, in the language of whoever reads it."""

from datetime import datetime

import msgspec

from inspection.domain.deadline import at_hour
from inspection.domain.messages.message import RULES, TIMES, TWINS, WORDS, MessageKind
from inspection.wording import Language, catalogue, say


class Worded(msgspec.Struct, frozen=True):
    """A message in words."""

    title: str
    body: str


def worded(kind: MessageKind, facts: str, language: Language) -> Worded:
    """The words of a message whose facts are this JSON."""
    said = _facts(msgspec.json.decode(facts, type=dict[str, str | int]), language)
    return Worded(
        title=say(language, f"message.{kind.value}.title"),
        body=say(language, f"message.{kind.value}.body", **said),
    )


def discreetly(kind: MessageKind, facts: str, language: Language) -> Worded:
    """The same as it may leave the house: of what somebody's work would give away, nothing."""
    if RULES[kind].discreet:
        return Worded(title=say(language, "push.title"), body=say(language, "push.body"))
    return worded(kind, facts, language)


def _facts(facts: dict[str, str | int], language: Language) -> dict[str, object]:
    twins = TWINS if language is Language.EN else {}
    # What was told before names had twins is said by the only name it has.
    named = facts | {name: facts[twin] for name, twin in twins.items() if twin in facts}
    return {name: _fact(name, fact, language) for name, fact in named.items()}


def _fact(name: str, fact: str | int, language: Language) -> object:
    if name in TIMES:
        return at_hour(msgspec.convert(fact, datetime), catalogue(language))
    if name in WORDS:
        return say(language, f"message.word.{name}.{fact}")
    return fact
