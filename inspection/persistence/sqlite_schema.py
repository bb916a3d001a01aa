"""What SQLite's ALTER TABLE cannot do: constraints of a new table, and any change of a column."""

from collections.abc import Mapping, Sequence

from piccolo.query.methods.create import Create
from piccolo.table import Table

from inspection.persistence.database import DB
from inspection.persistence.engines.integrity import TransactionMisuse


def _create_with_constraints(create: Create) -> Sequence[str]:
    """Piccolo adds constraints by ALTER TABLE; SQLite takes them inside CREATE TABLE only."""
    constraints = create.table._meta.constraints
    statements = list(create.default_ddl)
    if constraints:
        statements = statements[: -len(constraints)]
        inner = ", ".join(f'CONSTRAINT "{each._meta.name}" {each.ddl}' for each in constraints)
        statements[0] = f"{statements[0].removesuffix(')')}, {inner})"
    return statements


def install() -> None:
    """Make Piccolo's CREATE TABLE work with constraints on SQLite."""
    Create.sqlite_ddl = property(_create_with_constraints)  # type: ignore[method-assign,assignment]


async def rebuild(table: type[Table], copy: Mapping[str, str] | None = None) -> None:
    """Give an SQLite table the shape of the class, keeping its rows, indexes and triggers. `copy`
    maps a column to the SQL, over the old columns, that fills it where the name alone does not.
    For migrations only: they pause foreign keys, otherwise dropping a table empties its children.
    """
    await _check_paused()
    name = table._meta.tablename
    create, *rest = table.create_table().ddl
    kept = await DB.run(
        "SELECT name, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL"
        " AND type IN ('index', 'trigger')",
        (name,),
    )
    columns = await _columns(table, copy or {})
    into = ", ".join(f'"{column}"' for column in columns)
    await DB.run(create.replace(f'"{name}"', f'"{name}__new"', 1))
    await DB.run(
        f'INSERT INTO "{name}__new" ({into}) SELECT {", ".join(columns.values())} FROM "{name}"'
    )
    await DB.run(f'DROP TABLE "{name}"')
    await DB.run(f'ALTER TABLE "{name}__new" RENAME TO "{name}"')
    for statement in rest:
        await DB.run(statement)
    there = {row["name"] for row in await DB.run("SELECT name FROM sqlite_master")}
    for row in kept:
        if row["name"] not in there:
            await DB.run(row["sql"])


async def _check_paused() -> None:
    if DB.engine_type != "sqlite":
        raise TransactionMisuse(NOT_SQLITE)
    (row,) = await DB.run("PRAGMA foreign_keys")
    if row["foreign_keys"] or not DB.transaction_exists():
        raise TransactionMisuse(NOT_PAUSED)


async def _columns(table: type[Table], copy: Mapping[str, str]) -> dict[str, str]:
    old = await DB.run(f'PRAGMA table_info("{table._meta.tablename}")')
    before = {row["name"] for row in old}
    names = [column._meta.db_column_name for column in table._meta.columns]
    kept = {name: f'"{name}"' for name in names if name in before}
    return kept | dict(copy)


NOT_SQLITE = "rebuild() is for SQLite; PostgreSQL alters the table"
NOT_PAUSED = "rebuild() runs inside a migration, with foreign keys paused"
