/**
 * The app's own rules as a process that is told what its person does, one JSON line after the other, and answers
 * what the phone then holds. It talks to a real server; `tests/faults/phone_process.py` is its other end.
 */
import "fake-indexeddb/auto";
import { createInterface } from "node:readline";
import { judged } from "../../static/js/model/answer_row.js";
import { close } from "../../static/js/store/database.js";
import { openDraft } from "../../static/js/store/open_draft.js";
import { outboxOf } from "../../static/js/store/outbox.js";
import { keepPhoto, uploadsOf } from "../../static/js/store/photos.js";
import { rubricOf } from "../../static/js/store/rubrics.js";
import { forget } from "../../static/js/store/vault.js";
import { visitHere } from "../../static/js/store/visits.js";
import { carry } from "../../static/js/sync/api.js";
import { assignments, refreshAssignments } from "../../static/js/sync/assignments.js";
import { flush, outbox, recallOutbox, retry } from "../../static/js/sync/outbox.js";
import { fetchReturned } from "../../static/js/sync/returned.js";
import { account, restoreSession, signIn, standing } from "../../static/js/sync/session.js";
import { uploads } from "../../static/js/sync/uploads.js";
import { beginVisit, mendVisit, reopenVisit, submitVisit } from "../../static/js/sync/visits.js";
import { deleteDB } from "../../static/vendor/idb.js";

/** @typedef {import("../../static/js/types.js").Rubric} Rubric */

const realFetch = globalThis.fetch;
const realTimeout = globalThis.setTimeout;
const LONG = 30_000;

let server = "";
let cookie = "";
/** @type {Rubric | null} */
let rubric = null;

/**
 * Time stands still for the app: it tries again when its person says so, not by itself. Only what gives up on a
 * line that hangs goes on working, and whatever is not the app.
 */
globalThis.setTimeout = /** @type {typeof setTimeout} */ (
  (work, ms = 0, ...rest) =>
    ms < LONG && new Error().stack?.includes("/static/js/")
      ? { unref: () => undefined }
      : realTimeout(work, ms, ...rest)
);

globalThis.fetch = async (path, options = {}) => {
  const headers = new Headers(options.headers);
  if (cookie) headers.set("cookie", cookie);
  const { method, body, signal } = options;
  const response = await realFetch(server + path, { method, body, signal, headers });
  const set = response.headers.getSetCookie().find((one) => one.startsWith("mingcha_session="));
  if (set) cookie = set.split(";")[0];
  return response;
};

function me() {
  return account.peek()?.id ?? "account-li";
}

async function opened(visit) {
  const stored = await visitHere(me(), visit);
  if (!stored) throw new Error(`no visit ${visit} here`);
  const card = rubric ?? (await rubricOf(stored.visit.rubric));
  return openDraft(stored, /** @type {Rubric} */ (card));
}

/** The rows of every item that applies, all passed but those named. */
function said(draft, lost, note) {
  return [...draft.items.values()]
    .filter((item) => !item.feature || draft.features.includes(item.feature))
    .map((item) => {
      const verdict = lost.includes(item.code) ? "loss" : "pass";
      const row = { ...judged(draft.row(item.code), verdict, item), note };
      return { ...row, measured: "0", reason: verdict === "loss" ? "拍照会暴露身份" : "" };
    });
}

/** Work done as if nobody were signed in, so that nothing is sent on the way. */
async function offline(work) {
  const person = account.peek();
  account.value = null;
  try {
    await work();
    await flush();
  } finally {
    account.value = person;
  }
}

const commands = {
  async reset({ at, card, person, session }) {
    await close();
    await deleteDB("mingcha");
    forget();
    [server, rubric, cookie] = [at, card ?? rubric, session?.cookie ?? ""];
    carry(session?.csrf_token ?? "");
    account.value = person;
    standing.value = "in";
    await recallOutbox(me());
  },
  async sign_in({ name, password }) {
    await signIn(name, password);
  },
  async refresh() {
    await refreshAssignments(me());
    return { assignments: assignments.peek()?.data.assignments };
  },
  async begin({ assignment }) {
    return { visit: (await beginVisit(me(), assignment)).id };
  },
  async fill({ visit, lost, note, leave_out }) {
    const draft = await opened(visit);
    draft.put(
      said(draft, lost, note).filter((row) => row.item !== leave_out),
      { declaration: true },
    );
    if (leave_out) draft.put([{ ...draft.row(leave_out), verdict: null }]);
    if (!(await draft.settled())) throw new Error("not saved");
  },
  async photo({ visit, item, sha256, base64, position }) {
    const bytes = new Uint8Array(Buffer.from(base64, "base64")).buffer;
    const size = bytes.byteLength;
    const taken = { origin: "camera", taken_at: new Date().toISOString(), width: 64, height: 48 };
    const place = { format: 1, visit, item, sha256, position };
    const upload = { sha256, account: me(), visit, size, offset: 0, problem: "" };
    await keepPhoto({
      slot: { ...place, size, ...taken },
      photo: { format: 1, sha256, bytes, thumb: bytes },
      upload: { format: 1, ...upload, state: "waiting" },
    });
  },
  async seal({ visit }) {
    const draft = await opened(visit);
    await offline(() => submitVisit(draft));
    const rows = await outboxOf(me());
    const row = rows.find(
      (one) => one.visit === visit && one.attempt === draft.visit.peek().attempt,
    );
    return { content_hash: row?.content_hash };
  },
  async flush() {
    await flush({ by: "person" });
  },
  async retry({ visit, attempt }) {
    const row = outbox.peek().find((one) => one.visit === visit && one.attempt === attempt);
    if (row) await retry(row);
  },
  async reopen({ assignment, visit, attempt, reason }) {
    const here = await visitHere(me(), visit);
    if (here) await reopenVisit(here.visit, { attempt, reason });
    else await fetchReturned(me(), assignment, { visit, attempt, reason });
  },
  async mend({ visit }) {
    const here = await visitHere(me(), visit);
    if (!here) throw new Error(`no visit ${visit} here`);
    await mendVisit(here.visit);
  },
  async restart() {
    const person = account.peek();
    await close();
    forget();
    account.value = null;
    outbox.value = [];
    uploads.value = new Map();
    await restoreSession();
    account.value ??= person;
    await recallOutbox(me());
  },
};

/** Everything this phone holds. */
async function held() {
  const rows = await outboxOf(me());
  const sending = await uploadsOf(me());
  return {
    standing: standing.peek(),
    cookie,
    outbox: rows.map(({ visit, attempt, state, content_hash, receipt, photos, problem }) => ({
      visit,
      attempt,
      state,
      content_hash,
      receipt,
      photos,
      problem: problem?.code ?? "",
    })),
    uploads: Object.fromEntries(sending.map(({ sha256, state }) => [sha256, state])),
  };
}

async function obey(line) {
  const { do: name, ...rest } = JSON.parse(line);
  try {
    const outcome = await commands[name](rest);
    return { ...(await held()), ...outcome };
  } catch (error) {
    return { error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(await obey(line))}\n`);
