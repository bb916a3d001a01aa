"""Imports for tests: files sent, checked and written as the screen and the worker do it."""

import msgspec

from inspection.domain.imports.sheet_import import Duplicates, ImportNoun, ImportState, Outcome
from inspection.domain.listing import ListAsked
from inspection.domain.table import Table
from inspection.services.imports import import_work, imports
from inspection.services.imports.imports import SentFile
from inspection.spreadsheets.writing import write_xlsx
from tests.cast import CHENGGUAN, CLUB, GUO, HALL, LANZHOU

STORES = ImportNoun.STORE
HEAD = ("门店编码", "门店名称", "门店类型", "区县编码")
NEW = ("N-1", "新街营业厅", "营业厅", CHENGGUAN)
RENAMED = (HALL, "改名营业厅", "营业厅", CHENGGUAN)
SAME = (CLUB, "城关东方红客户俱乐部", "客户俱乐部", CHENGGUAN)
BAD = ("N-2", "某店", "大卖场", "999999")
COMPLAINT_HEAD = ("周", "区域或门店编码", "渠道", "件数")

BRANCH_ADMIN = msgspec.structs.replace(GUO, region=LANZHOU)


def sheet(*rows, head=HEAD) -> bytes:
    """A workbook of these rows."""
    return write_xlsx(Table("门店", head, rows))


async def silent(done: int, steps: int) -> None:
    """Tell nobody how far the work is."""


async def checked(tools, *rows, by=GUO, noun=STORES, content=None, head=HEAD) -> str:
    """A file sent and checked; the import's id."""
    content = sheet(*rows, head=head) if content is None else content
    suffix = "xlsx" if content.startswith(b"PK") else "csv"
    file = SentFile(f"门店清单.{suffix}", content)
    id = await imports.receive_import(tools, by.actor, noun, file)
    await import_work.check_import(tools, id, silent)
    return id


async def written(tools, *rows, by=GUO, only_right=False, duplicates=Duplicates.OVERWRITE, **parts):
    """A file sent, checked and written; the import's id."""
    id = await checked(tools, *rows, by=by, **parts)
    await imports.order_writing(tools, by.actor, id, duplicates, only_right=only_right)
    await import_work.write_import(tools, id, silent)
    return id


async def counted(tools, *rows, **parts) -> str:
    """Counts of complaints from such a file; the import's id."""
    return await written(tools, *rows, noun=ImportNoun.COMPLAINT, head=COMPLAINT_HEAD, **parts)


async def detail(tools, id, outcome: Outcome | None = None, by=GUO, **asked):
    """What the page of an import is told."""
    return await imports.import_detail(tools, by.actor, id, outcome, ListAsked(**asked))


async def counts(tools, id) -> tuple[int, int, int, int]:
    found = (await detail(tools, id)).found
    return found.added, found.changed, found.unchanged, found.faulty


async def state(tools, id) -> ImportState:
    return (await detail(tools, id)).found.state
