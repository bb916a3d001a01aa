"""Faults of a rubric file: each with its place, its line and a stable code."""

import msgspec

from inspection.domain.rubrics.rubric_places import Path, Places, line_of, shown


class RubricFault(msgspec.Struct, frozen=True):
    """One fault. `place` is a path such as "sections[2].items[4].full"; facts fill the sentence."""

    place: str
    line: int
    code: str
    facts: dict[str, str] = {}
    column: int | None = None
    path: Path = ()


class FaultList:
    """Collects every fault of one file and remembers which values cannot be relied upon."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._found: list[RubricFault] = []
        self._broken: set[Path] = set()

    def add(self, path: Path, code: str, **facts: object) -> None:
        """Report a fault at a path."""
        texts = {name: str(fact) for name, fact in facts.items()}
        line = line_of(self._places, path)
        fault = RubricFault(shown(path), line, f"rubric.{code}", texts, path=path)
        self._found.append(fault)

    def reject(self, path: Path, code: str, **facts: object) -> None:
        """Report a fault that leaves no usable value at the path."""
        self._broken.add(path)
        self.add(path, code, **facts)

    def sound(self, *paths: Path) -> bool:
        """Whether all these values could be read, with everything in them."""
        return not any(
            broken[: len(path)] == path or path[: len(broken)] == broken
            for broken in self._broken
            for path in paths
        )

    def sorted(self) -> tuple[RubricFault, ...]:
        """All faults in the order of the file."""
        return tuple(sorted(self._found, key=lambda fault: (fault.line, fault.place, fault.code)))
