"""Modules joined into one file: the same things from the same run, whoever asks for them."""

import subprocess

import pytest

from inspection.web.app_joining import (
    BOTHS,
    FIRSTS,
    INSPECTORS,
    LATER_MODULE,
    STAFF_MODULE,
    STAFFS,
    travelling,
)
from inspection.web.assets import Asset, read_assets
from inspection.web.joining import NotJoinable, in_order, joined
from inspection.web.phone_app import phone_app

SCRIPTS = {
    "js/main.js": (
        'import { add, total as sum } from "./model/sum.js";\nimport "./side.js";\n'
        'import { Held } from "./held.js";\nadd(2);\n'
        "export async function told() {\n"
        'const { late } = await import("./late.js");\n'
        'const { words } = await import(`./${"model"}/words.js`);\n'
        "return [sum(), late(), new Held().name, words, globalThis.runs];\n}\n"
    ),
    "js/model/sum.js": (
        "let all = 40;\nexport const add = (n) => {\nall += n;\n};\n"
        "function reckon() {\nreturn all;\n}\nexport { reckon as total };\n"
        'export const here = new URL("../", import.meta.url).pathname.split("/").at(-2);\n'
    ),
    "js/side.js": "globalThis.runs = (globalThis.runs ?? 0) + 1;\n",
    "js/held.js": (
        'import{here}from"./model/sum.js";export class Held {\nname = here;\n}\n'
        "export const { one, two: second } = { one: 1, two: 2 };\n"
        "export async function* none() {}\n"
    ),
    "js/late.js": (
        'import { add, here } from "./model/sum.js";\nimport { total } from "./model/sum.js";\n'
        'import { second } from "./held.js";\nimport { far } from "./far.js";\n'
        "export const late = () => {\nadd(second);\nreturn `${here} ${total()} ${far}`;\n};\n"
    ),
    "js/far.js": 'import "./side.js";\nexport const far = "far";\n',
    "js/model/words.js": 'export const words = "said";\n',
}
ORDER = ["js/model/sum.js", "js/side.js", "js/held.js", "js/main.js"]


def made(**scripts: str) -> dict[str, Asset]:
    some = {**SCRIPTS, **scripts}
    return {name: Asset(name, text.encode()) for name, text in some.items()}


def said_by_node(tmp_path, files: dict[str, Asset], script: str) -> str:
    tmp_path.mkdir(exist_ok=True)
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    for name, file in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    command = ["node", "--input-type=module", "-e", script]
    return subprocess.run(
        command, cwd=tmp_path, check=True, capture_output=True, text=True, timeout=60
    ).stdout.strip()


TOLD = 'const { told } = await import("./js/main.js"); console.log(JSON.stringify(await told()));'
ALSO = 'const { total } = await import("./js/model/sum.js"); console.log(total());'


def test_joined_modules_say_what_they_said_apart(tmp_path):
    apart = said_by_node(tmp_path / "apart", dict(made()), TOLD + ALSO)
    files = joined(made(), {"js/main.js": ORDER})
    together = said_by_node(tmp_path / "together", files, TOLD + ALSO)
    assert together == apart == '[42,"js 44 far","js","said",1]\n44'


def test_a_module_comes_after_all_it_imports():
    assert in_order(made(), "js/main.js") == ORDER
    assert in_order(made(), "js/nothing.js") == []


def test_two_files_share_what_lies_in_a_third(tmp_path):
    files = {"js/joined/all.js": ORDER[:3], "js/main.js": ["js/main.js"]}
    assert said_by_node(tmp_path, joined(made(), files), TOLD).startswith('[42,"js 44 far"')


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("export let moving = 1;\n", "export let moving"),
        ("export default 1;\n", "export default"),
        ('export * from "./far.js";\n', "export *"),
        ('export { far } from "./far.js";\n', "export { far }"),
        ('import * as all from "./far.js";\n', "import *"),
        ('import { lost } from "./model/sum.js";\n', "js/model/sum.js has no lost"),
        ('import { told } from "./main.js";\n', "waits for js/main.js"),
    ],
)
def test_what_cannot_be_joined_is_refused_by_name(script, said):
    files = made(**{"js/side.js": script})
    with pytest.raises(NotJoinable, match=r"js/side\.js") as refused:
        joined(files, {"js/main.js": in_order(files, "js/main.js")})
    assert said in str(refused.value)


def test_a_default_import_is_taken_by_its_name():
    files = made(**{"js/main.js": 'import words from "./late.js";\n'})
    with pytest.raises(NotJoinable, match="has no default"):
        joined(files, {"js/late.js": ["js/late.js"]})


def test_each_app_begins_with_its_own_and_neither_needs_the_other():
    files = travelling(read_assets())
    assert list(files) == [FIRSTS, BOTHS, INSPECTORS, STAFFS, LATER_MODULE, STAFF_MODULE]
    names = [name for group in files.values() for name in group]
    assert len(names) == len(set(names))
    app = phone_app(read_assets())
    for name in ("js/sync/outbox.js", "js/ui/thumb.js"):
        assert b"shell/" not in app[name].content
    for file, others in ((LATER_MODULE, b"staff_app.js"), (STAFF_MODULE, b"shell/app.js")):
        assert others not in app[file].content.split(b"const $", 1)[0]
