"""The log as a list: latest first, by who, what, about what, and when."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from inspection.persistence.searching import Condition, searched
from inspection.persistence.statements import marks, run

Subject = tuple[str, str]
"""A noun and an id."""

_MOST_FOUND = 50
"""How many people and things the words of one search may mean."""

_NAMED: Mapping[str, tuple[str, str, str]] = {
    "account": ("account", "id", "name || ' ' || sign_in"),
    "store": ("store", "id", "code || ' ' || name"),
    "region": ("region", "id", "code || ' ' || name_zh || ' ' || name_en"),
    "round": ("round", "id", "code || ' ' || name_zh || ' ' || name_en"),
    "notice": ("notice", "id", "coalesce(number, '')"),
    "rubric": ("rubric_version", "digest", "code || ' ' || CAST(number AS TEXT)"),
    "rubric_draft": ("rubric_draft", "id", "code || ' ' || title_zh || ' ' || title_en"),
}
"""Table, key and name of what the log speaks of, for what people call by a name."""

_SHOWN: Mapping[str, tuple[str, str, str]] = {
    **_NAMED,
    "assignment": (
        "(SELECT a.id, s.code || ' ' || s.name AS name FROM assignment a"
        " JOIN store s ON s.id = a.store) t",
        "id",
        "name",
    ),
    "visit": (
        "(SELECT v.id, s.code || ' ' || s.name AS name FROM visit v"
        " JOIN store s ON s.id = v.store) t",
        "id",
        "name",
    ),
    "import": ("sheet_import", "id", "file_name"),
    "rubric_draft": ("rubric_draft", "id", "code || ' ' || title_zh"),
    "schedule": ("round_schedule", "id", "code || ' ' || name_zh || ' ' || name_en"),
    "region_path": ("region", "path", "name_zh || ' ' || name_en"),
}
"""The same with what is called by something else: too much to look through for words."""


class AuditPlace(msgspec.Struct, frozen=True, array_like=True):
    """Where a page ended."""

    seq: Annotated[int, Meta(ge=1)]


class ListedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event with the name of who did it; `actor_name` is empty for the operator."""

    seq: int
    at: datetime
    actor: str
    actor_name: str
    actor_role: str
    action: str
    noun: str
    noun_id: str
    body: str


class EventsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which events. Empty means any; `actors` and `subjects` are what the words may mean, either
    of them will do.
    """

    noun: str = ""
    action: str = ""
    actors: tuple[str, ...] | None = None
    subjects: tuple[Subject, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    after: AuditPlace | None = None
    limit: int


async def list_events(wanted: EventsWanted) -> tuple[ListedEvent, ...]:
    """One page, latest first."""
    conditions = tuple(_conditions(wanted))
    rows = await run(
        "SELECT e.seq, e.at, e.actor, coalesce(a.name, '') AS actor_name,"
        " coalesce(a.role, '') AS actor_role, e.action, e.noun, e.noun_id, e.body"
        " FROM audit_event e LEFT JOIN account a ON a.id = e.actor WHERE 1 = 1"
        + "".join(sql for sql, _ in conditions)
        + " ORDER BY e.seq DESC LIMIT ?",
        *(value for _, values in conditions for value in values),
        wanted.limit,
    )
    return msgspec.convert(rows, tuple[ListedEvent, ...])


async def actors_called(words: str) -> tuple[str, ...]:
    """The accounts whose name, sign-in or pseudonym holds every word."""
    condition, values = searched(("name", "sign_in", "pseudonym"), words)
    rows = await run(f"SELECT id FROM account WHERE 1 = 1{condition} LIMIT {_MOST_FOUND}", *values)
    return tuple(str(row["id"]) for row in rows)


async def subjects_called(words: str) -> tuple[Subject, ...]:
    """The things whose code, number or name holds every word."""
    found: list[Subject] = []
    for noun, (table, key, name) in _NAMED.items():
        condition, values = searched((name,), words)
        rows = await run(
            f"SELECT {key} AS id FROM {table} WHERE 1 = 1{condition} LIMIT {_MOST_FOUND}", *values
        )
        found += [(noun, str(row["id"])) for row in rows]
    return tuple(found)


async def names_of(subjects: Iterable[Subject]) -> dict[Subject, str]:
    """The names of things by noun and id, for those that have one."""
    ids: dict[str, set[str]] = {}
    for noun, noun_id in subjects:
        ids.setdefault(noun, set()).add(noun_id)
    found: dict[Subject, str] = {}
    for noun, (table, key, name) in _SHOWN.items():
        if wanted := sorted(ids.get(noun, ())):
            rows = await run(
                f"SELECT {key} AS id, {name} AS name FROM {table}"
                f" WHERE {key} IN ({marks(len(wanted))})",
                *wanted,
            )
            found |= {(noun, str(row["id"])): str(row["name"]) for row in rows}
    return found


def _conditions(wanted: EventsWanted) -> Iterable[Condition]:
    exact = {"e.noun = ?": wanted.noun, "e.action = ?": wanted.action}
    times = {"e.at >= ?": wanted.since, "e.at < ?": wanted.until}
    for sql, value in {**exact, **times}.items():
        if value:
            yield f" AND {sql}", (value,)
    if wanted.after:
        yield " AND e.seq < ?", (wanted.after.seq,)
    if wanted.actors is not None:
        yield _meant(wanted.actors, wanted.subjects)


def _meant(actors: tuple[str, ...], subjects: tuple[Subject, ...]) -> Condition:
    either = [f"e.actor IN ({marks(len(actors))})"] if actors else []
    either += ["(e.noun = ? AND e.noun_id = ?)"] * len(subjects)
    values = (*actors, *(part for subject in subjects for part in subject))
    return f" AND ({' OR '.join(either) or '1 = 0'})", values
