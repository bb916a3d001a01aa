"""What a release of the app says to the server, as recorded, and the shape of the answers."""

import base64
import json
from pathlib import Path
from typing import Any

import msgspec

from tests.faults.scripted_line import Request, ScriptedLine
from tests.faults.wire import Answer

FOLDER = Path(__file__).parents[1] / "golden" / "traffic"
KEPT_HEADERS = (
    "accept",
    "content-type",
    "upload-length",
    "upload-offset",
    "x-content-sha256",
)
RETURNED = "the reviewer returns the visit"


class Exchange(msgspec.Struct):
    """One request and what it was answered; `event` is something that happened in between."""

    method: str = ""
    path: str = ""
    headers: dict[str, str] = msgspec.field(default_factory=dict)
    text: str = ""
    base64: str = ""
    status: int = 0
    shape: Any = None
    event: str = ""

    @property
    def body(self) -> bytes:
        return self.text.encode() or base64.b64decode(self.base64)


class RecordingLine(ScriptedLine):
    """A good line that writes down what passes."""

    def __init__(self, target: int) -> None:
        super().__init__(target)
        self.exchanges: list[Exchange] = []

    def _follow(self, request: Request, answer: Answer) -> None:
        kept = {name: request.headers[name] for name in KEPT_HEADERS if name in request.headers}
        exchange = Exchange(request.method, request.path, kept, status=answer.status)
        try:
            exchange.text = request.body.decode()
        except UnicodeDecodeError:
            exchange.base64 = base64.b64encode(request.body).decode()
        exchange.shape = shape_of(answer)
        self.exchanges.append(exchange)


def shape_of(answer: Answer) -> Any:
    """The names and kinds of what an answer says; None where it says nothing."""
    return shape(json.loads(answer.body)) if answer.body else None


def shape(value: Any) -> Any:
    """Names stay, values become their kind; of a list the first element speaks for all."""
    match value:
        case dict():
            return {name: shape(inner) for name, inner in sorted(value.items())}
        case list():
            return [shape(inner) for inner in value[:1]]
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
    return "null"


def lacks(recorded: Any, found: Any, place: str = "") -> list[str]:
    """Places where an answer no longer has what the release reads there. More is fine."""
    if isinstance(recorded, dict):
        if not isinstance(found, dict):
            return [place]
        return [
            lack
            for name, inner in recorded.items()
            for lack in lacks(inner, found.get(name, "missing"), f"{place}/{name}")
        ]
    if isinstance(recorded, list):
        if not isinstance(found, list):
            return [place]
        return lacks(recorded[0], found[0], f"{place}/0") if recorded and found else []
    return [] if found == recorded or recorded == "null" != "missing" == found else [place]


def recordings() -> list[Path]:
    """One file per release of the app."""
    return sorted(FOLDER.glob("*.json"))


def read(path: Path) -> list[Exchange]:
    """The exchanges of a recording."""
    return msgspec.json.decode(path.read_bytes(), type=list[Exchange])


def write(path: Path, exchanges: list[Exchange]) -> None:
    """Keep a recording."""
    path.parent.mkdir(exist_ok=True)
    told = msgspec.to_builtins(exchanges)
    short = [{name: value for name, value in one.items() if value} for one in told]
    path.write_text(json.dumps(short, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
