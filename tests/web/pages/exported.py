"""Files of the desk, read back cell by cell."""

import pytest

from tests.sheet_texts import text_of


async def cells(visitor, path: str, format: str) -> list[tuple[str, ...]]:
    answer = await visitor.get(f"{path}{'&' if '?' in path else '?'}format={format}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].endswith(f'-20261118.{format}"')
    assert answer.headers["cache-control"] == "no-store"
    found = text_of(answer.content, f"a.{format}")
    assert found.faults == ()
    return [line.cells for line in found.lines]


BOTH = pytest.mark.parametrize("format", ["xlsx", "csv"])
