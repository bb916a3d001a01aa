"""What every page keeps to."""

import re
from collections import Counter

from tests.habits.tree import ROOT

STYLES = ("tokens", "components", "pages")
CLASS = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")
HANDLER = re.compile(r"^on[a-z]+$")


def faults(page, styled):
    """Everything about a page that breaks a rule."""
    return [
        *unsafe(page),
        *(f"headings: {len(page.all('h1'))}" for _ in range(1) if len(page.all("h1")) != 1),
        *(f"id twice: {name}" for name, n in Counter(ids(page)).items() if n > 1),
        *(f"no such id: {name}" for name in named(page) - set(ids(page))),
        *(f"no words: {tag['src']}" for tag in page.all("img") if tag.get("alt") is None),
        *(f"head without scope: {tag.text}" for tag in page.all("th") if not tag.get("scope")),
        *(f"unlabelled: {tag.attributes}" for tag in unlabelled(page)),
        *(f"button without words: {tag}" for tag in page.all("button") if not says(tag)),
        *(f"no words: {tag['href']}" for tag in page.all("a") if not leads(page, tag)),
        *(f"no style for: {name}" for name in sorted(used(page) - styled)),
        *(f"no token: {form.action}" for form in page.forms if tokenless(form)),
    ]


def unsafe(page):
    """Inline styles and scripts: the policy would drop them."""
    for tag in page.tags:
        if tag.name == "style" or (tag.name == "script" and not tag.get("src")):
            yield f"inline {tag.name}"
        yield from (
            f"inline {name}" for name in tag.attributes if name == "style" or HANDLER.match(name)
        )


def ids(page):
    return [tag["id"] for tag in page.tags if tag.get("id")]


def named(page):
    """Ids other tags point at."""
    pointing = ("for", "aria-labelledby", "aria-describedby")
    found = {tag[name] for tag in page.tags for name in pointing if tag.get(name)}
    return found | {link[1:] for link in page.links() if link.startswith("#")}


def unlabelled(page):
    """Fields nobody can name: no label around, none pointing, no aria-label."""
    pointed = {tag["for"] for tag in page.all("label") if tag.get("for")}
    labels = [tag for tag in page.all("label") if tag.text]
    for tag in (*page.all("input"), *page.all("select"), *page.all("textarea")):
        around = any(tag.path[: len(label.path)] == label.path for label in labels)
        named = around or tag.get("aria-label") or tag.get("id") in pointed
        if tag.get("type") != "hidden" and not named:
            yield tag


def says(tag):
    return bool(tag.text or tag.get("aria-label"))


def leads(page, tag):
    """A link around a picture speaks through the words of the picture."""
    return says(tag) or any(image.get("alt") for image in page.inside(tag, "img"))


def used(page):
    return {name for tag in page.tags for name in (tag.get("class") or "").split()}


def tokenless(form):
    return form.method == "post" and form.action != "/sign-in" and not form.named("csrf_token")


def classes():
    """Every class some stylesheet knows."""
    static = ROOT / "static"
    sheets = [static / "css" / f"{name}.css" for name in STYLES]
    sheets += sorted((static / "desk").rglob("*.css"))
    return {name for sheet in sheets for name in CLASS.findall(sheet.read_text(encoding="utf-8"))}
