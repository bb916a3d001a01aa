"""Published rubric versions: added, never changed."""

from datetime import datetime

import msgspec

from inspection.persistence.locking import lock_key
from inspection.persistence.statements import run
from inspection.persistence.tables import RubricVersion


class VersionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A version without its content."""

    digest: str
    code: str
    number: int
    edition: str
    store_kind: str
    title_zh: str
    title_en: str
    state: str
    published_at: datetime
    published_by: str | None


_COLUMNS = ", ".join(VersionRow.__struct_fields__)


async def find_version(digest: str) -> VersionRow | None:
    """The version of that digest, or None."""
    rows = await RubricVersion.raw(
        f"SELECT {_COLUMNS} FROM rubric_version WHERE digest = {{}}",
        digest,
    )
    return msgspec.convert(rows[0], VersionRow) if rows else None


async def get_version(digest: str) -> VersionRow:
    """The version of a digest that is known to be there."""
    (row,) = await run(f"SELECT {_COLUMNS} FROM rubric_version WHERE digest = ?", digest)
    return msgspec.convert(row, VersionRow)


async def find_body(digest: str) -> bytes | None:
    """The canonical JSON of a version, or None."""
    rows = await RubricVersion.raw("SELECT body FROM rubric_version WHERE digest = {}", digest)
    return str(rows[0]["body"]).encode() if rows else None


async def list_versions() -> tuple[VersionRow, ...]:
    """All versions, newest of each code first."""
    rows = await RubricVersion.raw(
        f"SELECT {_COLUMNS} FROM rubric_version ORDER BY code, number DESC"
    )
    return msgspec.convert(rows, tuple[VersionRow, ...])


async def highest_number(code: str) -> int:
    """The last number given to a code; 0 before the first."""
    rows = await RubricVersion.raw(
        "SELECT max(number) AS last FROM rubric_version WHERE code = {}", code
    )
    return int(rows[0]["last"] or 0)


async def lock_versions(code: str) -> None:
    """Keep which versions a code has, and their states, until the transaction ends."""
    await lock_key("rubric_version", code)


async def version_in_force(code: str) -> VersionRow | None:
    """The latest version of a code that was not withdrawn, or None."""
    rows = await run(
        f"SELECT {_COLUMNS} FROM rubric_version WHERE code = ? AND state <> 'withdrawn'"
        " ORDER BY number DESC LIMIT 1",
        code,
    )
    return msgspec.convert(rows[0], VersionRow) if rows else None


async def change_state(digest: str, state: str) -> None:
    """Note that a version is published, superseded or withdrawn."""
    await run("UPDATE rubric_version SET state = ? WHERE digest = ?", state, digest)


async def add_version(row: VersionRow, body: bytes) -> None:
    """Keep a new version. Raises UniqueBroken when digest or number are taken."""
    await RubricVersion.raw(
        f"INSERT INTO rubric_version ({_COLUMNS}, body) VALUES"
        " ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})",
        *msgspec.structs.astuple(row),
        body.decode(),
    )


async def supersede(code: str, by: str) -> None:
    """Note on the earlier published versions of a code that a newer one exists."""
    await RubricVersion.raw(
        "UPDATE rubric_version SET state = 'superseded'"
        " WHERE code = {} AND digest <> {} AND state = 'published'",
        code,
        by,
    )
