"""Why an account cannot belong where it is said to."""

from inspection.domain.refusals.refusal import Refusal, Why


class StoreUnwanted(Refusal):
    """Only store staff belong to a store: `role`."""

    code = "account.store_unwanted"
    why = Why.INVALID
