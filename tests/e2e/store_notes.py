"""Notes taken in a store, and what the server has of a visit."""

from typing import Any

from tests.e2e.product import Product

TOAST = "[role=status] .toast"


def submission_of(product: Product, name: str, visit: str) -> dict[str, Any]:
    """What the server has of the inspector's visit."""
    with product.caller(name) as caller:
        kept: dict[str, Any] = caller.get(f"/api/visits/{visit}").json()
    return kept
