import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { asRubric } from "../../static/desk/rubric/model/as_rubric.js";
import * as rules from "../../static/desk/rubric/model/rules.js";
import { featuresOf, pretended } from "../../static/desk/rubric/preview/visit.js";
import { score } from "../../static/js/model/scoring.js";
import { NOON, row } from "./makers.js";
import { card, item, words } from "./rubric_drafts.js";

/** @import {Doc, DocItem, Kind} from "../../static/desk/rubric/types.js" */

test("reasons that fit another kind of rule stay", () => {
  const summed = rules.ofKind(item("A", "3"), "sum");
  assert.deepEqual(rules.reasonsOf(summed.rule), [{ code: "a", loss: "3", text: words("a") }]);
  const tiers = rules.ofKind(summed, "tier");
  assert.deepEqual(rules.reasonsOf(tiers.rule), rules.reasonsOf(summed.rule));
  const occ = rules.ofKind(tiers, "occ");
  assert.deepEqual(occ.rule, { kind: "occ", each: "3", unit: { zh: "", en: "" } });
});

test("a rule that had no reasons begins with one", () => {
  const info = rules.ofKind(item("A", "3"), "info");
  assert.equal(info.full, "0");
  assert.equal(rules.reasonsOf(rules.ofKind(info, "tier").rule).length, 1);
  assert.deepEqual(
    rules.reasonsOf(rules.ofKind(item("A", "3"), "meas").rule).map(({ loss }) => loss),
    ["3"],
  );
});

test("one more reason has a code of its own", () => {
  const tier = rules.withReason({ kind: "tier", options: [{ code: "option_1" }] });
  assert.deepEqual(
    tier.options?.map(({ code }) => code),
    ["option_1", "option_2"],
  );
  assert.equal(rules.withReason({ kind: "sum" }).ticks?.length, 1);
  assert.equal(rules.withReason({ kind: "meas" }).bands?.length, 1);
});

test("a critical item fires at its worst, and an ordinary one nowhere", () => {
  const options = [
    { code: "slight", loss: "1" },
    { code: "bad", loss: "3" },
  ];
  const worst = rules.critical(item("A", "3", { rule: { kind: "tier", options }, hours: 48 }));
  assert.ok(rules.isCritical(worst) && rules.fires(worst.rule));
  assert.deepEqual([worst.severity, worst.hours, worst.critical], ["veto", 12, { effect: "veto" }]);
  assert.deepEqual(
    worst.rule?.options?.map(({ veto }) => veto),
    [undefined, true],
  );
  const calm = rules.calmed(worst);
  assert.deepEqual(calm.rule, { kind: "tier", options });
  assert.deepEqual([calm.severity, "critical" in calm], ["major", false]);
  const counted = rules.critical(item("A", "3", { rule: { kind: "occ", each: "1" } }));
  assert.equal(counted.rule?.veto_option?.loss, "3");
  assert.equal(rules.calmed(counted).rule?.veto_option, undefined);
  // A rule under which nothing can fire is no critical one.
  assert.equal(rules.ofKind(worst, "info").severity, "major");
  assert.ok(!rules.fires(undefined));
});

test("every kind of rule offers what the server asks of it", () => {
  const reader = readFileSync("inspection/domain/rubrics/rubric_rules.py", "utf8");
  for (const kind of rules.KINDS) assert.ok(reader.includes(`"${kind}": _${kind}`), kind);
});

test("an unfinished draft is shown as far as it goes", () => {
  const rubric = asRubric({ sections: [{ items: [{}, { code: "A" }, { code: "A" }] }, {}] });
  assert.deepEqual(
    rubric.sections.map(({ key }) => key),
    ["s1", "s2"],
  );
  assert.deepEqual(
    rubric.sections[0]?.items.map(({ code }) => code),
    ["1-1", "A", "1-3"],
  );
  assert.deepEqual(rubric.sections[0]?.items[0]?.title, { zh: "—", en: "—" });
  assert.equal(rubric.sections[0]?.items[0]?.rule.kind, "info");
  assert.deepEqual(asRubric({}).sections, []);
});

test("a finished draft is scored on the phone as it will be", () => {
  /** @type {Doc} */
  const document = {
    ...card(),
    pass_line: "60",
    bands: [{ code: "good", title: words("good"), floor: "0", ceiling: "100" }],
  };
  const rubric = asRubric(document);
  const lost = [{ item: "KC-E-02", verdict: /** @type {const} */ ("loss"), option: "a" }];
  assert.equal(score(rubric, { items: lost, bonuses: [] }, []).raw, 9500);
});

test("every kind of rule becomes one of the phone's", () => {
  const kinds = rules.KINDS.map((/** @type {Kind} */ kind, index) =>
    rules.ofKind(rules.critical(item(`A-${index}`, "3")), kind),
  );
  const rubric = asRubric({ sections: [{ items: kinds }] });
  assert.deepEqual(
    rubric.sections[0]?.items.map(({ rule }) => rule.kind),
    [...rules.KINDS],
  );
  const occ = rules.critical(rules.ofKind(item("B", "2"), "occ"));
  const [shown] = asRubric({ sections: [{ items: [occ] }] }).sections[0]?.items ?? [];
  assert.ok(shown?.rule.kind === "occ" && shown.rule.veto_option?.veto);
});

test("a preview visits a store that has everything, and keeps answers to items still there", () => {
  /** @type {DocItem} */
  const one = item("A", "1", { feature: "guest_wifi" });
  const rubric = asRubric({ sections: [{ items: [one, item("B", "1")] }] });
  assert.deepEqual(featuresOf(rubric), ["guest_wifi"]);
  const stored = pretended(rubric, "店", NOON, [row("A"), row("GONE")]);
  assert.deepEqual(
    stored.rows.map((each) => each.item),
    ["A"],
  );
  assert.deepEqual(stored.visit.store.features, ["guest_wifi"]);
});
