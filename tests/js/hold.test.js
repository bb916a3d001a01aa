import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { dropDraft, hold, holdDraft, isElsewhere } from "../../static/js/sync/hold.js";
import { VISIT } from "./makers.js";

/** The browser's locks, with other windows that can be asked to take one. */
class Locks {
  constructor() {
    /** @type {Map<string, (reason: Error) => void>} */
    this.held = new Map();
  }

  /**
   * @param {string} name
   * @param {{steal?: boolean, signal?: AbortSignal}} how
   * @param {(lock: object) => unknown} work
   */
  async request(name, { steal, signal }, work) {
    while (this.held.has(name) && !steal) await turn().then(() => signal?.throwIfAborted());
    this.held.get(name)?.(new DOMException("stolen", "AbortError"));
    /** @type {Promise<never>} */
    const stolen = new Promise((_, reject) => this.held.set(name, reject));
    const own = this.held.get(name);
    const done = Promise.resolve(work({ name })).then(() => {
      if (this.held.get(name) === own) this.held.delete(name);
    });
    return Promise.race([done, stolen]);
  }
}

/** @param {Locks | undefined} locks */
function browser(locks) {
  Object.defineProperty(globalThis, "navigator", { value: { locks }, configurable: true });
  return locks;
}

const LOCK = `mingcha-draft-${VISIT}`;
const forEver = () => new Promise(() => {});
const turn = () => new Promise((done) => setTimeout(done));

afterEach(() => dropDraft());

test("a draft is taken once and kept until it is put down", async () => {
  const locks = new Locks();
  browser(locks);
  assert.equal(await holdDraft(VISIT), true, "read it now");
  assert.equal(await holdDraft(VISIT), false, "it is in hand already");
  assert.ok(locks.held.has(LOCK));
  dropDraft();
  await turn();
  assert.ok(!locks.held.has(LOCK));
});

test("a draft open in another window is not ours until it is taken over", async () => {
  const locks = new Locks();
  browser(locks);
  /** @type {unknown} */
  let lost;
  void locks.request(LOCK, {}, forEver).catch((error) => (lost = error));
  assert.equal(await holdDraft(VISIT), false);
  assert.ok(isElsewhere(VISIT));
  assert.equal(await holdDraft(VISIT, { steal: true }), true);
  assert.equal(hold.value.by, "us");
  await turn();
  assert.ok(lost, "the other window knows");
});

test("a draft taken by another window is read again when it comes back", async () => {
  const locks = new Locks();
  browser(locks);
  await holdDraft(VISIT);
  void locks.request(LOCK, { steal: true }, forEver).catch(() => undefined);
  await turn();
  assert.ok(isElsewhere(VISIT));
  assert.equal(await holdDraft(VISIT, { steal: true }), true);
  assert.ok(!isElsewhere(VISIT));
});

test("without locks every draft is ours", async () => {
  browser(undefined);
  assert.equal(await holdDraft(VISIT), true);
  assert.ok(!isElsewhere(VISIT));
});
