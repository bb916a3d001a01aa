"""What the names of files in addresses say: `1.jpg`, `2-1.jpg`; anything else is no file."""

from inspection.domain.refusals import NotFound

DIGITS = 4
"""Digits of a place or a revision: nobody has ten thousand photos in a line."""


def small_number(text: str) -> int | None:
    """The number these digits are; None for anything else, and for more digits than are needed."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None


def without_suffix(name: str, noun: str, suffix: str = "jpg") -> str:
    """What comes before `.jpg`. Raises NotFound for a file of any other kind."""
    stem, dot, end = name.rpartition(".")
    if not dot or end != suffix:
        raise NotFound(noun=noun)
    return stem


def place_in(name: str, noun: str = "photo", suffix: str = "jpg") -> int:
    """The place a file is named by: `1.jpg`. Raises NotFound."""
    place = small_number(without_suffix(name, noun, suffix))
    if place is None:
        raise NotFound(noun=noun)
    return place


def line_place_in(name: str) -> tuple[int, int]:
    """Line and place a photo is named by: `2-1.jpg`. Raises NotFound."""
    first, _, second = without_suffix(name, "photo").partition("-")
    line, place = small_number(first), small_number(second)
    if line is None or place is None:
        raise NotFound(noun="photo")
    return line, place
