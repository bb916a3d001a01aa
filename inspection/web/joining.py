"""Modules that are always wanted together, joined into one file: a first visit asks once where it
would ask thirty times, and a start without a network reads two files instead of ninety.

Each module becomes a function that runs once, in the order in which a browser would run them, and
returns what it exports; whoever names the module by its own address gets the same things from the
same run. Nothing is compiled: what cannot be joined in this plain way is refused by name.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from inspection.web.assets import Asset

# The word first, then what must stand before it: a search for a word is a quick one.
_IMPORTING, _EXPORTING = (rf"{word}(?<![^;}}\n]{word})\b" for word in ("import", "export"))
_IMPORT = re.compile(
    _IMPORTING + r"""\s*(?:(?:(\w+)|\{([^{}]*)\})\s*from\s*)?["'](\.[^"']+)["'];?"""
)
_DECLARED = re.compile(
    _EXPORTING + r"\s+(?=(?:(?:async\s+)?function\b\s*\*?|class\b|const\b)\s*"
    r"(?:([\w$]+)|\{([^{}]*)\}))"
)
_LISTED = re.compile(_EXPORTING + r"\s*\{([^{}]*)\}(?!\s*from\b);?")
_LEFT = re.compile(rf"(?:{_IMPORTING}(?!\s*[.(])|{_EXPORTING})[^\n]*")
_LATER = re.compile(r"""(import\(\s*["'`])(\.[^"'`$]*)""")
_HERE = "import.meta.url"

Joining = Mapping[str, Sequence[str]]
"""For each joined file the modules in it, each after all it imports."""


class NotJoinable(RuntimeError):
    """A module is written in a way that cannot be joined; the message names it."""


class Part(msgspec.Struct, frozen=True):
    """A module as part of a joined file: what it exports, by outer and inner name."""

    name: str
    file: str
    exported: Mapping[str, str]

    @property
    def run(self) -> str:
        """What the joined file calls the things this module exports."""
        return "$" + re.sub(r"\W", "_", self.name.removesuffix(".js"))


def in_order(assets: Mapping[str, Asset], first: str) -> list[str]:
    """A module and all it imports, each after what it imports itself. Raises NotJoinable where two
    wait for each other.
    """
    found: list[str] = []
    waiting: list[str] = []

    def visit(name: str) -> None:
        if name in waiting:
            msg = f"{waiting[-1]} waits for {name}, which waits for it"
            raise NotJoinable(msg)
        if name not in assets or name in found:
            return
        waiting.append(name)
        for _, _, path in _IMPORT.findall(assets[name].content.decode()):
            visit(named(name, path))
        found.append(waiting.pop())

    visit(first)
    return found


def joined(assets: Mapping[str, Asset], joining: Joining) -> dict[str, Asset]:
    """The same files by name, with the joined ones, and every other module taking from them what
    lies there. Raises NotJoinable.
    """
    parts = {
        name: Part(name, file, _exported(assets[name].content.decode()))
        for file, names in joining.items()
        for name in names
    }
    scripts = {
        name: asset.content.decode() for name, asset in assets.items() if name.endswith(".js")
    }
    made = {
        name: _pointed(name, script, parts) for name, script in scripts.items() if name not in parts
    }
    made |= {name: _doorway(part) for name, part in parts.items()}
    made |= {
        file: _together(file, [(parts[name], scripts[name]) for name in names], parts)
        for file, names in joining.items()
    }
    return {**assets, **{name: Asset(name, text.encode()) for name, text in made.items()}}


def _together(file: str, inside: Sequence[tuple[Part, str]], parts: Mapping[str, Part]) -> str:
    """The joined file: what it takes from other files, then one run after the other."""
    wanted: dict[str, Part] = {}
    runs = []
    for part, script in inside:
        body, taken = _unbound(part.name, script, parts)
        wanted |= {one.name: one for one in taken if one.file != file}
        body = _LISTED.sub("", _DECLARED.sub("", _moved(part, body)))
        if left := _LEFT.search(body):
            msg = f"{part.name}: {left[0]}"
            raise NotJoinable(msg)
        returned = _said(list(part.exported.items()))
        runs.append(f"const {part.run}=(()=>{{\n{body.strip()}\nreturn{{{returned}}};\n}})();\n")
    own = [_again(part) for part, _ in inside if part.name == file]
    offered = ",".join(part.run for part, _ in inside)
    return "".join(
        [*_fetching(file, list(wanted.values())), *runs, *own, f"export{{{offered}}};\n"]
    )


def _pointed(name: str, script: str, parts: Mapping[str, Part]) -> str:
    """A module of its own that takes from joined files what lies there."""
    body, taken = _unbound(name, script, parts)
    return "".join([*_fetching(name, taken), body])


def _doorway(part: Part) -> str:
    """What stands at the address of a module that lies in a joined file."""
    return "".join(_fetching(part.name, [part])) + _again(part)


def _again(part: Part) -> str:
    return f"export const{{{','.join(part.exported)}}}={part.run};\n" if part.exported else ""


def _fetching(name: str, taken: Sequence[Part]) -> Iterator[str]:
    """One import for each file that has some of these parts, as the file `name` says it."""
    for file in dict.fromkeys(part.file for part in taken):
        runs = ",".join(part.run for part in taken if part.file == file)
        yield f'import{{{runs}}}from"{_path(name, file)}";\n'


def _unbound(name: str, script: str, parts: Mapping[str, Part]) -> tuple[str, list[Part]]:
    """The script with every import of a part turned into names for what the part returned."""
    taken: dict[str, Part] = {}

    def bound(found: re.Match[str]) -> str:
        part = parts.get(named(name, found[3]))
        if part is None:
            return found[0]
        taken[part.name] = part
        names = f"default as {found[1]}" if found[1] else found[2]
        if not names:
            return ""
        wanted = _pairs(names)
        if missing := {outer for outer, _ in wanted} - part.exported.keys():
            msg = f"{name}: {part.name} has no {', '.join(sorted(missing))}"
            raise NotJoinable(msg)
        return f"const{{{_said(wanted)}}}={part.run};"

    return _IMPORT.sub(bound, script), list(taken.values())


def _exported(script: str) -> dict[str, str]:
    """What a script exports in ways we can join: the outer name and its own for it."""
    found: dict[str, str] = {}
    for name, taken_out in _DECLARED.findall(script):
        names = [name] if name else [pair.split(":")[-1].strip() for pair in _each(taken_out)]
        found |= {own: own for own in names}
    for listed in _LISTED.findall(script):
        found |= {outer: own for own, outer in _pairs(listed)}
    return found


def _moved(part: Part, body: str) -> str:
    """The body with every address counted from the joined file."""

    def address(found: re.Match[str]) -> str:
        end = "/" if found[2].endswith("/") else ""
        return found[1] + _path(part.file, named(part.name, found[2])) + end

    here = f'new URL("{_path(part.file, part.name)}",{_HERE}).href'
    return _LATER.sub(address, body).replace(_HERE, here)


def _pairs(names: str) -> list[tuple[str, str]]:
    """`a, b as c` as pairs of before and after."""
    return [
        (pair.split(" as ")[0].strip(), pair.split(" as ")[-1].strip()) for pair in _each(names)
    ]


def _each(names: str) -> list[str]:
    return [stripped for name in names.split(",") if (stripped := name.strip())]


def _said(pairs: Sequence[tuple[str, str]]) -> str:
    return ",".join(key if key == value else f"{key}:{value}" for key, value in pairs)


def named(name: str, path: str) -> str:
    """What the module `name` means by a path."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def _path(name: str, target: str) -> str:
    """How the file `name` says another one."""
    path = posixpath.relpath(target, posixpath.dirname(name) or ".")
    return path if path.startswith(".") else f"./{path}"
