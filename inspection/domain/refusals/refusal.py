"""What every expected failure is: a stable code, the sort of no, the facts of its sentence."""

from enum import Enum, auto
from typing import ClassVar


class Why(Enum):
    """What sort of no it is; the web room turns it into a status."""

    UNKNOWN_CALLER = auto()
    FORBIDDEN = auto()
    MISSING = auto()
    CONFLICT = auto()
    INVALID = auto()
    TOO_LARGE = auto()
    TOO_MANY = auto()
    TOO_SLOW = auto()
    MEDIA_TYPE = auto()
    METHOD = auto()
    BUSY = auto()


class Fault:
    """One place in a body that is wrong: JSON pointer, stable code, facts for its sentence."""

    __slots__ = ("code", "facts", "pointer")

    def __init__(self, pointer: str, code: str, **facts: object) -> None:
        self.pointer = pointer
        self.code = code
        self.facts = facts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fault) and (self.pointer, self.code, self.facts) == (
            other.pointer,
            other.code,
            other.facts,
        )

    def __hash__(self) -> int:
        return hash((self.pointer, self.code))

    def __repr__(self) -> str:
        return f"Fault({self.pointer!r}, {self.code!r}, {self.facts!r})"


class Refusal(Exception):
    """An expected no. `facts` fill the sentence's placeholders; `faults` list places in a body."""

    code: ClassVar[str]
    why: ClassVar[Why] = Why.CONFLICT

    def __init__(self, *, faults: tuple[Fault, ...] = (), **facts: object) -> None:
        super().__init__(self.code)
        self.facts = facts
        self.faults = faults
