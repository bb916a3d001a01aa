"""A province of its own: these tests take more inspectors than are left elsewhere."""

from collections.abc import Iterator

import pytest

from tests.e2e.product import Product
from tests.scratch import scratch_folder


@pytest.fixture(scope="package")
def product() -> Iterator[Product]:
    """The demo province, served with a worker beside it."""
    product = Product(scratch_folder("mingcha-vault-", megabytes=64))
    yield product
    product.stop()
