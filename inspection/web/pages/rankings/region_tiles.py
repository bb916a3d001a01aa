"""Regions as tiles of equal size, laid out roughly as they lie, so that no map is needed."""

from collections.abc import Sequence

import msgspec

from inspection.services.rankings.ranking_results import RegionAverage

# Column and row of each branch of Gansu by its GB/T 2260 code. A schematic, not a map.
LAYOUT = {
    "620900": (1, 1),
    "620200": (2, 1),
    "620700": (2, 2),
    "620300": (3, 2),
    "620600": (3, 3),
    "620400": (4, 3),
    "621000": (6, 3),
    "622900": (3, 4),
    "620100": (4, 4),
    "621100": (5, 4),
    "620800": (6, 4),
    "623000": (4, 5),
    "621200": (5, 5),
    "620500": (6, 5),
}


class Tile(msgspec.Struct, frozen=True):
    """A region with its place; column and row are 0 where regions simply follow each other."""

    region: RegionAverage
    column: int = 0
    row: int = 0


def tiles(averages: Sequence[RegionAverage]) -> tuple[Tile, ...]:
    """The regions in the schematic layout when it knows every one of them, else in their order."""
    if not all(average.region.code in LAYOUT for average in averages):
        return tuple(Tile(average) for average in averages)
    return tuple(Tile(average, *LAYOUT[average.region.code]) for average in averages)
