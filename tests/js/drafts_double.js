import { createHash } from "node:crypto";
import { NOON } from "./makers.js";
import { Server, json, problem } from "./server_double.js";

/** @typedef {{body: Uint8Array, hash: string, saves: number, attempt: number, photos: string[], changed_at: string, session: string, gone: boolean}} Copy */

/** The double with the routes of drafts: one copy per visit and device, nothing merged. */
export class DraftsServer extends Server {
  constructor() {
    super();
    /** @type {Map<string, Map<string, Copy>>} */
    this.drafts = new Map();
    /** @type {Map<string, string>} */
    this.owners = new Map();
    /** The browser session that asks. */
    this.session = "one";
  }

  /**
   * @override
   * @param {string} method
   * @param {string} path
   * @param {RequestInit} options
   */
  async answer(method, path, options) {
    if (path.startsWith("/api/drafts")) return this.answerDrafts(method, path, options);
    if (method === "GET" && path.startsWith("/api/photos/")) return this.picture(path);
    return super.answer(method, path, options);
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {RequestInit} options
   */
  answerDrafts(method, path, options) {
    const [visit = "", device = ""] = path.split("/").slice(3);
    if (!visit) return json(200, { drafts: this.listedDrafts() });
    if (device === "owner") return this.own(visit, JSON.parse(String(options.body)).device);
    if (method === "PUT") return this.keep(visit, device, options);
    return this.copy(method, visit, device);
  }

  /** @param {string} path */
  picture(path) {
    const bytes = this.photos.get(path.split("/").at(-1) ?? "");
    if (!bytes) return problem(404, "missing");
    return new Response(Buffer.from(bytes), { headers: { "content-type": "image/jpeg" } });
  }

  /**
   * @param {string} visit
   * @param {string} device
   * @param {RequestInit} options
   */
  keep(visit, device, options) {
    const body = new Uint8Array(/** @type {ArrayBuffer} */ (options.body));
    const hash = createHash("sha256").update(body).digest("hex");
    if (hash !== new Headers(options.headers).get("x-content-sha256"))
      return problem(422, "content.hash_mismatch");
    const said = JSON.parse(new TextDecoder().decode(body));
    if (said.visit !== visit || said.device !== device) return problem(422, "request.invalid");
    if ([...this.visits.keys()].some((key) => isAtLeast(key, visit, said.attempt)))
      return problem(409, "draft.submitted");
    this.store(said, body, hash);
    if (!this.owners.has(visit)) this.owners.set(visit, device);
    return json(200, this.kept(visit, device));
  }

  /**
   * @param {Pick<Copy, "saves" | "attempt" | "photos" | "changed_at"> & {visit: string, device: string}} said
   * @param {Uint8Array} body
   * @param {string} hash
   */
  store({ visit, device, attempt, saves, photos, changed_at }, body, hash) {
    const devices = this.drafts.get(visit) ?? new Map();
    this.drafts.set(visit, devices);
    const known = devices.get(device);
    const newer = (attempt - (known?.attempt ?? 0) || saves - (known?.saves ?? 0)) > 0;
    const rest = { session: this.session, gone: false };
    if (newer) devices.set(device, { body, hash, saves, attempt, photos, changed_at, ...rest });
  }

  /**
   * @param {string} visit
   * @param {string} device
   */
  kept(visit, device) {
    const copy = this.draft(visit, device);
    const missing = copy.photos.filter((sha256) => !this.photos.has(sha256));
    const { saves, hash: content_hash } = copy;
    const owner = this.owners.get(visit);
    return { visit, device, saves, content_hash, received_at: this.now(), owner, missing };
  }

  now() {
    return new Date().toISOString();
  }

  /**
   * @param {string} visit
   * @param {string} device
   * @returns {Copy}
   */
  draft(visit, device) {
    const found = this.drafts.get(visit)?.get(device);
    if (!found) throw new Error(`no copy of ${visit} by ${device}`);
    return found;
  }

  /**
   * @param {string} method
   * @param {string} visit
   * @param {string} device
   */
  copy(method, visit, device) {
    const found = this.drafts.get(visit)?.get(decodeURIComponent(device));
    if (!found) return problem(404, "missing");
    if (method === "DELETE") {
      found.gone = true;
      return new Response(null, { status: 204 });
    }
    const headers = { "content-type": "application/json", "x-content-sha256": found.hash };
    return new Response(Buffer.from(found.body), { headers });
  }

  /**
   * @param {string} visit
   * @param {string} device
   */
  own(visit, device) {
    if (!this.drafts.has(visit)) return problem(404, "missing");
    this.owners.set(visit, device);
    return json(200, this.listedDraft(visit));
  }

  listedDrafts() {
    const open = [...this.drafts.keys()].filter(
      (visit) => ![...this.visits.keys()].some((key) => isAtLeast(key, visit, 1)),
    );
    return open.map((visit) => this.listedDraft(visit)).filter((draft) => draft.copies.length);
  }

  /** @param {string} visit */
  listedDraft(visit) {
    const kept = [...(this.drafts.get(visit) ?? [])].filter(([, copy]) => !copy.gone);
    const copies = kept.map(([device, copy]) => ({
      device,
      saves: copy.saves,
      changed_at: copy.changed_at,
      received_at: NOON,
      content_hash: copy.hash,
      photos: copy.photos.length,
      this_session: copy.session === this.session,
    }));
    const store = { code: "LZ-C01", name: "云汀路客户俱乐部", kind: "customer_club" };
    const owner = this.owners.get(visit) ?? "";
    return { visit, attempt: 1, assignment: "assignment-1", store, owner, copies };
  }
}

/**
 * @param {string} key visit and attempt received
 * @param {string} visit
 * @param {number} attempt
 */
function isAtLeast(key, visit, attempt) {
  const [id, received] = key.split(" ");
  return id === visit && Number(received) >= attempt;
}
