"""Rubrics being written: one row per draft, its document as JSON."""

from datetime import datetime

import msgspec

from inspection.domain.rubrics.rubric_draft import DraftState
from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import insertion, run


class DraftRow(msgspec.Struct, frozen=True, kw_only=True):
    """A draft as it is kept. `writers` is a JSON list of accounts."""

    id: str
    code: str
    title_zh: str
    title_en: str
    store_kind: str
    based_on: str | None
    body: str
    saves: int
    state: DraftState
    author: str
    writers: str
    created_at: datetime
    changed_at: datetime
    changed_by: str
    submitted_at: datetime | None
    submitted_by: str | None
    published: str | None

    def written_by(self, account: str) -> bool:
        """Whether somebody began the draft, wrote in it or submitted it."""
        return account in self.hands

    @property
    def hands(self) -> frozenset[str]:
        """Everybody who did."""
        submitted = {self.submitted_by} if self.submitted_by else set()
        return frozenset({self.author, *submitted, *msgspec.json.decode(self.writers)})


_FIELDS = DraftRow.__struct_fields__
_COLUMNS = ", ".join(_FIELDS)
_CHANGED = ", ".join(f"{name} = ?" for name in _FIELDS if name != "id")


async def add_draft(row: DraftRow) -> None:
    """Keep a new draft."""
    await run(insertion("rubric_draft", DraftRow), *msgspec.structs.astuple(row))


async def find_draft(draft: str) -> DraftRow | None:
    """The draft, or None."""
    return await _draft(draft, "")


async def lock_draft(draft: str) -> DraftRow | None:
    """The same, kept from changing until the transaction ends."""
    return await _draft(draft, for_update_clause())


async def change_draft(row: DraftRow) -> None:
    """Keep a draft whose row is locked as it is now."""
    values = [getattr(row, name) for name in _FIELDS if name != "id"]
    await run(f"UPDATE rubric_draft SET {_CHANGED} WHERE id = ?", *values, row.id)


async def names_of(accounts: set[str]) -> dict[str, str]:
    """The names of a few accounts by their ids."""
    wanted = sorted(accounts)
    marks = ", ".join("?" * len(wanted))
    rows = await run(f"SELECT id, name FROM account WHERE id IN ({marks})", *wanted)
    return {str(row["id"]): str(row["name"]) for row in rows}


async def _draft(draft: str, lock: str) -> DraftRow | None:
    rows = await run(f"SELECT {_COLUMNS} FROM rubric_draft WHERE id = ?{lock}", draft)
    return msgspec.convert(rows[0], DraftRow) if rows else None
