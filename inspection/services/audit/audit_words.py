"""The log in words: what its fields and values are called, on the page and in files alike."""

import msgspec

from inspection.wording import Language, catalogue

_JSON = msgspec.json.Encoder()

_SAID_BY = {"channel": "delivery_way", "source": "correction_source"}
"""Where the words for the values of a field are, if not with the field's own noun."""


def noun_words(language: Language) -> tuple[tuple[str, str], ...]:
    """Every noun the log may speak of with its word, in the order of the words."""
    section = "audit_noun."
    found = {k.removeprefix(section): v for k, v in catalogue(language).items() if section in k}
    return tuple(sorted(found.items(), key=lambda each: each[1].lower()))


def field_words(language: Language, field: str) -> str:
    """What a field is called, or its own name while nobody worded it."""
    words = catalogue(language)
    return words.get(f"audit_field.{field}") or words.get(f"field.{field}") or field


def value_words(language: Language, value: object, noun: str = "", field: str = "") -> str:
    """A value as people say it where that field of that noun is shown; of things made of parts the
    JSON.
    """
    words = catalogue(language)
    if value is None or value in ("", []):
        return words["audit.nothing"]
    if isinstance(value, bool):
        return words["audit_value.true" if value else "audit_value.false"]
    if isinstance(value, list) and all(f"{noun}_section.{each}" in words for each in value):
        return " · ".join(words[f"{noun}_section.{each}"] for each in value)
    if field == "state" and isinstance(value, list):
        return " → ".join(value_words(language, each, noun, field) for each in value)
    if not isinstance(value, str):
        return _JSON.encode(value).decode()
    keys = (
        f"{noun}_{field}.{value}",
        f"{noun}.{field}.{value}",
        f"{_SAID_BY.get(field, f'audit_value.{field}')}.{value}",
        f"{noun}_state.{value}",
        f"role.{value}",
        f"audit_value.{value}",
    )
    return next((words[key] for key in keys if key in words), value)
