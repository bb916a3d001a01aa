"""Every route as every role, against the own region, another store, another region, what is
missing and what is gone. A thing out of reach must look exactly like one that is not there.
"""

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from inspection.domain.access import granted
from inspection.persistence.engine import close_database, open_database
from inspection.persistence.statements import run
from inspection.web.guards import OPEN_TO_ALL
from tests.caller import Caller
from tests.habits.routes import routes_of
from tests.makers import some_tools
from tests.provinces import OTHER_IDS
from tests.web.scope.calling import PLACE, address, called
from tests.web.scope.places import PEOPLE, UNSAID, Thing, Where
from tests.web.scope.table import ROWS
from tests.web.scope.world import a_world

REFUSED = {401, 403, 404}


def driven(app):
    """The routes that name a thing in their path."""
    return [r for r in routes_of(app) if ROWS[called(r)].thing and r.action not in OPEN_TO_ALL]


def reached(route, thing, person, where):
    """Whether the person is let through there, holding the action."""
    return person.role not in ROWS[called(route)].never and thing.reached_by(person, where)


async def ask(somebody, route, parameters):
    """The answer, with the names of the thing asked for left out of its body."""
    path = address(route, parameters)
    answer = await somebody.hand_in(route.method, path, ROWS[called(route)].body)
    text = answer.text
    for value in sorted(parameters.values(), key=len, reverse=True):
        text = text.replace(value, "…") if len(value) > 4 else text
    return answer.status_code, re.sub(r'"instance":"[^"]*"', "", text)


async def everything():
    """Every event of the log but sign-ins: what anybody changed."""
    rows = await run("SELECT action, noun, noun_id FROM audit_event WHERE noun <> 'session'")
    return json.dumps(rows, default=str)


class Made(NamedTuple):
    """A world in a database file, with the folder of its photos and keys."""

    things: dict[str, Thing]
    database: Path
    folder: Path


@pytest.fixture(scope="session")
def made(province_file: Path, fast_folder: Path) -> Made:
    """One for the whole run: making it takes longer than most walks through it."""
    path, folder = fast_folder / "world.db", fast_folder / "world"
    shutil.copyfile(province_file, path)
    tools = some_tools(folder, first_id=2 * OTHER_IDS)

    async def making() -> dict[str, Thing]:
        await open_database(f"sqlite:///{path}")
        try:
            return await a_world(tools)
        finally:
            await close_database()

    with ThreadPoolExecutor(max_workers=1) as thread:
        things = thread.submit(lambda: asyncio.run(making())).result()
    tools.passwords.close()
    return Made(things, path, folder)


@pytest.fixture
async def province(made: Made, tmp_path: Path) -> AsyncIterator[str]:
    """A copy of its own for each test, open; the tools keep their photos in the same folder."""
    shutil.copytree(made.folder, tmp_path, dirs_exist_ok=True)
    shutil.copyfile(made.database, tmp_path / "world.db")
    await open_database(f"sqlite:///{tmp_path / 'world.db'}")
    yield f"sqlite:///{tmp_path / 'world.db'}"
    await close_database()


@pytest.fixture
def world(made: Made) -> dict[str, Thing]:
    """Every thing in it."""
    return made.things


def test_every_route_has_a_row(built_app):
    routes = {called(route): route for route in routes_of(built_app)}
    missing = sorted(routes.keys() - ROWS.keys())
    assert not missing, f"say in tests/web/scope/table.py what these are about: {missing}"
    assert not ROWS.keys() - routes.keys(), "these routes are no more"
    for name, route in routes.items():
        row = ROWS[name]
        assert bool(PLACE.search(route.path)) == bool(row.thing) or route.action in OPEN_TO_ALL, (
            name
        )
        assert route.changes == (row.body is not None), f"{name} needs a body, or must have none"


@pytest.mark.timeout(600)
async def test_out_of_reach_is_not_there(app, world, signed_in):
    before = await everything()
    # One world for all: nothing in it may change.
    for person in PEOPLE:
        somebody = Caller(app, await signed_in(person))
        await assert_out_of_reach_is_not_there(app, world, person, somebody)
    assert await everything() == before


async def assert_out_of_reach_is_not_there(app, world, person, somebody):
    for route in driven(app):
        thing = world[ROWS[called(route)].thing]
        nothing = await ask(somebody, route, thing.at[Where.MISSING])
        assert nothing[0] >= 400, called(route)
        if not granted(person.role, route.action):
            assert nothing[0] == 403, called(route)
        for where, parameters in thing.at.items():
            if not granted(person.role, route.action) or not reached(route, thing, person, where):
                found = await ask(somebody, route, parameters)
                assert found == nothing, (person.sign_in, called(route), where)


@pytest.mark.timeout(600)
async def test_within_reach_is_shown(app, world, signed_in):
    for person in PEOPLE:
        somebody = Caller(app, await signed_in(person))
        await assert_within_reach_is_shown(app, world, person, somebody)


async def assert_within_reach_is_shown(app, world, person, somebody):
    for route in driven(app):
        row = ROWS[called(route)]
        if route.changes or not granted(person.role, route.action):
            continue
        thing = world[row.thing]
        for where, parameters in thing.at.items():
            if reached(route, thing, person, where):
                status, _ = await ask(somebody, route, parameters)
                assert status in row.fine, (person.sign_in, called(route), where, status)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.sign_in)
async def test_within_reach_may_be_changed(app, world, signed_in, person):
    somebody = Caller(app, await signed_in(person))
    for route in driven(app):
        if not route.changes or not granted(person.role, route.action):
            continue
        thing = world[ROWS[called(route)].thing]
        if reached(route, thing, person, Where.OWN):
            status, text = await ask(somebody, route, thing.at[Where.OWN])
            assert status not in REFUSED, (called(route), status, text[:300])


@pytest.mark.timeout(600)
async def test_no_list_says_what_is_out_of_reach(app, world, signed_in):
    for person in UNSAID:
        await assert_no_list_says_too_much(app, person, await signed_in(person))


async def assert_no_list_says_too_much(app, person, somebody):
    looked = []
    for route in routes_of(app):
        if route.method != "GET" or ROWS[called(route)].thing or "{" in route.path:
            continue
        if route.action not in OPEN_TO_ALL and not granted(person.role, route.action):
            continue
        answer = await somebody.get(route.path, follow_redirects=True)
        said = [words for words in UNSAID[person] if words in answer.text]
        assert said == [], (person.sign_in, called(route))
        looked.append(route.path)
    assert len(looked) > 5
