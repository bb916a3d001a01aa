import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { env } from "node:process";
import { test } from "node:test";
import { documentOf, copiesOf, keepFetched, othersIn } from "../../static/js/store/draft_copies.js";
import { heldBy, keepImported } from "../../static/js/store/export.js";
import { outboxOf } from "../../static/js/store/outbox.js";
import { photoOf } from "../../static/js/store/photos.js";
import { sendCopies } from "../../static/js/sync/draft_copies.js";
import { flush, outbox, retry } from "../../static/js/sync/outbox.js";
import { account, standing } from "../../static/js/sync/session.js";
import { DraftsServer } from "./drafts_double.js";
import { photograph, sealed } from "./frozen.js";
import { LI, VISIT, ZHAO } from "./makers.js";
import { anotherPhone, putAway, written } from "./other_phone.js";
import { portal, problem } from "./server_double.js";

/**
 * Random scripts against a line that fails in every way it can. What the phone called saved is written into a
 * ledger; whenever a script ends, server, phone and exported file together hold all of the ledger.
 */
const RUNS = Number(env["MINGCHA_LEDGER_RUNS"] ?? 60);
const LENGTH = 14;
const SENT = VISIT.replace("1", "2");

/** @param {number} seed */
function dice(seed) {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (state * 48_271 + 11) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** What may come instead of an answer, or after it. @type {((answer: () => Promise<Response>) => Promise<Response>)[]} */
const FAULTS = [
  () => Promise.reject(new TypeError("no network")),
  (answer) => answer().then(() => Promise.reject(new TypeError("reply lost"))),
  (answer) => answer().then(answer),
  async () => portal(),
  async () => new Response(null, { status: 204 }),
  async () => new Response('{"visit":"', { headers: { "content-type": "application/json" } }),
  (answer) => answer().then(() => new Response("{}", { headers: { "content-type": "a/b" } })),
  async () => new Response(null, { status: 403 }),
  async () => problem(400, "request.cut_off"),
  async () => problem(401, "session.missing"),
  async () => problem(403, "access.forbidden"),
  async () => problem(409, "visit.conflict"),
  async () => problem(413, "request.too_large"),
  async () => problem(422, "visit.answers_refused"),
  async () => problem(422, "content.hash_mismatch"),
  async () => problem(429, "session.too_many"),
  async () => problem(500, "internal"),
  async () => problem(503, "store.busy"),
];

/** One script: a phone, a server, a file, and the ledger of what was called saved. */
class Script {
  /** @param {number} seed */
  constructor(seed) {
    this.chance = dice(seed);
    this.server = new DraftsServer();
    this.server.line = (_request, answer) => this.line(answer);
    this.server.listen();
    this.calm = false;
    this.note = "";
    this.saves = 0;
    this.hash = "";
    /** @type {string[]} */
    this.photos = [];
    /** @type {{held: import("../../static/js/store/export.js").Held, pixels: Map<string, ArrayBuffer>} | null} */
    this.file = null;
    /** @type {(() => Promise<Response>)[]} */
    this.late = [];
  }

  /** @param {() => Promise<Response>} answer */
  line(answer) {
    // Some requests come again much later, after newer ones.
    if (this.chance() < 0.1) this.late.push(answer);
    if (this.calm || this.chance() < 0.45) return null;
    return (FAULTS[Math.floor(this.chance() * FAULTS.length)] ?? portal)(answer);
  }

  /** @type {(() => Promise<unknown>)[]} */
  steps = [
    () => this.type(),
    () => this.photograph(),
    () => this.freeze(),
    () => sendCopies(),
    () => flush(),
    () => flush(),
    () => Promise.all([sendCopies(), flush()]),
    () => this.somebodyElse(),
    () => this.signInAgain(),
    () => this.export(),
    () => this.changePhones(),
    () => this.replay(),
  ];

  async run() {
    for (let step = 0; step < LENGTH; step += 1)
      await this.steps[Math.floor(this.chance() * this.steps.length)]?.();
    await this.check();
    await this.settle();
  }

  async type() {
    this.saves += 1;
    this.note = `note ${this.saves}`;
    await written(this.note, this.saves);
  }

  async photograph() {
    if (!this.note) await this.type();
    const size = 40 + this.photos.length * 7 + Math.floor(this.chance() * 5);
    const hash = await photograph(size);
    if (!this.photos.includes(hash)) this.photos.push(hash);
  }

  async freeze() {
    if (this.hash) return;
    await sealed([...this.photos], SENT);
    this.hash = (await outboxOf(LI))[0]?.content_hash ?? "";
  }

  async somebodyElse() {
    const visits = this.server.visits.size;
    account.value = { id: ZHAO, name: "赵", role: "inspector", pseudonym: null, language: "zh-CN" };
    await Promise.all([flush(), sendCopies()]);
    assert.equal(this.server.visits.size, visits, "nothing travels in another's name");
    account.value = { id: LI, name: "李", role: "inspector", pseudonym: null, language: "zh-CN" };
  }

  async signInAgain() {
    standing.value = "in";
  }

  async export() {
    const held = await heldBy(LI);
    /** @type {Map<string, ArrayBuffer>} */
    const pixels = new Map();
    for (const { sha256 } of held.photos) {
      const bytes = (await photoOf(sha256))?.bytes;
      if (bytes) pixels.set(sha256, bytes);
    }
    this.file = structuredClone({ held, pixels });
  }

  /** The phone is gone; its last export goes into another one. */
  async changePhones() {
    if (this.chance() < 0.5) return;
    await this.export();
    await anotherPhone();
    for (const [sha256, bytes] of this.file?.pixels ?? [])
      await keepFetched(LI, { format: 1, sha256, bytes, thumb: bytes });
    if (this.file) await keepImported(LI, this.file.held, "the other phone");
  }

  async replay() {
    const again = this.late.splice(0);
    for (const answer of again.reverse()) await answer();
  }

  async check() {
    if (this.hash) assert.ok(await this.holdsSubmission(), "the frozen visit is somewhere");
    if (this.note) assert.ok(await this.holdsNote(), `${this.note} is somewhere`);
    for (const hash of this.photos)
      assert.ok(await this.holdsPhoto(hash), "the photo is somewhere");
    for (const row of await outboxOf(LI))
      if (row.receipt) assert.equal(this.server.visits.get(`${SENT} 1`)?.hash, row.content_hash);
  }

  async holdsSubmission() {
    const rows = [...(await outboxOf(LI)), ...(this.file?.held.rows ?? [])];
    return (
      this.server.visits.get(`${SENT} 1`)?.hash === this.hash ||
      rows.some((row) => row.content_hash === this.hash)
    );
  }

  async holdsNote() {
    const copies = [...(this.server.drafts.get(VISIT)?.values() ?? [])].map(
      (copy) => JSON.parse(new TextDecoder().decode(copy.body)).document,
    );
    const others = (await copiesOf(LI)).map(othersIn);
    const beside = (await Promise.all(others)).flat().map((one) => one.document);
    const all = [await documentOf(LI, VISIT), ...copies, ...beside, ...this.inFile()];
    return all.some((document) => document?.answers[0]?.note === this.note);
  }

  inFile() {
    return this.file?.held.documents ?? [];
  }

  /** @param {string} hash */
  async holdsPhoto(hash) {
    const kept = [this.server.photos.get(hash), (await photoOf(hash))?.bytes];
    return [...kept, this.file?.pixels.get(hash)].some((bytes) => bytes && named(bytes) === hash);
  }

  /** The line gets well, the person taps: everything arrives, once, as it was frozen. */
  async settle() {
    this.calm = true;
    await this.replay();
    standing.value = "in";
    await flush({ by: "person" });
    for (let tries = 0; tries < 4; tries += 1) for (const row of outbox.value) await retry(row);
    await sendCopies();
    const open = outbox.value.filter((row) => row.state !== "complete");
    assert.deepEqual(open, [], "nothing is left to send");
    assert.equal(this.server.visits.get(`${SENT} 1`)?.hash ?? "", this.hash);
    assert.equal(this.server.visits.size, Number(this.hash !== ""), "none twice");
  }
}

/** @param {ArrayBuffer | Uint8Array} bytes */
function named(bytes) {
  return createHash("sha256").update(new Uint8Array(bytes)).digest("hex");
}

test(`${RUNS} random scripts: server, phone and file together hold the ledger`, async () => {
  const only = Number(env["MINGCHA_LEDGER_SEED"] ?? 0);
  for (let seed = only || 1; seed <= (only || RUNS); seed += 1) {
    await anotherPhone();
    try {
      await new Script(seed).run();
    } catch (error) {
      const told = error instanceof Error ? error.stack : error;
      throw new Error(`script ${seed}: ${told}`, { cause: error });
    }
    await putAway();
  }
});
