"""A product of their own for the photo tests."""

from collections.abc import Iterator

import pytest

from tests.e2e.product import NobodyIdle, Product
from tests.scratch import scratch_folder


class SharedProduct(Product):
    """Inspectors have several stores: once each was on a phone, the first takes up another one."""

    def idle_inspector(self) -> str:
        """Sign-in of the next inspector who has a store to visit."""
        try:
            return super().idle_inspector()
        except NobodyIdle:
            self._taken.clear()
            return super().idle_inspector()


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    """The demo province, served with a worker beside it."""
    product = SharedProduct(scratch_folder("mingcha-e2e-photos-", megabytes=64))
    yield product
    product.stop()
