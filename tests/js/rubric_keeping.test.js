import assert from "node:assert/strict";
import { test } from "node:test";
import { createEditor } from "../../static/desk/rubric/editor.js";
import { undoByKey } from "../../static/desk/rubric/keys.js";
import { faultsAt, faultsOn, pathOf, spotAt } from "../../static/desk/rubric/model/faults.js";
import * as keeping from "../../static/desk/rubric/model/keeping.js";
import { NO_PAST, redone, remembered, undone } from "../../static/desk/rubric/model/past.js";
import { addItem } from "../../static/desk/rubric/model/shaping.js";
import { outcome, reportOf } from "../../static/desk/rubric/server.js";
import { keepSaving } from "../../static/desk/rubric/saving.js";
import { NOON } from "./makers.js";
import { card } from "./rubric_drafts.js";

/** @import {Doc, Fault, Report} from "../../static/desk/rubric/types.js" */
/** @import {Outcome} from "../../static/desk/rubric/server.js" */

/** @param {Partial<Report>} [said] @returns {Report} */
const report = (said = {}) => ({
  document: card(),
  seen: 3,
  faults: [],
  changed_at: NOON,
  changed_by: "何志强",
  changed_by_you: false,
  ...said,
});
const FULL = ["sections", 0, "items", 0, "full"];

test("what was typed and never arrived is taken up again", () => {
  const typed = { ...card(), edition: "2027" };
  const fresh = keeping.takenUp(report(), null);
  assert.deepEqual([fresh.kept.state, fresh.document], ["saved", card()]);
  const again = keeping.takenUp(report(), { seen: 3, document: typed, at: NOON });
  assert.deepEqual([again.kept.state, again.document], ["changed", typed]);
  const same = keeping.takenUp(report(), { seen: 2, document: card(), at: NOON });
  assert.equal(same.kept.state, "saved");
  const older = keeping.takenUp(report(), { seen: 2, document: typed, at: NOON });
  assert.deepEqual([older.kept.state, older.document], ["conflict", typed]);
  assert.equal(older.kept.theirs?.seen, 3);
});

test("a change is on its way until the server has it, and what came meanwhile follows", () => {
  const { kept } = keeping.takenUp(report(), null);
  const next = { ...card(), edition: "2027" };
  const changed = keeping.changedHere(kept, next);
  assert.ok(keeping.isDue(changed));
  assert.equal(keeping.changedHere(changed, next), changed);
  assert.equal(keeping.changedHere(kept, card()).state, "saved");
  const saving = { ...changed, state: /** @type {const} */ ("saving") };
  assert.equal(keeping.changedHere(saving, next).state, "saving");
  const here = keeping.arrived(saving, next, next, { seen: 4, changed_at: NOON });
  assert.deepEqual([here.state, here.seen, here.base], ["saved", 4, next]);
  const more = keeping.arrived(saving, next, card(), { seen: 4, changed_at: NOON });
  assert.equal(more.state, "changed");
  const refused = keeping.failed(saving, "refused", "too large");
  assert.ok(!keeping.isDue(refused));
  assert.equal(keeping.changedHere(refused, next).state, "changed");
});

test("somebody else's change is a conflict until somebody decides", () => {
  const { kept } = keeping.takenUp(report(), null);
  const mine = { ...card(), edition: "mine" };
  const theirs = report({ seen: 9, document: { ...card(), edition: "theirs" } });
  const both = keeping.overtaken(kept, theirs, mine);
  assert.deepEqual([both.state, keeping.isDue(both)], ["conflict", false]);
  assert.equal(keeping.changedHere(both, card()), both);
  const my = keeping.settled(both, mine);
  assert.deepEqual([my.state, my.seen], ["changed", 9]);
  assert.equal(keeping.settled(both, theirs.document).state, "saved");
  assert.equal(keeping.settled(kept, mine), kept);
  assert.equal(keeping.overtaken(kept, theirs, theirs.document).state, "saved");
});

test("typing on in one field is one step back", () => {
  const moment = (/** @type {string} */ edition) => ({
    document: { edition },
    at: { section: 0, item: 0 },
  });
  let past = remembered(NO_PAST, moment(""), "edition", 0);
  past = remembered(past, moment("2"), "edition", 1000);
  assert.equal(past.done.length, 1);
  past = remembered(past, moment("20"), "edition", 60_000);
  past = remembered(past, moment("202"), "title", 60_100);
  past = remembered(past, moment("2027"), "", 60_200);
  assert.equal(past.done.length, 4);
  const back = undone(past, moment("now"));
  assert.equal(back?.moment.document.edition, "2027");
  assert.equal(back && redone(back.past, moment("2027"))?.moment.document.edition, "now");
  assert.equal(undone(NO_PAST, moment("")), null);
  assert.equal(redone(NO_PAST, moment("")), null);
});

test("faults are found at their field, whichever way their place is written", () => {
  const path = ["sections", 3, "items", 2, "full"];
  for (const place of [
    "sections/3/items/2/full",
    "/sections/3/items/2/full",
    "sections[3].items[2].full",
  ])
    assert.deepEqual(pathOf(place), path);
  /** @type {Fault[]} */
  const faults = [
    { path: "sections/3/items/2/full", code: "a", detail: "" },
    { path: "sections/3/items/2", code: "b", detail: "" },
    { path: "full", code: "c", detail: "" },
  ];
  const codes = (/** @type {Fault[]} */ found) => found.map(({ code }) => code);
  assert.deepEqual(codes(faultsAt(faults, path.slice(0, 4))), ["a", "b"]);
  assert.deepEqual(codes(faultsOn(faults, path.slice(0, 4))), ["b"]);
  assert.deepEqual(spotAt(path), { section: 3, item: 2 });
  assert.deepEqual(spotAt(["sections", 3, "full"]), { section: 3, item: null });
  assert.equal(spotAt(["full"]), null);
});

test("the editor steps back and forth, by the keyboard too", () => {
  const editor = createEditor("one", report(), null);
  editor.change(FULL, "16", true);
  editor.shape((draft) => addItem(draft, 0));
  assert.deepEqual(editor.spot.value, { section: 0, item: 2 });
  const press = (/** @type {object} */ keys) =>
    undoByKey(editor, /** @type {any} */ ({ ctrlKey: true, preventDefault() {}, ...keys }));
  press({ key: "z" });
  assert.equal(editor.draft.value.sections?.[0]?.full, "21");
  press({ key: "z" });
  assert.deepEqual([editor.draft.value, editor.kept.value.state], [card(), "saved"]);
  press({ key: "Z", shiftKey: true });
  press({ key: "y" });
  press({ key: "b" });
  press({ key: "z", ctrlKey: false });
  assert.equal(editor.draft.value.sections?.[0]?.items?.length, 3);
  assert.equal(editor.redo(), false);
  assert.deepEqual(editor.balanced.value, card());
  editor.choose({ section: 1, item: null });
  assert.equal(editor.panel.value, "section");
});

test("an answer of the server says what to do next", () => {
  const kinds = [200, 401, 403, 409, 422, 429, 502].map((status) => outcome(status, {}).kind);
  const wanted = ["done", "signed_out", "closed", "closed", "refused", "offline", "offline"];
  assert.deepEqual(kinds, wanted);
  assert.equal(outcome(409, { code: "rubric_draft.changed" }).kind, "changed");
  assert.equal(outcome(403, { code: "request.forged" }).kind, "signed_out");
  const body = { document: card(), seen: 3, report: { faults: [] }, changed_at: NOON };
  assert.deepEqual(reportOf({ ...body, changed_by: "何志强", changed_by_you: false }), report());
});

/** @param {Outcome[]} answers */
function server(answers) {
  /** @type {[Doc, number][]} */
  const kept = [];
  const read = async () => answers.shift() ?? { kind: /** @type {const} */ ("offline") };
  const keep = async (/** @type {Doc} */ document, /** @type {number} */ seen) => {
    kept.push([document, seen]);
    return read();
  };
  return { read, keep, kept };
}

/** What the browser keeps. */
function shelf() {
  /** @type {import("../../static/desk/rubric/model/keeping.js").KeptHere[]} */
  const kept = [];
  const keep = (/** @type {any} */ one) => kept.push(one) > 0;
  return { kept, read: () => null, keep, forget: () => void kept.splice(0) };
}

test("what is typed is kept here at once, sent over what was seen, then forgotten here", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const editor = createEditor("one", report(), null);
  const answers = server([
    { kind: "done", body: { seen: 4, faults: [{ path: "full", code: "a", detail: "" }] } },
  ]);
  const here = shelf();
  const saving = keepSaving(editor, answers, here);
  editor.change(FULL, "16");
  assert.equal(here.kept.at(-1)?.document, editor.draft.value);
  await saving.now();
  assert.deepEqual(answers.kept, [[editor.draft.value, 3]]);
  assert.deepEqual([editor.kept.value.state, editor.kept.value.seen], ["saved", 4]);
  assert.deepEqual([editor.faults.value.length, here.kept.length], [1, 0]);
  await saving.now();
  assert.equal(answers.kept.length, 1);
});

test("without an answer it stays here and goes out again", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const editor = createEditor("one", report(), null);
  const answers = server([{ kind: "offline" }, { kind: "done", body: { seen: 4, faults: [] } }]);
  const here = shelf();
  const saving = keepSaving(editor, answers, here);
  editor.change(FULL, "16");
  await saving.now();
  assert.equal(editor.kept.value.state, "offline");
  assert.ok(here.kept.length > 0);
  await saving.now();
  assert.equal(editor.kept.value.state, "saved");
});

test("overtaken, both versions are shown and a decision goes out over theirs", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const editor = createEditor("one", report(), null);
  const theirs = { ...card(), edition: "theirs" };
  const body = {
    document: theirs,
    seen: 8,
    report: { faults: [] },
    changed_at: NOON,
    changed_by: "x",
    changed_by_you: false,
  };
  const answers = server([
    { kind: "changed", problem: "" },
    { kind: "done", body },
    { kind: "done", body: { seen: 9, faults: [] } },
  ]);
  const saving = keepSaving(editor, answers, shelf());
  editor.change(FULL, "16");
  await saving.now();
  assert.equal(editor.kept.value.state, "conflict");
  editor.settle(editor.draft.value);
  await saving.now();
  assert.deepEqual([answers.kept.at(-1)?.[1], editor.kept.value.state], [8, "saved"]);
});

test("refused or closed, the server's own words stay on the screen", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  for (const kind of /** @type {const} */ (["refused", "closed"])) {
    const editor = createEditor("one", report(), null);
    const saving = keepSaving(editor, server([{ kind, problem: "why", body: {} }]), shelf());
    editor.change(FULL, "16");
    await saving.now();
    assert.deepEqual([editor.kept.value.state, editor.kept.value.problem], [kind, "why"]);
  }
  const editor = createEditor("one", report(), null);
  const saving = keepSaving(editor, server([{ kind: "changed", problem: "" }]), shelf());
  editor.change(FULL, "16");
  await saving.now();
  assert.equal(editor.kept.value.state, "offline");
});
