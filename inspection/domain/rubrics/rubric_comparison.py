"""What is different between two rubrics, finished or not: sections and items matched by code."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.rubrics.rubric import Text
from inspection.domain.rubrics.rubric_document import Document, points_in, text_in, wording_in
from inspection.domain.rubrics.rubric_leaves import Leaf, changed_leaves
from inspection.domain.rubrics.rubric_order import out_of_order

_REASONS = ("options", "ticks", "bands")
"""Where a rule lists what marks are lost for."""


class Change(msgspec.Struct, frozen=True):
    """One value that differs; None where there was or is none."""

    path: str
    old: Leaf
    new: Leaf


class PartChange(msgspec.Struct, frozen=True, kw_only=True):
    """A section or an item that is new, gone, elsewhere or different. `was_in` and `is_in` are the
    codes of the sections of an item; a moved one may have stayed in its section.
    """

    code: str
    title: Text
    added: bool = False
    removed: bool = False
    moved: bool = False
    was_in: str = ""
    is_in: str = ""
    old_full: Hundredths | None = None
    new_full: Hundredths | None = None
    changes: tuple[Change, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether it stayed but says something else."""
        return bool(self.changes) and not (self.added or self.removed)


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is different, in the order of the newer rubric, what is gone last."""

    card: tuple[Change, ...]
    sections: tuple[PartChange, ...]
    items: tuple[PartChange, ...]
    reasons_added: int
    reasons_removed: int
    old_full: Hundredths | None
    new_full: Hundredths | None

    @property
    def same(self) -> bool:
        """Whether nothing is different."""
        return not (self.card or self.sections or self.items)

    def count(self, what: str) -> int:
        """How many items are `added`, `removed`, `moved` or `changed`."""
        return sum(bool(getattr(item, what)) for item in self.items)


class _Placed(msgspec.Struct, frozen=True):
    """A section or item with the section it is in."""

    part: Document
    section: str = ""


def compare(old: Document, new: Document) -> Comparison:
    """What the newer document says otherwise."""
    was, now = _sections(old), _sections(new)
    items_were, items_are = _items(was), _items(now)
    reasons_were, reasons_are = _reasons(items_were), _reasons(items_are)
    return Comparison(
        card=_changes(_without(old, "sections"), _without(new, "sections")),
        sections=_parts(was, now, "items"),
        items=_parts(items_were, items_are, ""),
        reasons_added=len(reasons_are - reasons_were),
        reasons_removed=len(reasons_were - reasons_are),
        old_full=points_in(old, "full"),
        new_full=points_in(new, "full"),
    )


def _parts(
    old: Mapping[str, _Placed], new: Mapping[str, _Placed], within: str
) -> tuple[PartChange, ...]:
    """The parts that differ, without looking at the list of parts in their field `within`."""
    moved = _moved(old, new)
    codes = [*new, *(code for code in old if code not in new)]
    found = (
        _part(code, (old.get(code), new.get(code)), within, moved=code in moved) for code in codes
    )
    return tuple(part for part in found if part is not None)


def _part(
    code: str, pair: tuple[_Placed | None, _Placed | None], within: str, *, moved: bool
) -> PartChange | None:
    old, new = pair
    was, now = (_without(each.part if each else {}, within) for each in pair)
    changes = _changes(was, now)
    if not changes and not moved:
        return None
    said = now or was
    return PartChange(
        code=text_in(said, "code") or code,
        title=Text(wording_in(said, "title", "zh"), wording_in(said, "title", "en")),
        added=old is None,
        removed=new is None,
        moved=moved,
        was_in=old.section if old else "",
        is_in=new.section if new else "",
        old_full=points_in(was, "full"),
        new_full=points_in(now, "full"),
        changes=changes if old and new else (),
    )


def _moved(old: Mapping[str, _Placed], new: Mapping[str, _Placed]) -> set[str]:
    """What is in another section, or comes before what it came after."""
    stayed = [code for code in new if code in old]
    elsewhere = {code for code in stayed if old[code].section != new[code].section}
    for section in {new[code].section for code in stayed}:
        here = [c for c in stayed if c not in elsewhere and new[c].section == section]
        places = {code: place for place, code in enumerate(old)}
        elsewhere |= out_of_order(here, places)
    return elsewhere


def _changes(old: Document, new: Document) -> tuple[Change, ...]:
    """What differs; the code of what is new or gone in a list is in its path already."""
    changed = changed_leaves(old, new).items()
    return tuple(Change(path, *pair) for path, pair in changed if not path.endswith("/code"))


def _sections(document: Document) -> dict[str, _Placed]:
    return _coded([(section, "") for section in _tables(document.get("sections"))])


def _items(sections: Mapping[str, _Placed]) -> dict[str, _Placed]:
    return _coded(
        [
            (item, code)
            for code, section in sections.items()
            for item in _tables(section.part.get("items"))
        ]
    )


def _coded(parts: Sequence[tuple[Document, str]]) -> dict[str, _Placed]:
    """The parts by their codes; by its place one that has none, or another's."""
    found: dict[str, _Placed] = {}
    for place, (part, section) in enumerate(parts):
        code = text_in(part, "code")
        found[code if code and code not in found else f"#{place + 1}"] = _Placed(part, section)
    return found


def _reasons(items: Mapping[str, _Placed]) -> set[tuple[str, str]]:
    """What marks are lost for: the code of the item, and of the option, the tick or the band."""
    found = set()
    for code, placed in items.items():
        rule = placed.part.get("rule")
        for field in _REASONS if isinstance(rule, dict) else ():
            options = _tables(rule.get(field) if isinstance(rule, dict) else None)
            found |= {(code, text_in(o, "code") or text_in(o, "above")) for o in options}
    return found


def _tables(value: Any) -> list[Document]:  # noqa: ANN401  any JSON
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _without(table: Document, field: str) -> Document:
    return {name: value for name, value in table.items() if name != field}
