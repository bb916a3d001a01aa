"""A page as people and browsers meet it: its words, links, forms, and what keeps it honest."""

from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.visitor import Visitor

Attributes = dict[str, str | None]

VOID = frozenset(
    {"input", "img", "link", "meta", "br", "path", "rect", "circle", "use", "polyline"}
)
SILENT = frozenset({"script", "style", "svg"})


class Tag(NamedTuple):
    """One element: its name, its attributes, all the text inside, and what it stands in."""

    name: str
    attributes: Attributes
    words: list[str]
    path: tuple[int, ...]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def __getitem__(self, attribute: str) -> str:  # type: ignore[override]
        return self.attributes[attribute] or ""

    def get(self, attribute: str) -> str | None:
        return self.attributes.get(attribute)


class Form(NamedTuple):
    """One form: where it goes, how, and its fields with what they hold."""

    action: str
    method: str
    fields: list[tuple[str, str]]

    def named(self, name: str) -> list[str]:
        """Every value of the fields of that name."""
        return [value for known, value in self.fields if known == name]


class HtmlPage(HTMLParser):
    """Reads a whole page, refusing tags that do not close."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__()
        assert answer.headers["content-type"].startswith("text/html"), answer.text
        self.status = answer.status_code
        self.source = answer.text
        self.tags: list[Tag] = []
        self.forms: list[Form] = []
        self._open: list[Tag] = []
        self._choice: str | None = None
        self.feed(answer.text)
        assert self._open == [], [tag.name for tag in self._open]

    @property
    def text(self) -> str:
        """All words, as somebody reads them aloud."""
        return self.tags[0].text

    def all(self, name: str, /, **attributes: str) -> list[Tag]:
        """Every tag of that name with those attributes; `class_` looks for one class."""
        return [tag for tag in self.tags if tag.name == name and _fits(tag, attributes)]

    def one(self, name: str, /, **attributes: str) -> Tag:
        """The only such tag."""
        (found,) = self.all(name, **attributes)
        return found

    def form(self, action: str) -> Form:
        """The form that goes there."""
        (found,) = (form for form in self.forms if form.action == action)
        return found

    def said(self, role: str) -> str:
        """What a banner with that role says; empty without one."""
        return " ".join(tag.text for tag in self.tags if tag.get("role") == role)

    def links(self) -> list[str]:
        """Where the page leads."""
        return [tag["href"] for tag in self.all("a")]

    def inside(self, outer: Tag, *names: str) -> list[Tag]:
        """The tags of those names anywhere inside another."""
        depth = len(outer.path)
        return [tag for tag in self.tags if tag.name in names and tag.path[:depth] == outer.path]

    def rows(self) -> list[list[str]]:
        """The bodies of all tables, row by row and cell by cell."""
        return [
            [cell.text for cell in self.inside(row, "td", "th")]
            for body in self.all("tbody")
            for row in self.inside(body, "tr")
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        above = self._open[-1].path if self._open else ()
        found = Tag(tag, dict(attrs), [], (*above, len(self.tags)))
        self.tags.append(found)
        self._note_form(found)
        if tag not in VOID:
            self._open.append(found)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        closed = self._open.pop()
        assert closed.name == tag, f"<{closed.name}> closed by </{tag}>"
        if tag == "textarea":
            self.forms[-1].fields.append((closed["name"], "".join(closed.words)))

    def handle_data(self, data: str) -> None:
        if any(tag.name in SILENT for tag in self._open):
            return
        for tag in self._open:
            tag.words.append(data)

    def _note_form(self, tag: Tag) -> None:
        if tag.name == "form":
            self.forms.append(Form(tag["action"], tag.get("method") or "get", []))
        if tag.name == "select":
            self._choice = tag["name"]
        unticked = tag.get("type") == "checkbox" and "checked" not in tag.attributes
        if tag.name == "input" and not unticked:
            self.forms[-1].fields.append((tag["name"], tag.get("value") or ""))
        if tag.name == "option" and "selected" in tag.attributes and self._choice:
            self.forms[-1].fields.append((self._choice, tag["value"]))


async def page_of(visitor: Visitor, path: str) -> HtmlPage:
    """What somebody sees at an address."""
    return HtmlPage(await visitor.get(path))


def query_in(address: str) -> dict[str, str]:
    """The query of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def _fits(tag: Tag, attributes: dict[str, str]) -> bool:
    wanted = dict(attributes)
    classes = (tag.get("class") or "").split()
    if (named := wanted.pop("class_", "")) and named not in classes:
        return False
    return all(tag.get(name.replace("_", "-")) == value for name, value in wanted.items())
