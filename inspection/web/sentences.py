"""Refusals and faults as sentences. A sentence nobody worded never hides the code."""

from collections.abc import Mapping

from inspection.wording import Language, catalogue, counted

_WORDS = ("noun", "state", "move", "role", "place")
"""Facts that are names of ours; `noun = "visit"` is said as the catalogue's `noun.visit`, and
a state as the screens of that noun say it, `visit_state.approved`, where they have a word.
"""


def sentence(language: Language, code: str, facts: Mapping[str, object]) -> str:
    """The sentence of a code with its facts. The code itself where the catalogue has none."""
    words = catalogue(language)
    noun = facts.get("noun")
    said = {name: _said(words, name, fact, noun) for name, fact in facts.items()}
    return counted(words.get(code, code), said).format_map(_Facts(said))


def edited(language: Language, code: str, facts: Mapping[str, object]) -> str:
    """A fault of a rubric for whoever edits it on a screen: what a file would need (quotes, names
    of fields) is said as the editor shows it, where that has words of its own.
    """
    words = catalogue(language)
    own = f"rubric_edited.{code.removeprefix('rubric.')}"
    said = dict(facts)
    if "field" in facts:
        field = facts["field"]
        said["field"] = words.get(f"rubric_field.{field}", field)
    return sentence(language, own if own in words else code, said)


def _said(words: Mapping[str, str], name: str, fact: object, noun: object) -> object:
    if name not in _WORDS:
        return fact
    own = words.get(f"{noun}_state.{fact}") if name == "state" else None
    return own or words.get(f"{name}.{fact}", fact)


class _Facts(dict[str, object]):
    """A fact the raiser forgot shows as a gap: half a sentence helps more than none."""

    def __missing__(self, _: str) -> str:
        return "…"
