"""What an import of stores says on the terminal."""

import argparse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from inspection.cli import imports
from inspection.services.tools import Tools
from tests.cast import CHENGGUAN
from tests.makers import a_province, some_tools

HEADING = "code,name,kind,region"
ROW = f"NEW1,新街营业厅,营业厅,{CHENGGUAN}"


class OpenWorkshop:
    """A workshop whose database the test opened."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    @asynccontextmanager
    async def tools(self) -> AsyncIterator[Tools]:
        """The tools, left open."""
        yield self._tools


@pytest.fixture
async def load(database, tmp_path, capsys):
    tools = some_tools(tmp_path)
    await a_province(tools)
    file = tmp_path / "stores.csv"

    async def load(text: str, *, dry_run: bool = False, lang: str = "zh-CN") -> tuple[int, str]:
        file.write_text(text, encoding="utf-8")
        arguments = argparse.Namespace(file=file, dry_run=dry_run, lang=lang)
        return await imports.stores(OpenWorkshop(tools), arguments), capsys.readouterr().out

    yield load
    tools.passwords.close()


async def test_it_says_how_many_stores_lose_features(load):
    await load(f"{HEADING},features\n{ROW},guest_wifi;queue_machine\n")
    less = f"{HEADING},features\n{ROW},guest_wifi\n"
    assert await load(less, dry_run=True, lang="en") == (
        0,
        "Dry run: 0 new, 1 updated, 0 unchanged. Nothing was written.\n"
        "1 of the stores would lose features. If they should not, leave the column features out"
        " or complete its cells.\n",
    )
    code, said = await load(less)
    assert (code, said.splitlines()[1]) == (
        0,
        "其中 1 家门店的设施要求比原来少了。如不应减少，请补全“设施要求”后重新导入。",
    )


async def test_it_says_nothing_of_features_where_they_stay(load):
    await load(f"{HEADING},features\n{ROW},guest_wifi\n")
    code, said = await load(f"{HEADING}\n{ROW}\n", lang="en")
    assert (code, said) == (0, "Imported: 0 new, 0 updated, 1 unchanged.\n")
