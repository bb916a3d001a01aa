"""Apps of another release: what each release said when it was recorded is accepted or parked by
today's server, never lost; and of an app that knows more than the server nothing is dropped.
"""

import base64
import json
import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.cast import GUO, LI, PASSWORD, SUN, Person
from tests.faults import figures, oracle, traffic
from tests.faults.field import fill, picture
from tests.faults.phone_process import Phone
from tests.faults.product import Product
from tests.faults.scripted_line import ScriptedLine
from tests.faults.traffic import RETURNED, Exchange, RecordingLine
from tests.faults.wire import Answer
from tests.submissions import SPOTS, sha256_of

RELEASE = traffic.FOLDER / "phone-1.json"
"""The release recorded by `make regold`; those of before stay as they are."""
SEED = 7
TOKEN = "x-csrf-token"


class Desk:
    """Somebody signed in over a good line."""

    def __init__(self, line: ScriptedLine, person: Person) -> None:
        self._line = line
        typed = json.dumps({"sign_in": person.sign_in, "password": PASSWORD}).encode()
        answer = self.ask("POST", "/api/sessions", {"content-type": "application/json"}, typed)
        self.headers = session_of(answer)

    def ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b""
    ) -> Answer:
        return self._line.direct(method, path, getattr(self, "headers", {}) | (headers or {}), body)

    def return_visit(self, visit: str) -> None:
        """What a reviewer does on the visit's page."""
        form = {"content-type": "application/x-www-form-urlencoded"}
        typed = (
            "decision=return&attempt=1&reason=unclear&csrf_token=" + self.headers["x-csrf-token"]
        )
        assert self.ask("POST", f"/visits/{visit}/reviews", form, typed.encode()).status == 303


def session_of(answer: Answer) -> dict[str, str]:
    """The headers of a session that was just begun."""
    assert answer.status == 201, answer
    cookie = answer.headers["set-cookie"].partition(";")[0]
    return {"cookie": cookie, "x-csrf-token": json.loads(answer.body)["csrf_token"]}


@pytest.fixture
def product(database_url, product_of) -> Product:
    """A server with the same province in every run."""
    fill(database_url, 2, Random(SEED))
    product = product_of(database_url)
    product.launch()
    product.wait()
    return product


@pytest.fixture
def line(product) -> Iterator[RecordingLine]:
    """A good line to it."""
    made = RecordingLine(product.port)
    yield made
    made.close()


def recorded(line: RecordingLine) -> list[Exchange]:
    """A visit from the first sign-in to its second attempt, by the app as it is today."""
    phone, random = Phone("recorded"), Random(SEED)
    line.begin(line.model, ("recorded",))
    try:
        at = f"http://127.0.0.1:{line.ports['recorded']}"
        phone.do("reset", at=at, card=None, person=None, session=None)
        phone.do("sign_in", name=LI.sign_in, password=PASSWORD)
        phone.do("refresh")
        listed = phone.do("refresh")["assignments"]
        assignment = next(one for one in listed if one["id"] == "assignment-00000")
        visit = phone.do("begin", assignment=assignment)["visit"]
        fill_in_and_send(phone, visit, random, place=0)
        Desk(line, SUN).return_visit(visit)
        line.exchanges.append(Exchange(event=RETURNED, path=visit))
        facts = {"visit": visit, "attempt": 1, "reason": "unclear"}
        phone.do("reopen", assignment=assignment, **facts)
        fill_in_and_send(phone, visit, random, place=1)
        return line.exchanges
    finally:
        phone.close()


def fill_in_and_send(phone: Phone, visit: str, random: Random, place: int) -> None:
    content = picture(random, 3_000)
    facts = {"item": SPOTS, "sha256": sha256_of(content), "position": place}
    phone.do("photo", visit=visit, base64=base64.b64encode(content).decode(), **facts)
    phone.do("fill", visit=visit, lost=[SPOTS], note="地面有杂物", leave_out="")
    phone.do("seal", visit=visit)
    phone.do("flush")
    assert {row["state"] for row in phone.holds["outbox"]} <= {"received", "complete"}


def test_the_app_of_today_is_understood_and_can_be_recorded(line):
    exchanges = recorded(line)
    assert all(one.event or one.status in (200, 201) for one in exchanges)
    if os.environ.get("REGOLD"):
        traffic.write(RELEASE, exchanges)


@pytest.mark.parametrize("path", traffic.recordings(), ids=lambda path: path.stem)
def test_what_a_release_said_is_still_understood(product, line, path):
    session: dict[str, str] = {}
    reviewer, lacking, hashes = Desk(line, SUN), [], []
    for exchange in traffic.read(path):
        if exchange.event == RETURNED:
            reviewer.return_visit(exchange.path)
            continue
        headers = exchange.headers | session
        answer = line.direct(exchange.method, exchange.path, headers, exchange.body)
        assert answer.status == exchange.status, (exchange.path, answer)
        if exchange.path == "/api/sessions":
            session = session_of(answer)
        hashes += [headers["x-content-sha256"]] if "/attempts/" in exchange.path else []
        lacking += traffic.lacks(exchange.shape, traffic.shape_of(answer), exchange.path)
    assert lacking == []
    assert len(hashes) == 2
    product.stop()
    found = oracle.look(product)
    assert {sha256_of(body) for body in found.bodies.values()} == set(hashes)
    assert len(found.photos) == 2
    figures.note(
        f"release {path.stem}", submissions_accepted=len(found.bodies), photos=len(found.photos)
    )


MORE = {
    "a field of the visit": lambda said: said | {"weather": "rain"},
    "a field of an answer": lambda said: (
        said | {"answers": [said["answers"][0] | {"mood": "calm"}, *said["answers"][1:]]}
    ),
    "a field of a photo": lambda said: (
        said | {"photos": [said["photos"][0] | {"lens": "wide"}, *said["photos"][1:]]}
    ),
    "a verdict": lambda said: (
        said | {"answers": [said["answers"][0] | {"verdict": "maybe"}, *said["answers"][1:]]}
    ),
    "another format": lambda said: said | {"format": 2},
}


def test_of_an_app_that_knows_more_nothing_is_dropped(line):
    sent = next(one for one in traffic.read(RELEASE) if "/attempts/1" in one.path)
    inspector, administrator, bodies = Desk(line, LI), Desk(line, GUO), set()
    for more in MORE.values():
        body = json.dumps(more(json.loads(sent.body)), ensure_ascii=False).encode()
        headers = sent.headers | {"x-content-sha256": sha256_of(body)}
        answer = inspector.ask("PUT", sent.path, headers, body)
        problem = json.loads(answer.body)
        assert (answer.status, problem["code"]) == (422, "visit.unreadable")
        assert problem["errors"], "it says which field it does not know"
        bodies.add(body)
    assert parked_by(administrator) == bodies
    again = inspector.ask("PUT", sent.path, sent.headers, sent.body)
    assert again.status == 201, "the attempt is still free for an app the server understands"


def parked_by(administrator: Desk) -> set[bytes]:
    """Every parked content as an administrator gets it."""
    listed = json.loads(administrator.ask("GET", "/api/parked").body)["parked"]
    return {administrator.ask("GET", f"/api/parked/{one['id']}").body for one in listed}


def test_every_recording_holds_a_whole_visit():
    assert RELEASE in traffic.recordings()
    for path in traffic.recordings():
        said = {f"{one.method} {Path(one.path).name}" for one in traffic.read(path)}
        assert {"POST sessions", "GET assignments", "PUT 1", "PUT 2"} <= said
