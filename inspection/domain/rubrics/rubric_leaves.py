"""A document as its single values, each under a path that stays when its neighbours move."""

from collections.abc import Iterator
from typing import Any

from inspection.domain.rubrics.rubric_document import Document, text_in

Leaf = str | int | float | bool | None

MOST_CHANGES = 400
"""As many changed values as one event of the log names."""


def changed_leaves(old: Document, new: Document) -> dict[str, list[Leaf]]:
    """`{path: [old, new]}` for every value that differs; None where there was or is none. Parts of
    a list go by their code: "sections/KC-E/items/KC-E-01/full".
    """
    before, after = dict(leaves(old)), dict(leaves(new))
    paths = [path for path in {**before, **after} if before.get(path) != after.get(path)]
    return {path: [before.get(path), after.get(path)] for path in paths[:MOST_CHANGES]}


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Leaf]]:  # noqa: ANN401  any JSON
    """Every single value with its path."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{path}/{name}" if path else name)
    elif isinstance(value, list):
        for name, inner in _named(value):
            yield from leaves(inner, f"{path}/{name}")
    else:
        yield path, value


def _named(parts: list[Any]) -> Iterator[tuple[str, Any]]:
    """Each part under its code; one without a code, or with another's, under its place."""
    codes = [text_in(part, "code") if isinstance(part, dict) else "" for part in parts]
    for index, (code, part) in enumerate(zip(codes, parts, strict=True)):
        yield (code if code and codes.count(code) == 1 else str(index)), part
