"""What travels is what was written, less what a browser skips."""

import json
import subprocess
from pathlib import Path

import pytest

from inspection.web.slimming import slim_script, slim_style

STATIC = Path("static")

COMPARE = """
import { tokenize } from "espree";
import { readFileSync } from "node:fs";
const told = (code) =>
  JSON.stringify(
    tokenize(code, { ecmaVersion: 2023, sourceType: "module" }).map((t) => [t.type, t.value]),
  );
const pairs = JSON.parse(readFileSync(0, "utf8"));
const differing = pairs.filter(([, a, b]) => told(a) !== told(b)).map(([name]) => name);
process.stdout.write(JSON.stringify(differing));
"""

AWKWARD = r"""
const a = "// no comment"; // one
const b = '/* nor this */' /* gone */ + `a // b ${ /* in */ a /* x */ + `/* ${b} */` } // c`;
const d = /[/*]\/\/"`/g.test(a) ? a / 2 / 3 : (a) / b; // last
const e = `  two
    lines  ${{ f: { g: "}" } }.f.g}  // stay
`;
/**
 * @returns {string}
 */
function h() { return /\}`/.source }
label: for (const i of [1]) { i
++
a; continue label }
const j = a /* one
two */
;[b].map(h)
"""


def differing(pairs: list[tuple[str, str, str]]) -> list[str]:
    """Names of the scripts that are not the same word for word to a browser."""
    command = ["node", "--input-type=module", "-e", COMPARE]
    done = subprocess.run(
        command, input=json.dumps(pairs), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_script_of_ours_says_the_same_without_its_comments():
    sources = {str(path): path.read_text("utf-8") for path in sorted(STATIC.rglob("*.js"))}
    pairs = [(name, source, slim_script(source)) for name, source in sources.items()]
    assert len(pairs) > 100
    assert differing(pairs) == []
    written, sent = (sum(len(pair[place]) for pair in pairs) for place in (1, 2))
    assert sent < 0.85 * written


def test_an_awkward_script_says_the_same():
    slim = slim_script(AWKWARD)
    assert differing([("awkward", AWKWARD, slim)]) == []
    assert "gone" not in slim
    assert "returns" not in slim
    assert "  two\n    lines  " in slim
    assert "// stay" in slim


def test_the_comparison_would_see_a_difference():
    assert differing([("a", "`// a`", "``"), ("b", "a  // b\nc", "a\nc")]) == ["a"]


def test_line_breaks_stay_where_a_sentence_may_end():
    assert slim_script("a\n  // b\n\n  c /* d\n */ e f") == "a\nc\ne f"


def test_a_licence_note_stays():
    assert slim_script("/*! MIT */\na") == "/*! MIT */\na"
    assert slim_script("/**\n * @license BSD\n */\na") == "/**\n * @license BSD\n */\na"


def test_an_unfinished_template_stays_as_it_is():
    assert slim_script("a = `// b ${") == "a = `// b ${"


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("/* a */\nb {\n  c: d;\n}\n", "b { c: d; }\n"),
        ('a::after { content: "/* b */  c" }', 'a::after { content: "/* b */  c" }\n'),
        ("a { b: '\\' /* '; }", "a { b: '\\' /* '; }\n"),
    ],
)
def test_a_style_sheet_loses_its_notes_but_no_text(written, sent):
    assert slim_style(written) == sent
