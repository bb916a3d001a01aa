"""Every route as every role, against the own region, another store, another region, what is
missing and what is gone. A thing out of reach must look exactly like one that is not there.
"""

import json
import re

import pytest

from inspection.domain.access import granted
from inspection.persistence.statements import run
from inspection.web.guards import OPEN_TO_ALL
from tests.habits.routes import routes_of
from tests.web.scope.places import PEOPLE, UNSAID, Where
from tests.web.scope.table import ROWS
from tests.web.scope.world import a_world

PLACE = re.compile(r"\{([a-z_0-9]+)(?::[a-z]+)?\}")
REFUSED = {401, 403, 404}


def called(route):
    return f"{route.method} {route.path}"


def driven(app):
    """The routes that name a thing in their path."""
    return [r for r in routes_of(app) if ROWS[called(r)].thing and r.action not in OPEN_TO_ALL]


def reached(route, thing, person, where):
    """Whether the person is let through there, holding the action."""
    return person.role not in ROWS[called(route)].never and thing.reached_by(person, where)


def address(route, parameters):
    return PLACE.sub(lambda found: parameters[found[1]], route.path)


async def ask(somebody, route, parameters):
    """The answer, with the names of the thing asked for left out of its body."""
    row, path = ROWS[called(route)], address(route, parameters)
    parts = {}
    if row.body is not None and path.startswith("/api"):
        parts = {"json": row.body}
    elif row.body is not None:
        fields = {"csrf_token": somebody.csrf_token, **row.body}
        parts = {"data": {name: str(value) for name, value in fields.items()}}
    answer = await somebody.send(route.method, path, **parts)
    text = answer.text
    for value in sorted(parameters.values(), key=len, reverse=True):
        text = text.replace(value, "…") if len(value) > 4 else text
    return answer.status_code, re.sub(r'"instance":"[^"]*"', "", text)


async def everything():
    """Every event of the log but sign-ins: what anybody changed."""
    rows = await run("SELECT action, noun, noun_id FROM audit_event WHERE noun <> 'session'")
    return json.dumps(rows, default=str)


@pytest.fixture
async def world(app, tools):
    return await a_world(tools)


def test_every_route_has_a_row(app):
    routes = {called(route): route for route in routes_of(app)}
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
        await assert_out_of_reach_is_not_there(app, world, person, await signed_in(person))
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
        await assert_within_reach_is_shown(app, world, person, await signed_in(person))


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
    somebody = await signed_in(person)
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
