"""The demo's invented words and Gansu's real regions, read from the files beside this one."""

import tomllib
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

HERE = Path(__file__).resolve().parent
T = TypeVar("T")


class Place(msgspec.Struct, frozen=True):
    """A region as the file lists it."""

    code: str
    zh: str
    en: str


class Branch(msgspec.Struct, frozen=True):
    """A branch (市州), about where its seat is, and its counties."""

    code: str
    zh: str
    en: str
    latitude_e6: int
    longitude_e6: int
    area_code: str
    counties: tuple[Place, ...]


class Regions(msgspec.Struct, frozen=True):
    """The province and its 14 branches."""

    province: Place
    branches: tuple[Branch, ...]


class Names(msgspec.Struct, frozen=True):
    """Parts of invented names."""

    roads: tuple[str, ...]
    ends: tuple[str, ...]
    surnames: tuple[str, ...]
    given: tuple[str, ...]
    covers: tuple[str, ...]


class Notes(msgspec.Struct, frozen=True):
    """A note and a picture for each item."""

    notes: dict[str, str]
    pictures: dict[str, str]

    def picture(self, item: str) -> str:
        """Name of the picture that goes with an item."""
        return self.pictures.get(item, self.pictures["default"])


@cache
def regions() -> Regions:
    """The branches and counties of Gansu."""
    return _read("regions.toml", Regions)


@cache
def names() -> Names:
    """Words for store and people names."""
    return _read("names.toml", Names)


@cache
def notes() -> Notes:
    """Words for findings."""
    return _read("notes.toml", Notes)


def _read(name: str, type_: type[T]) -> T:
    content = tomllib.loads((HERE / name).read_text(encoding="utf-8"))
    return msgspec.convert(content, type_)
