"""Lists of rubrics: one row per code, the versions of a code, the drafts."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from inspection.domain.listing import ListAsked
from inspection.domain.rubrics.rubric_draft import LIVE, DraftState
from inspection.persistence.listing import ListedRows, Listing, SortColumn, listed
from inspection.persistence.searching import Condition
from inspection.persistence.statements import marks, run


class ListedRubric(msgspec.Struct, frozen=True, kw_only=True):
    """A code with its version in force, or its last when all were withdrawn."""

    code: str
    digest: str
    number: int
    edition: str
    store_kind: str
    title_zh: str
    title_en: str
    state: str
    published_at: datetime
    versions: int
    drafts: int


class ListedVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A version with the names of who published it and who approved it; "" for who is unknown."""

    digest: str
    number: int
    edition: str
    state: str
    published_at: datetime
    publisher: str
    approver: str


class ListedDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A draft with the names of who began it and who changed it last."""

    id: str
    code: str
    title_zh: str
    title_en: str
    state: DraftState
    changed_at: datetime
    author: str
    changed_by: str
    base_number: int | None
    number: int | None


class UsingRound(msgspec.Struct, frozen=True, kw_only=True):
    """A round that uses a version."""

    rubric_version: str
    code: str
    name_zh: str
    name_en: str


_IN_WORK = ", ".join(f"'{state.value}'" for state in LIVE)

_RUBRICS = Listing(
    select="SELECT v.code AS id, v.code, v.digest, v.number, v.edition, v.store_kind, v.title_zh,"
    " v.title_en, v.state, v.published_at,"
    " (SELECT count(*) FROM rubric_version o WHERE o.code = v.code) AS versions,"
    f" (SELECT count(*) FROM rubric_draft d WHERE d.code = v.code AND d.state IN ({_IN_WORK}))"
    " AS drafts FROM rubric_version v",
    search=("v.code", "v.title_zh", "v.title_en", "v.edition"),
    columns={
        "code": SortColumn("code"),
        "published": SortColumn("published_at", "time"),
        "versions": SortColumn("versions", "number"),
    },
    usual="code",
)
_LATEST: Condition = (
    " AND v.number = (SELECT coalesce("
    "max(CASE WHEN o.state <> 'withdrawn' THEN o.number END), max(o.number))"
    " FROM rubric_version o WHERE o.code = v.code)",
    (),
)

_VERSIONS = Listing(
    select="SELECT v.digest AS id, v.digest, v.number, v.edition, v.state, v.published_at,"
    " coalesce(p.name, '') AS publisher,"
    " coalesce((SELECT a.name FROM rubric_draft d JOIN rubric_decision c ON c.draft = d.id"
    " AND c.decision = 'approve' JOIN account a ON a.id = c.account WHERE d.published = v.digest"
    " ORDER BY c.decided_at DESC LIMIT 1), '') AS approver"
    " FROM rubric_version v LEFT JOIN account p ON p.id = v.published_by",
    search=("v.edition", "coalesce(p.name, '')"),
    columns={"number": SortColumn("number", "number")},
    usual="-number",
)

_DRAFTS = Listing(
    select="SELECT d.id, d.code, d.title_zh, d.title_en, d.state, d.changed_at, a.name AS author,"
    " c.name AS changed_by, b.number AS base_number, p.number AS number FROM rubric_draft d"
    " JOIN account a ON a.id = d.author JOIN account c ON c.id = d.changed_by"
    " LEFT JOIN rubric_version b ON b.digest = d.based_on"
    " LEFT JOIN rubric_version p ON p.digest = d.published",
    search=("d.code", "d.title_zh", "d.title_en", "a.name", "c.name"),
    columns={
        "changed": SortColumn("changed_at", "time"),
        "code": SortColumn("code"),
        "author": SortColumn("author"),
    },
    usual="-changed",
    key="d.id",
)


async def list_rubrics(asked: ListAsked) -> ListedRows:
    """One page of codes."""
    return await listed(_RUBRICS, asked, (_LATEST,))


async def list_versions(code: str, asked: ListAsked) -> ListedRows:
    """One page of a code's versions."""
    return await listed(_VERSIONS, asked, ((" AND v.code = ?", (code,)),))


async def list_drafts(asked: ListAsked, states: tuple[DraftState, ...], code: str) -> ListedRows:
    """One page of the drafts in these states, of one code where one is given."""
    conditions: list[Condition] = [(f" AND d.state IN ({marks(len(states))})", states)]
    if code:
        conditions.append((" AND d.code = ?", (code,)))
    return await listed(_DRAFTS, asked, conditions)


async def count_drafts() -> Mapping[DraftState, int]:
    """How many drafts are in each state."""
    rows = await run("SELECT state, count(*) AS n FROM rubric_draft GROUP BY state")
    return {DraftState(row["state"]): int(row["n"]) for row in rows}


async def count_awaiting(account: str) -> int:
    """How many drafts wait for a decision this account may make: none it had a hand in."""
    rows = await run(
        # Every administrator's page asks: whole documents are not read to find out that none waits.
        "SELECT count(*) AS n FROM rubric_draft"
        " WHERE id IN (SELECT id FROM rubric_draft WHERE state = ?) AND author <> ?"
        " AND coalesce(submitted_by, '') <> ? AND writers NOT LIKE ?",
        DraftState.SUBMITTED.value,
        account,
        account,
        f'%"{account}"%',
    )
    return int(rows[0]["n"])


async def rounds_using(digests: tuple[str, ...], region_path: str) -> tuple[UsingRound, ...]:
    """The rounds that use one of these versions, latest first, as far as they touch a region."""
    rows = await run(
        "SELECT u.rubric_version, r.code, r.name_zh, r.name_en FROM round_rubric u"
        f" JOIN round r ON r.id = u.round WHERE u.rubric_version IN ({marks(len(digests))})"
        " AND (r.region_path LIKE ? OR substr(?, 1, length(r.region_path)) = r.region_path)"
        " ORDER BY r.starts_on DESC, r.code DESC",
        *digests,
        f"{region_path}%",
        region_path,
    )
    return msgspec.convert(rows, tuple[UsingRound, ...])
