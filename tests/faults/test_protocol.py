"""Both sides of the protocol: two phones, run by the app's own modules, and the real server, over a
line that loses, doubles and delays. Whatever happens in whatever order, the server is where a model
of a page says it is, the phones say what they were told, together they hold all that was sealed.
"""

import base64
import json
import os
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.cast import LI, PASSWORD
from tests.faults import figures
from tests.faults.field import fill, picture
from tests.faults.phone_process import Phone
from tests.faults.protocol_world import PHONES, WORLD, World
from tests.faults.scripted_line import HABITS
from tests.faults.server_model import ServerModel
from tests.faults.sizes import sized
from tests.submissions import SPOTS, sha256_of

SEQUENCES = sized(short=25, full=2_000)
STEPS = sized(short=15, full=30)
PHOTO_BYTES = 3_000


pytestmark = pytest.mark.timeout(sized(short=180, full=7200))


phones = st.sampled_from(PHONES)


places = st.integers(0, 1)


mostly = st.sampled_from([True, True, True, False])


lines = st.lists(st.sampled_from(HABITS), max_size=4)


def remembered(check: Callable[[Any], None]) -> Callable[[Any], None]:
    """A check whose first failure is kept: trying the same again may fail in another way."""

    @wraps(check)
    def watched(machine: Any) -> None:
        try:
            check(machine)
        except Exception as error:
            error.add_note("\n".join(WORLD[0].trail()))
            WORLD[0].failures.append(error)
            raise

    return watched


class Protocol(RuleBasedStateMachine):
    """Two phones of one inspector, two assignments, one server."""

    @initialize()
    def begin_anew(self) -> None:
        self.world = WORLD[0]
        self.world.sequences += 1
        self.line = self.world.line
        self.model = ServerModel(self.world.answered)
        self.line.begin(self.model, PHONES)
        self.assignments = [self.world.an_assignment() for _ in range(2)]
        for assignment in self.assignments:
            self.model.assignments[assignment["id"]] = "open"
        self.sealed: dict[tuple[str, int, str], str] = {}
        self.drafts: dict[tuple[str, str], dict[str, Any]] = {}
        self.notes = 0
        for name, phone in self.world.phones.items():
            phone.done.clear()
            session = self.world.session(name)
            self.model.sessions.add(session["cookie"])
            at = f"http://127.0.0.1:{self.line.ports[name]}"
            facts = {"person": session["account"], "session": session}
            phone.do("reset", at=at, card=self.world.card, **facts)

    def phone(self, name: str) -> Phone:
        self.world.steps += 1
        return self.world.phones[name]

    def draft_of(self, name: str, place: int) -> tuple[str, str] | None:
        """The draft of an assignment that this phone has open, begun if it was not; None where the
        phone has sealed it.
        """
        assignment = self.assignments[place]
        mine = [
            key
            for key, one in self.drafts.items()
            if key[0] == name and one["assignment"] == assignment["id"]
        ]
        if not mine:
            visit = self.phone(name).do("begin", assignment=assignment)["visit"]
            self.drafts[name, visit] = _draft(assignment["id"], attempt=1)
            return name, visit
        return next((key for key in mine if self.drafts[key]["open"]), None)

    @rule(name=phones, place=places)
    def photograph(self, name: str, place: int) -> None:
        """Take a photo for the draft."""
        if (key := self.draft_of(name, place)) is None or len(self.drafts[key]["photos"]) == 3:
            return
        content = picture(self.world.random, PHOTO_BYTES)
        sha256 = sha256_of(content)
        facts = {"visit": key[1], "item": SPOTS, "sha256": sha256}
        self.phone(name).do(
            "photo",
            **facts,
            base64=base64.b64encode(content).decode(),
            position=len(self.drafts[key]["photos"]),
        )
        self.drafts[key]["photos"].append(sha256)

    @rule(name=phones, place=places, whole=mostly)
    def seal(self, name: str, place: int, whole: bool) -> None:
        """Fill in the draft and seal it; now and then with an answer left out."""
        if (key := self.draft_of(name, place)) is None:
            return
        draft, phone = self.drafts[key], self.phone(name)
        self.notes += 1
        lost = [SPOTS] if draft["photos"] else []
        left_out = "" if whole else next(i.code for i in self.world.rubric.items() if not i.feature)
        note = f"{name} {self.notes}"
        phone.do("fill", visit=key[1], lost=lost, note=note, leave_out=left_out)
        content_hash = phone.do("seal", visit=key[1])["content_hash"]
        draft["open"] = False
        self.sealed[key[1], draft["attempt"], content_hash] = name

    @rule(name=phones, line=lines)
    def send(self, name: str, line: list[str]) -> None:
        """Let the phone send what it has over the line as it is then."""
        self.line.plan.extend(line)
        self.phone(name).do("flush")
        self.line.plan.clear()

    @rule(name=phones, place=places, whole=mostly, line=lines)
    def seal_and_send(self, name: str, place: int, whole: bool, line: list[str]) -> None:
        """What a person with a network does."""
        self.seal(name, place, whole)
        self.send(name, line)

    @precondition(lambda self: self.line.held)
    @rule(which=st.integers(0, 7))
    def bring_late(self, which: int) -> None:
        """A request that was given up for lost arrives after all."""
        self.line.bring_late(which)

    @precondition(lambda self: self.any_row(state="stopped"))
    @rule(name=phones, line=lines)
    def try_again(self, name: str, line: list[str]) -> None:
        """A person asks to send once more what waits for a person."""
        phone = self.phone(name)
        stopped = [row for row in phone.holds["outbox"] if row["state"] == "stopped"]
        if stopped:
            self.line.plan.extend(line)
            phone.do("retry", visit=stopped[0]["visit"], attempt=stopped[0]["attempt"])
            self.line.plan.clear()

    def any_row(self, **facts: str) -> bool:
        """Whether a phone holds such a sealed visit."""
        rows = (row for phone in self.world.phones.values() for row in phone.holds["outbox"])
        return any(facts.items() <= row.items() for row in rows)

    @precondition(lambda self: self.any_row(state="stopped", problem="visit.answers_refused"))
    @rule(name=phones)
    def mend(self, name: str) -> None:
        """Open again what the server refused for its answers."""
        phone = self.phone(name)
        for row in phone.holds["outbox"]:
            key = (name, row["visit"])
            draft = self.drafts.get(key)
            if row["problem"] != "visit.answers_refused" or row["state"] != "stopped":
                continue
            if draft and not draft["open"] and draft["attempt"] == row["attempt"]:
                phone.do("mend", visit=row["visit"])
                draft["open"] = True
                return

    def any_visit(self, state: str) -> bool:
        """Whether the server holds a visit in this state."""
        return any(known.state == state for known in self.model.visits.values())

    @precondition(lambda self: self.any_visit("submitted"))
    @rule(place=places)
    def send_back(self, place: int) -> None:
        """The reviewer returns a visit to its inspector."""
        for visit, known in self.model.visits.items():
            if known.assignment == self.assignments[place]["id"] and known.state == "submitted":
                self.review(visit, known.attempt)
                self.model.returned(visit)
                return

    def review(self, visit: str, attempt: int) -> None:
        session = self.world.reviewer
        typed = (
            f"decision=return&attempt={attempt}&reason=unclear&csrf_token={session['csrf_token']}"
        )
        headers = {
            "cookie": session["cookie"],
            "content-type": "application/x-www-form-urlencoded",
        }
        typed += f"&csrf_token={session['csrf_token']}"
        answer = self.line.direct("POST", f"/visits/{visit}/reviews", headers, typed.encode())
        assert answer.status == 303, answer

    @precondition(lambda self: self.any_visit("returned"))
    @rule(name=phones, place=places)
    def open_again(self, name: str, place: int) -> None:
        """Open a returned visit, on whichever phone, as its next attempt."""
        assignment = self.assignments[place]
        for visit, known in self.model.visits.items():
            if known.assignment != assignment["id"] or known.state != "returned":
                continue
            draft = self.drafts.get((name, visit))
            cookie = self.world.phones[name].holds["cookie"]
            if draft and (draft["open"] or draft["attempt"] > known.attempt):
                continue
            if draft is None and cookie not in self.model.sessions:
                continue
            facts = {"visit": visit, "attempt": known.attempt, "reason": "unclear"}
            self.phone(name).do("reopen", assignment=assignment, **facts)
            photos = draft["photos"] if draft else self.photos_of(visit, known.attempt)
            again = _draft(assignment["id"], attempt=known.attempt + 1)
            self.drafts[name, visit] = again | {"photos": list(photos)}

    def photos_of(self, visit: str, attempt: int) -> list[str]:
        sql = "SELECT body FROM submission WHERE visit = ? AND attempt = ?"
        ((body,),) = self.world.rows(sql, visit, attempt)
        return [photo["sha256"] for photo in json.loads(body)["photos"]]

    @rule(place=places)
    def cancel(self, place: int) -> None:
        """An administrator cancels the assignment while phones may be offline."""
        assignment = self.assignments[place]["id"]
        if self.model.assignments[assignment] in ("open", "returned") and self.notes % 4 == 3:
            self.world.write("UPDATE assignment SET state = 'cancelled' WHERE id = ?", assignment)
            self.model.assignments[assignment] = "cancelled"

    @rule(name=phones)
    def end_session(self, name: str) -> None:
        """The server no longer knows the phone."""
        session = self.world.sessions.pop(name, None)
        if session is None:
            return
        headers = {"cookie": session["cookie"], "x-csrf-token": session["csrf_token"]}
        assert self.line.direct("DELETE", "/api/session", headers).status == 204
        self.model.sessions.discard(session["cookie"])

    @precondition(lambda self: len(self.world.sessions) < len(PHONES))
    @rule(name=phones)
    def sign_in(self, name: str) -> None:
        """The person types the password again."""
        if name in self.world.sessions:
            return
        self.phone(name).do("sign_in", name=LI.sign_in, password=PASSWORD)
        self.keep_session(name)

    def keep_session(self, name: str) -> None:
        cookie = self.world.phones[name].holds["cookie"]
        answer = self.line.direct("GET", "/api/session", {"cookie": cookie})
        self.world.sessions[name] = json.loads(answer.body) | {"cookie": cookie}

    @rule(name=phones)
    def restart(self, name: str) -> None:
        """The system killed the app; its person opens it again."""
        self.phone(name).do("restart")

    @invariant()
    @remembered
    def every_answer_was_the_models(self) -> None:
        assert self.line.faults == []

    @invariant()
    @remembered
    def the_phones_say_what_they_were_told(self) -> None:
        for name, phone in self.world.phones.items():
            for row in phone.holds["outbox"]:
                told = self.line.told[name].get((row["visit"], row["attempt"], row["content_hash"]))
                assert row["state"] in _allowed(told.status if told else 0), (row, told)
                if told and told.status in (200, 201):
                    assert row["receipt"] == json.loads(told.body)
                elif row["state"] not in ("complete", "received"):
                    assert row["receipt"] is None

    @invariant()
    @remembered
    def together_they_hold_all_that_was_sealed(self) -> None:
        there = {(*address, content) for address, content in self.model.accepted.items()}
        there |= {parked[:3] for parked in self.model.parked}
        for content, name in self.sealed.items():
            rows = self.world.phones[name].holds["outbox"]
            here = {(row["visit"], row["attempt"], row["content_hash"]) for row in rows}
            assert content in here | there, content

    @remembered
    def teardown(self) -> None:
        """The line is good again, everybody signs in: nothing that can travel stays behind."""
        if not hasattr(self, "line"):
            return
        while self.line.held:
            self.line.bring_late(0)
        for name, phone in self.world.phones.items():
            if name not in self.world.sessions:
                phone.do("sign_in", name=LI.sign_in, password=PASSWORD)
                self.keep_session(name)
            phone.do("flush")
            states = {row["state"] for row in phone.holds["outbox"]}
            assert states <= {"received", "complete", "stopped"}, states
            assert set(phone.holds["uploads"].values()) <= {"here"}
        self.every_answer_was_the_models()
        self.the_phones_say_what_they_were_told()
        self.the_server_holds_what_the_model_holds()
        # So many of one inspector would be too many for the server; an administrator saw to them.
        self.world.write("UPDATE parked SET settled_at = received_at WHERE settled_at IS NULL")

    def the_server_holds_what_the_model_holds(self) -> None:
        visits = {visit for visit, _, _ in self.sealed}
        among = f"IN ({', '.join('?' * len(visits))})"
        rows = self.world.rows
        kept = rows(
            f"SELECT visit, attempt, content_hash, receipt FROM submission WHERE visit {among}",
            *visits,
        )
        assert {row[:2]: row[2] for row in kept} == self.model.accepted
        assert len(kept) == len(self.model.accepted)
        assert {row[:2]: row[3].encode() for row in kept} == self.model.receipts
        parked = rows(
            f"SELECT visit_id, attempt, content_hash, code FROM parked WHERE visit_id {among}",
            *visits,
        )
        assert sorted(parked) == sorted(self.model.parked)
        found = rows(f"SELECT id, assignment, state, attempt FROM visit WHERE id {among}", *visits)
        assert {row[0]: row[1:] for row in found} == {
            visit: (one.assignment, one.state, one.attempt)
            for visit, one in self.model.visits.items()
        }
        for sha256 in self.model.photos:
            ((state,),) = rows("SELECT state FROM photo WHERE sha256 = ?", sha256)
            assert state == "received"


def _draft(assignment: str, attempt: int) -> dict[str, Any]:
    return {"assignment": assignment, "attempt": attempt, "open": True, "photos": []}


def _allowed(status: int) -> set[str]:
    """States a sealed visit may be in on the phone after it was told this last."""
    if status in (200, 201):
        return {"received", "complete"}
    if status in (409, 422):
        # Between a person's wish to try again and the answer to that it waits.
        return {"stopped", "waiting", "sign_in"}
    return {"sign_in", "waiting"} if status == 401 else {"waiting"}


@pytest.fixture
def world(folder, product_of, random, sqlite_on_disk) -> Iterator[World]:
    fill(sqlite_on_disk, SEQUENCES * 8, random)
    product = product_of(sqlite_on_disk)
    product.launch()
    product.wait()
    made = World(product, Path(sqlite_on_disk.removeprefix("sqlite:///")), random)
    WORLD.append(made)
    yield made
    WORLD.clear()
    made.close()


def test_server_and_phones_together_are_where_the_model_is(world):
    try:
        run_sequences()
    except Exception as error:
        raise (world.failures or [error])[0] from error
    figures.note(
        "both sides of the protocol",
        sequences=world.sequences,
        steps=world.steps,
        requests=world.line.requests,
        answers=", ".join(f"{n} x {code}" for code, n in sorted(world.line.outcomes.items())),
        differences_from_the_model=0,
    )


def run_sequences() -> None:
    """As many as this size of run has; the same ones every time, unless chance is asked for."""
    run_state_machine_as_test(
        Protocol,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize=not os.environ.get("FAULTS_CHANCE"),
            phases=(Phase.generate,),
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
