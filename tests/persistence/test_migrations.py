"""The schema in migrations/ is the schema in tables.py, and getting there is all or nothing."""

import asyncio
import contextlib
import io
import shutil
import sys
from pathlib import Path

import pytest
from piccolo.apps.migrations.commands.new import AutoMigrationManager

from inspection.persistence import migration_lock
from inspection.persistence.engine import DB, close_database, engine_for, open_database
from inspection.persistence.engines.integrity import (
    DatabaseFault,
)
from inspection.persistence.migrating import (
    FOLDER,
    applied,
    check_schema,
    migrate,
    migration_files,
)
from inspection.persistence.migration_lock import alone
from inspection.persistence.piccolo_app import APP_CONFIG
from inspection.persistence.tables import INDEXES, TABLES, Region, RoundRubric
from tests.persistence.made_up_migrations import look, write


@pytest.fixture
async def empty_url(database_url):
    """DATABASE_URL of a database without any table of ours."""
    await open_database(database_url, pool_min=0)
    if DB.engine_type == "postgres":
        await DB.run("DROP SCHEMA public CASCADE")
        await DB.run("CREATE SCHEMA public")
    await close_database()
    if database_url.startswith("sqlite"):
        Path(database_url.removeprefix("sqlite:///")).unlink()  # noqa: ASYNC240  nobody waits
    return database_url


@pytest.fixture
def folder(tmp_path):
    """An empty folder for migrations of our own."""
    path = tmp_path / "migrations"
    path.mkdir()
    return path


async def tables_of(url):
    sql = (
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        if url.startswith("sqlite")
        else "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
    )
    return {row["name"] for row in await look(url, sql)}


async def test_every_table_can_be_read(database):
    for table in TABLES:
        assert await table.count() == 0


async def test_the_migrations_lead_to_the_tables_of_today(database):
    with contextlib.redirect_stdout(io.StringIO()):
        statements = await AutoMigrationManager().get_alter_statements(APP_CONFIG)
    assert [line for each in statements for line in each.statements] == [], "make a migration"


async def test_the_declared_indexes_are_there(database):
    found = {table._meta.tablename: await index_columns(table._meta.tablename) for table in TABLES}
    for table, columns in INDEXES:
        assert columns in found[table._meta.tablename]


async def index_columns(table):
    if DB.engine_type == "sqlite":
        names = [row["name"] for row in await DB.run(f'PRAGMA index_list("{table}")')]
        infos = [await DB.run(f'PRAGMA index_info("{name}")') for name in names]
        return {tuple(row["name"] for row in info) for info in infos}
    sql = "SELECT indexdef FROM pg_indexes WHERE tablename = $1"
    definitions = [row["indexdef"] for row in await DB.run(sql, (table,))]
    bare = [each[each.index("(") + 1 : each.rindex(")")].replace('"', "") for each in definitions]
    return {tuple(each.split(", ")) for each in bare}


async def test_indexes_name_columns_that_exist():
    for table, columns in INDEXES:
        names = {column._meta.db_column_name for column in table._meta.columns}
        assert set(columns) <= names


async def test_constraints_over_several_columns_hold(database):
    for table in TABLES:
        for constraint in table._meta.constraints:
            assert tuple(constraint.get_column_names()) in await index_columns(
                table._meta.tablename
            )
    assert RoundRubric._meta.constraints


async def test_four_processes_at_once_all_succeed_and_one_does_the_work(empty_url):
    script = (
        "import asyncio, sys\n"
        "from inspection.persistence.migrating import migrate\n"
        "print(len(asyncio.run(migrate(sys.argv[1])).ran))\n"
    )
    crowd = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", script, empty_url, stdout=asyncio.subprocess.PIPE
        )
        for _ in range(4)
    ]
    answers = [int((await process.communicate())[0]) for process in crowd]
    assert sorted(answers) == [0, 0, 0, len(migration_files())]


async def test_migrating_again_changes_nothing_and_says_nothing(database_url, capsys):
    report = await migrate(database_url)
    assert report.ran == ()
    assert "up to date" in str(report)
    assert capsys.readouterr().out == ""


async def test_an_up_to_date_database_starts_without_the_migration_tools(sqlite_url):
    script = (
        "import asyncio, sys\n"
        "from inspection.persistence.migrating import migrate\n"
        "asyncio.run(migrate(sys.argv[1]))\n"
        "sys.exit('black' in sys.modules)\n"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", script, sqlite_url)
    assert await process.wait() == 0


async def test_migrating_is_quiet_and_reports_what_it_did(empty_url, capsys):
    report = await migrate(empty_url)
    assert report.ran == tuple(migration_files())
    assert str(len(report.ran)) in str(report)
    assert capsys.readouterr().out == ""


async def test_an_older_filled_database_keeps_its_rows(empty_url, folder):
    first, *_ = migration_files().values()
    shutil.copy(first, folder)
    await migrate(empty_url, folder)
    await open_database(empty_url, pool_min=0)
    await DB.run(
        "INSERT INTO region (id, level, code, name_zh, name_en, path)"
        " VALUES ('p', 'province', '62', '甘肃', '', '/62/')"
    )
    with pytest.raises(DatabaseFault, match="inspection migrate"):
        await check_schema()
    await close_database()
    await migrate(empty_url)
    await open_database(empty_url, pool_min=0)
    await check_schema()
    found = await Region.select(Region.name_zh, Region.state)
    assert found == [{"name_zh": "甘肃", "state": "open"}]
    await close_database()


async def test_a_database_of_a_newer_version_is_refused_untouched(database_url, folder):
    for path in FOLDER.glob("*.py"):
        shutil.copy(path, folder)
    write(folder, 9, 'await DB.run("CREATE TABLE tomorrow (id INTEGER)")')
    await migrate(database_url, folder)
    with pytest.raises(DatabaseFault, match="newer version"):
        await migrate(database_url)
    await open_database(database_url, pool_min=0)
    with pytest.raises(DatabaseFault, match="newer version"):
        await check_schema()
    assert len(await applied()) == len(migration_files()) + 1
    await close_database()


async def test_a_migration_that_fails_leaves_nothing_of_itself(empty_url, folder):
    write(folder, 1, 'await DB.run("CREATE TABLE kept (id INTEGER)")')
    second = 'await DB.run("CREATE TABLE half (id INTEGER)")\n'
    write(folder, 2, second + "raise ArithmeticError")
    with pytest.raises(ArithmeticError):
        await migrate(empty_url, folder)
    assert {"kept"} == await tables_of(empty_url) & {"kept", "half"}
    write(folder, 2, second)
    assert len((await migrate(empty_url, folder)).ran) == 1
    assert {"kept", "half"} <= await tables_of(empty_url)


async def test_killed_in_the_middle_it_can_simply_be_run_again(empty_url, folder):
    body = 'await DB.run("CREATE TABLE half (id INTEGER)")\n'
    write(folder, 1, body + "import os\nos.kill(os.getpid(), 9)")
    script = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from inspection.persistence.migrating import migrate\n"
        "asyncio.run(migrate(sys.argv[1], Path(sys.argv[2])))\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, empty_url, str(folder)
    )
    assert await process.wait() == -9
    assert "half" not in await tables_of(empty_url)
    write(folder, 1, body)
    assert len((await migrate(empty_url, folder)).ran) == 1
    assert "half" in await tables_of(empty_url)


async def test_a_migration_without_a_transaction_is_refused(empty_url, folder):
    write(folder, 1, "pass", wrap_in_transaction=False)
    with pytest.raises(DatabaseFault, match="all or nothing"):
        await migrate(empty_url, folder)


async def test_who_waits_too_long_for_the_lock_is_told(database_url, monkeypatch):
    monkeypatch.setattr(migration_lock, "WAIT_SECONDS", 0.2)
    async with alone(engine_for(database_url)):
        with pytest.raises(DatabaseFault, match="another process"):
            await migrate(database_url)


async def test_the_open_database_stays_in_use_after_migrating(database):
    before = DB.engine
    await migrate(database)
    assert DB.engine is before
    assert await Region.count() == 0


async def test_a_server_that_is_not_there_is_reported():
    with pytest.raises(DatabaseFault, match="DATABASE_URL"):
        await migrate("postgresql://nobody@127.0.0.1:1/nothing")
