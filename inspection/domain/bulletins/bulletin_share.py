"""A part of a whole, as an issue says it."""

import msgspec


class Share(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a whole: printed as a percentage, always with both."""

    part: int
    whole: int

    @property
    def percent(self) -> str:
        """One decimal, rounded half up; nothing of nothing is a dash."""
        if not self.whole:
            return "—"
        permille = (2000 * self.part + self.whole) // (2 * self.whole)
        return f"{permille // 10}.{permille % 10}%"
