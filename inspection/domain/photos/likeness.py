"""How like two photos are: 128 bits of each, made by `photo_pixels.py` of the services, and the
bands that find the near ones among very many.
"""

BANDS = 8
"""So many parts: photos that differ in fewer bits have one in common, and mostly those that differ
in some more.
"""

_BAND_BITS = 16


def distance(one: str, other: str) -> int:
    """How many bits differ. Both are 32 hexadecimal signs."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def slots(likeness: str) -> tuple[int, ...]:
    """Every band as one number that also says which band it is."""
    bits = int(likeness, 16)
    mask = (1 << _BAND_BITS) - 1
    return tuple(
        (band << _BAND_BITS) | ((bits >> (band * _BAND_BITS)) & mask) for band in range(BANDS)
    )
