"""One table of a rubric file, read field by field: what cannot be used is a fault, not an end."""

from collections.abc import Mapping
from typing import Literal, TypeVar

from inspection.domain.points import ZERO, Hundredths, parse
from inspection.domain.rubrics.rubric import Text
from inspection.domain.rubrics.rubric_faults import FaultList
from inspection.domain.rubrics.rubric_places import Path

LONGEST_TEXT = 300
NO_TEXT = Text("", "")

Kind = Literal["text", "whole", "flag", "table", "tables", "texts"]
_KINDS: dict[Kind, type] = {
    "text": str,
    "whole": int,
    "flag": bool,
    "table": dict,
    "tables": list,
    "texts": list,
}

Word = TypeVar("Word", bound=str)


class Table:
    """Reads the fields of one table; what no method asked for is reported by `close`."""

    def __init__(self, values: Mapping[str, object], path: Path, faults: FaultList) -> None:
        self.path = path
        self.faults = faults
        self._values = values
        self._asked: set[str] = set()

    def at(self, field: str) -> Path:
        """The path of a field."""
        return (*self.path, field)

    def has(self, field: str) -> bool:
        """Whether the file says anything here; the field is known from now on."""
        self._asked.add(field)
        return field in self._values

    def text(self, field: str) -> str:
        """A line of text, not empty."""
        value = self._value(field, "text")
        if isinstance(value, str) and self._printable(self.at(field), value):
            return value
        return ""

    def optional_text(self, field: str) -> str:
        """A line of text, or "" when the file says nothing."""
        return self.text(field) if self.has(field) else ""

    def wording(self, field: str) -> Text:
        """A text in both languages."""
        table = self.table(field)
        if table is None:
            return NO_TEXT
        words = Text(table.translation("zh"), table.translation("en"))
        table.close()
        return words

    def translation(self, language: str) -> str:
        """One language of a wording; a missing one has a fault of its own."""
        if not self.has(language):
            self.faults.reject(self.at(language), "translation_missing", lang=language)
            return ""
        return self.text(language)

    def points(self, field: str) -> Hundredths:
        """Points, a share or a factor, written as quoted text."""
        value = self._value(field, "text")
        if not isinstance(value, str):
            return ZERO
        try:
            return parse(value)
        except ValueError:
            self.faults.reject(self.at(field), "points_malformed", field=field, value=value)
            return ZERO

    def whole(self, field: str) -> int:
        """A whole number, not in quotes."""
        value = self._value(field, "whole")
        return value if isinstance(value, int) else 0

    def flag(self, field: str) -> bool:
        """`true` or `false`; false when the file says nothing."""
        return self.has(field) and self._value(field, "flag") is True

    def word(self, field: str, words: tuple[Word, ...]) -> Word:
        """One of a few words."""
        value = self._value(field, "text")
        for word in words:
            if value == word:
                return word
        if isinstance(value, str):
            choice = ", ".join(words)
            self.faults.reject(self.at(field), "word_unknown", value=value, choice=choice)
        return words[0]

    def table(self, field: str) -> "Table | None":
        """A table inside this one, or None with a fault."""
        value = self._value(field, "table")
        return Table(value, self.at(field), self.faults) if isinstance(value, dict) else None

    def texts(self, field: str) -> tuple[str, ...]:
        """An array of texts with at least one in it; what is no text is a fault."""
        value = self._value(field, "texts")
        if not isinstance(value, list):
            return ()
        if not value:
            self.faults.reject(self.at(field), "list_empty", field=field)
        for index, element in enumerate(value):
            if not isinstance(element, str):
                self.faults.reject((*self.at(field), index), "kind_wrong", field=field, kind="text")
        return tuple(element for element in value if isinstance(element, str))

    def tables(self, field: str) -> "list[Table]":
        """An array of tables with at least one in it."""
        value = self._value(field, "tables")
        if not isinstance(value, list):
            return []
        if not value:
            self.faults.reject(self.at(field), "list_empty", field=field)
        found: list[Table] = []
        for index, element in enumerate(value):
            path = (*self.at(field), index)
            if isinstance(element, dict):
                found.append(Table(element, path, self.faults))
            else:
                self.faults.reject(path, "kind_wrong", field=field, kind="table")
        return found

    def close(self) -> None:
        """Report every field nobody asked for."""
        for field in self._values:
            if field not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.faults.add(self.at(field), "field_unknown", field=field, known=known)

    def _value(self, field: str, kind: Kind) -> object:
        self._asked.add(field)
        if field not in self._values:
            self.faults.reject(self.at(field), "field_missing", field=field)
            return None
        value = self._values[field]
        # In TOML true is no number, though Python would let it pass for one.
        if type(value) is not _KINDS[kind]:
            self.faults.reject(self.at(field), "kind_wrong", field=field, kind=kind)
            return None
        return value

    def _printable(self, path: Path, value: str) -> bool:
        if not value.strip():
            self.faults.reject(path, "text_empty", field=path[-1])
        elif not value.isprintable():
            self.faults.reject(path, "text_unprintable", field=path[-1])
        elif len(value) > LONGEST_TEXT:
            facts = {"length": len(value), "most": LONGEST_TEXT}
            self.faults.reject(path, "text_too_long", field=path[-1], **facts)
        else:
            return True
        return False
