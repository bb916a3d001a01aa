"""The real server and two phones that run the app's own modules."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

from tests.cast import LI, PASSWORD, SUN
from tests.faults.phone_process import Phone
from tests.faults.scripted_line import ScriptedLine
from tests.submissions import CLUB_FEATURES, rubric_in

PHONES = ("one", "two")


class World:
    """What outlives a sequence: the server, the line, the phones' processes."""

    def __init__(self, product: Any, path: Path, random: Random) -> None:
        self.path = path
        self.random = random
        self.line = ScriptedLine(product.port)
        self.phones = {name: Phone(name) for name in PHONES}
        self.sessions: dict[str, dict[str, Any]] = {}
        self.failures: list[Exception] = []
        self.sequences = self.steps = 0
        self._assignments = iter(range(10**6))
        self.rubric = rubric_in()
        self.reviewer = self.sign_in(SUN.sign_in)
        template = self.sign_in(LI.sign_in)
        listed = self.line.direct("GET", "/api/assignments", {"cookie": template["cookie"]})
        self.template = next(
            one
            for one in json.loads(listed.body)["assignments"]
            if one["id"].startswith("assignment-0")
        )
        path_of_card = f"/api/rubrics/{self.template['rubric']['digest']}"
        self.card = json.loads(
            self.line.direct("GET", path_of_card, {"cookie": template["cookie"]}).body
        )
        self.answered = sum(
            not item.feature or item.feature in CLUB_FEATURES for item in self.rubric.items()
        )

    def sign_in(self, name: str) -> dict[str, Any]:
        """A session of its own over a good line."""
        typed = json.dumps({"sign_in": name, "password": PASSWORD}).encode()
        kind = {"content-type": "application/json"}
        answer = self.line.direct("POST", "/api/sessions", kind, typed)
        assert answer.status == 201, answer
        session: dict[str, Any] = json.loads(answer.body)
        return session | {"cookie": answer.headers["set-cookie"].partition(";")[0]}

    def session(self, phone: str) -> dict[str, Any]:
        """The session of a phone from the sequence before, or a new one."""
        if phone not in self.sessions:
            self.sessions[phone] = self.sign_in(LI.sign_in)
        return self.sessions[phone]

    def an_assignment(self) -> dict[str, Any]:
        """An assignment nobody has begun."""
        return self.template | {"id": f"assignment-{next(self._assignments) * 2:05d}"}

    def trail(self) -> list[str]:
        """What the phones were told to do in this sequence, and what their line did."""
        done = [line for phone in self.phones.values() for line in phone.done]
        return [*done, *self.line.passed]

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database holds."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as database:
            return database.execute(sql, values).fetchall()

    def write(self, sql: str, *values: object) -> None:
        """What an administrator does to it."""
        with closing(sqlite3.connect(self.path, timeout=10)) as database, database:
            database.execute(sql, values)

    def close(self) -> None:
        for phone in self.phones.values():
            phone.close()
        self.line.close()


WORLD: list[World] = []
