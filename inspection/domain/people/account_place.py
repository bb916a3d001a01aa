"""Why an account cannot belong where it is said to."""

from inspection.domain.org.region import RegionState
from inspection.domain.refusals.refusal import Refusal, Why


class PlaceClosed(Refusal):
    """Nobody is given a place that is closed: `place` says whether a region or a store."""

    code = "account.place_closed"


class StoreUnwanted(Refusal):
    """Only store staff belong to a store: `role`."""

    code = "account.store_unwanted"
    why = Why.INVALID


def check_open(state: str, place: str) -> None:
    """Raises PlaceClosed for the state of a region or a store that is not open."""
    if state != RegionState.OPEN:
        raise PlaceClosed(place=place)
