"""Refusals about regions and stores."""

from inspection.domain.refusals.refusal import Refusal, Why


class RegionRefused(Refusal):
    """The region cannot be kept as it was described; the faults say where."""

    code = "region.refused"
    why = Why.INVALID


class RegionChanged(Refusal):
    """Somebody changed the region after the page was opened; nothing was kept."""

    code = "region.changed"


class RegionInUse(Refusal):
    """What hangs below the region is still open: `stores` of them, `regions` of them."""

    code = "region.in_use"


class StoreRefused(Refusal):
    """The store cannot be kept as it was described; the faults say where."""

    code = "store.refused"
    why = Why.INVALID


class StoreChanged(Refusal):
    """Somebody changed the store after the page was opened; nothing was kept."""

    code = "store.changed"
