"""Sentences by key, read once from `locale/`; both catalogues have the same keys."""

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

LOCALE = Path(__file__).resolve().parent / "locale"

COUNTED = re.compile(r"\{(\w+):([^{}|]*)\|([^{}|]*)\}")
"""`{n:problem|problems}` in a sentence: the first word beside exactly one, else the other."""


class Language(StrEnum):
    """The two languages every screen, document and message speaks."""

    ZH = "zh-CN"
    EN = "en"

    @property
    def folder(self) -> str:
        """Name of the catalogue folder."""
        return self.value.replace("-", "_")


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """All sentences of one language. A key in two files is a fault found at start-up."""
    found: dict[str, str] = {}
    for path in sorted((LOCALE / language.folder).glob("*.toml")):
        sentences = tomllib.loads(path.read_text(encoding="utf-8"))
        for key, sentence in _flat(sentences):
            if key in found:
                msg = f"{path.name}: {key} is already worded in another file"
                raise ValueError(msg)
            found[key] = sentence
    return MappingProxyType(found)


def say(language: Language, key: str, /, **facts: object) -> str:
    """One sentence with its facts filled in. Raises KeyError for a key nobody worded."""
    return counted(catalogue(language)[key], facts).format(**facts)


def counted(sentence: str, facts: Mapping[str, object]) -> str:
    """The sentence with its words in the number of its facts, which are still to be filled in."""
    if "|" not in sentence:
        return sentence
    return COUNTED.sub(lambda m: m[2] if str(facts.get(m[1])) == "1" else m[3], sentence)


def _flat(table: Mapping[str, object], above: str = "") -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for name, value in table.items():
        key = f"{above}{name}"
        if isinstance(value, Mapping):
            flat += _flat(value, f"{key}.")
        else:
            flat.append((key, str(value)))
    return flat
