"""Issues of the bulletin: drafts that change, and what was published and never does."""

from datetime import date, datetime

import msgspec

from inspection.domain.bulletins.bulletin import BulletinKind, BulletinState, Period
from inspection.domain.listing import ListAsked
from inspection.persistence.listing import ListedRows, Listing, SortColumn, listed
from inspection.persistence.locking import for_update_clause
from inspection.persistence.people.places import Scope
from inspection.persistence.searching import Condition
from inspection.persistence.statements import insertion, run


class NewBulletin(msgspec.Struct, frozen=True, kw_only=True):
    """A draft that begins. `benchmark` is a way of choosing one, a unit's code, or as usual."""

    id: str
    region_path: str
    kind: BulletinKind
    first_on: date
    last_on: date
    round: str | None
    drafted_by: str
    drafted_at: datetime
    changed_by: str
    changed_at: datetime
    preface: str = ""
    closing: str = ""
    hide_worst: bool = False
    solved_case: str = ""
    sections: str = ""
    benchmark: str = ""
    state: BulletinState = BulletinState.DRAFT
    revision: int = 1
    chain_hash: str = ""
    pdf_fault: str = ""


class BulletinRow(NewBulletin, frozen=True, kw_only=True):
    """An issue with the names of its round; `snapshot` is what a published one says."""

    number: str | None = None
    issue: int | None = None
    snapshot: str | None = None
    pdf_sha256: str | None = None
    pdf_pages: int | None = None
    published_by: str | None = None
    published_at: datetime | None = None
    round_code: str | None = None
    round_zh: str | None = None
    previous_zh: str | None = None

    @property
    def period(self) -> Period:
        """The days it is about."""
        return Period(first=self.first_on, last=self.last_on)


class BulletinListed(msgspec.Struct, frozen=True, kw_only=True):
    """An issue as a list shows it. `at` is when it was published, or changed last."""

    id: str
    region_path: str
    kind: BulletinKind
    first_on: date
    last_on: date
    state: BulletinState
    number: str
    issue: int
    pages: int
    at: datetime
    region_zh: str
    region_en: str
    round_zh: str
    round_en: str


class BulletinsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which issues: what was published about regions around or below the reader's, and the drafts
    of those who may `edit`.
    """

    asked: ListAsked
    reader: str = ""
    state: str = ""
    kind: str = ""
    edit: bool = False


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """What publishing adds to a draft."""

    number: str
    issue: int
    snapshot: str
    chain_seq: int
    chain_hash: str
    published_by: str
    published_at: datetime


async def add_bulletin(row: NewBulletin) -> None:
    """Keep a new draft."""
    await run(insertion("bulletin", NewBulletin), *msgspec.structs.astuple(row))


async def find_bulletin(bulletin: str) -> BulletinRow | None:
    """The issue with this id."""
    rows = await run(f"{_SELECT} WHERE b.id = ?", bulletin)
    return msgspec.convert(rows[0], BulletinRow, strict=False) if rows else None


async def lock_bulletin(bulletin: str) -> BulletinRow | None:
    """The same, kept from changing until the transaction ends."""
    await run("SELECT id FROM bulletin WHERE id = ?" + for_update_clause(), bulletin)
    return await find_bulletin(bulletin)


async def keep_draft(row: BulletinRow) -> None:
    """Write what may be edited of a draft."""
    await run(
        "UPDATE bulletin SET preface = ?, closing = ?, hide_worst = ?, solved_case = ?,"
        " sections = ?, benchmark = ?, revision = ?, changed_by = ?, changed_at = ?"
        " WHERE id = ? AND state = 'draft'",
        row.preface,
        row.closing,
        row.hide_worst,
        row.solved_case,
        row.sections,
        row.benchmark,
        row.revision,
        row.changed_by,
        row.changed_at,
        row.id,
    )


async def choices_of_last(region_path: str, kind: BulletinKind) -> tuple[str, str]:
    """Sections and benchmark of the region's last published issue of the kind, or nothing."""
    rows = await run(
        "SELECT sections, benchmark FROM bulletin WHERE region_path = ? AND kind = ?"
        " AND state = 'published' ORDER BY published_at DESC, issue DESC LIMIT 1",
        *(region_path, kind.value),
    )
    return (str(rows[0]["sections"]), str(rows[0]["benchmark"])) if rows else ("", "")


async def discard(bulletin: str, account: str, at: datetime) -> None:
    """Put a draft out of the way."""
    await run(
        "UPDATE bulletin SET state = 'discarded', revision = revision + 1, changed_by = ?,"
        " changed_at = ? WHERE id = ? AND state = 'draft'",
        *(account, at, bulletin),
    )


async def publish(bulletin: str, what: Published) -> None:
    """Make a draft an issue, in the transaction that drew its number."""
    await run(
        "UPDATE bulletin SET state = 'published', number = ?, issue = ?, snapshot = ?,"
        " chain_seq = ?, chain_hash = ?, published_by = ?, published_at = ?"
        " WHERE id = ? AND state = 'draft'",
        *msgspec.structs.astuple(what),
        bulletin,
    )


async def note_printed(bulletin: str, sha256: str, pages: int) -> bool:
    """Keep where the PDF is. False when it was printed before: those bytes stay."""
    rows = await run(
        "UPDATE bulletin SET pdf_sha256 = ?, pdf_pages = ?, pdf_fault = ''"
        " WHERE id = ? AND pdf_sha256 IS NULL RETURNING id",
        sha256,
        pages,
        bulletin,
    )
    return bool(rows)


async def note_print_fault(bulletin: str, fault: str) -> None:
    """Keep why the PDF could not be made; an empty fault forgets it."""
    await run(
        "UPDATE bulletin SET pdf_fault = ? WHERE id = ? AND pdf_sha256 IS NULL",
        fault[:240],
        bulletin,
    )


async def chain_marks() -> dict[int, str]:
    """The hashes of the log that published issues carry, by place."""
    rows = await run("SELECT chain_seq, chain_hash FROM bulletin WHERE chain_seq > 0")
    return {int(row["chain_seq"]): str(row["chain_hash"]) for row in rows}


async def days_of_round(round_id: str) -> Period:
    """The first and last day of a round."""
    rows = await run("SELECT starts_on, ends_on FROM round WHERE id = ?", round_id)
    first, last = rows[0]["starts_on"], rows[0]["ends_on"]
    return msgspec.convert({"first": first, "last": last}, Period)


async def list_bulletins(wanted: BulletinsWanted) -> ListedRows:
    """One page. Raises CursorRefused for a cursor of another order."""
    conditions: list[Condition] = [_for_reader(wanted)]
    for column, value in (("b.state", wanted.state), ("b.kind", wanted.kind)):
        if value:
            conditions.append((f" AND {column} = ?", (value,)))
    return await listed(_BULLETINS, wanted.asked, conditions)


def _for_reader(wanted: BulletinsWanted) -> Condition:
    below, values = Scope(wanted.reader).where("b.region_path")
    mine = below.removeprefix(" AND ")
    states = f"b.state = 'published' AND ({mine} OR ? LIKE b.region_path || '%')"
    if not wanted.edit:
        return f" AND {states}", (*values, wanted.reader)
    return f" AND b.state <> 'discarded' AND (({states}) OR {mine})", (
        *values,
        wanted.reader,
        *values,
    )


_SELECT = (
    "SELECT b.*, r.code AS round_code, r.name_zh AS round_zh, p.name_zh AS previous_zh"
    " FROM bulletin b LEFT JOIN round r ON r.id = b.round LEFT JOIN round p ON p.id = r.previous"
)

_BULLETINS = Listing(
    select=(
        "SELECT b.id, b.region_path, b.kind, b.first_on, b.last_on, b.state,"
        " coalesce(b.number, '') AS number, coalesce(b.issue, 0) AS issue,"
        " coalesce(b.pdf_pages, 0) AS pages, coalesce(b.published_at, b.changed_at) AS at,"
        " coalesce(g.name_zh, '') AS region_zh, coalesce(g.name_en, '') AS region_en,"
        " coalesce(r.name_zh, '') AS round_zh, coalesce(r.name_en, '') AS round_en"
        " FROM bulletin b LEFT JOIN round r ON r.id = b.round"
        " LEFT JOIN region g ON g.path = b.region_path"
    ),
    search=("b.number", "b.preface", "r.name_zh", "r.name_en", "g.name_zh", "g.name_en"),
    columns={
        "at": SortColumn("at", "time"),
        "number": SortColumn("issue", "number"),
        "state": SortColumn("state"),
    },
    usual="-at",
)
