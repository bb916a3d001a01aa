"""Sheets on their way in, and what each of their rows would change."""

from piccolo.columns import BigSerial, Integer, Text, Varchar
from piccolo.table import Table

from inspection.persistence.engine import DB
from inspection.persistence.tables.kinds import (
    DIGEST,
    NAME,
    PATH,
    SHORT,
    made_id,
    maybe_time,
    moment,
    of,
)
from inspection.persistence.tables.org import Account

FILE_NAME = 240


class SheetImport(Table, tablename="sheet_import", db=DB):
    """One file somebody sent. `jobs` counts the jobs it left; `drifted` the rows that came out
    otherwise when it was to be written. `faults` says why the file as a whole was refused.
    """

    id = made_id()
    noun = Varchar(length=SHORT)
    file_name = Varchar(length=FILE_NAME)
    sha256 = Varchar(length=DIGEST)
    account = of(Account)
    region_path = Varchar(length=PATH, index=True)
    state = Varchar(length=SHORT)
    duplicates = Varchar(length=SHORT, default="overwrite")
    faults = Text(default="[]")
    added = Integer(default=0)
    changed = Integer(default=0)
    unchanged = Integer(default=0)
    faulty = Integer(default=0)
    drifted = Integer(default=0)
    jobs = Integer(default=0)
    created_at = moment()
    written_at = maybe_time()
    undone_at = maybe_time()


class SheetImportRow(Table, tablename="sheet_import_row", db=DB):
    """A row of such a file: its cells, its faults, the record as it is kept and as it would be."""

    id = BigSerial(primary_key=True)
    sheet_import = of(SheetImport)
    line = Integer()
    code = Varchar(length=NAME)
    name = Varchar(length=NAME)
    outcome = Varchar(length=SHORT)
    cells = Text()
    faults = Text(default="[]")
    record_before = Text(default="null")
    record_after = Text(default="null")
