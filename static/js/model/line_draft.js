/** @import {AppealSent, DraftPhoto, ExtensionSent, LineDraft, MessageSent, ReplySent} from "../types.js" */

/** Longest text the server takes. */
export const LONGEST = 500;
const MOST_PHOTOS = 9;
/** Photos and documents an appeal has room for. */
export const MOST_FILES = 6;
/** Characters of a document's name. */
const LONGEST_NAME = 255;
/** Bytes of one document. */
export const LARGEST_PAPER = 5 * 1024 * 1024;

/** How much more time may be asked for, in hours. */
export const HOURS = /** @type {const} */ ([24, 48, 72, 168, 360]);
export const GROUNDS = /** @type {const} */ ([
  "facts",
  "standard",
  "force_majeure",
  "counted_twice",
]);

/** @typedef {LineDraft["kind"]} Kind */
/** @typedef {"text" | "long" | "photo" | "photos" | "files" | "ground"} Lack */

/**
 * @param {Pick<LineDraft, "id" | "account" | "notice" | "line" | "kind" | "appeal" | "beside">} of
 * @returns {LineDraft}
 */
export function emptyDraft(of) {
  const texts = { cause: "", text: "", prevention: "", ground: "" };
  return { format: 1, ...of, ...texts, hours: 24, photos: [], changed_at: "" };
}

/** @param {LineDraft} draft whether there is anything in it to lose */
export function saysSomething(draft) {
  const { cause, text, prevention, ground } = draft;
  const said = [cause, text, prevention].some((words) => words.trim());
  return said || Boolean(ground || filesOf(draft).length);
}

/**
 * The hashes of everything that travels apart from the draft, photos first.
 * @param {Pick<LineDraft, "photos" | "documents">} draft
 */
export function filesOf({ photos, documents = [] }) {
  return [...photos, ...documents].map(({ sha256 }) => sha256);
}

/** @param {LineDraft} draft whether it takes documents beside photos, few of both together */
function isOfAppeal({ kind }) {
  return kind === "appeal" || kind === "message";
}

/**
 * How many more photos or documents a draft has room for.
 * @param {LineDraft} draft
 */
export function roomIn(draft) {
  const most = isOfAppeal(draft) ? MOST_FILES - (draft.beside ?? 0) : MOST_PHOTOS;
  return most - filesOf(draft).length;
}

const PDF = "%PDF-";
const PDF_END = "%%EOF";
/** A reader looks this far from the end. */
const LAST = 1024;

/**
 * What keeps a file from being attached as a document; "" where nothing does. The server looks as closely.
 * @param {ArrayBuffer} bytes
 * @returns {"" | "pdf" | "pdf_large"}
 */
export function paperFault(bytes) {
  if (bytes.byteLength > LARGEST_PAPER) return "pdf_large";
  const ascii = new TextDecoder("latin1");
  const begins = ascii.decode(bytes.slice(0, PDF.length)) === PDF;
  return begins && ascii.decode(bytes.slice(-LAST)).includes(PDF_END) ? "" : "pdf";
}

/**
 * The drafts to show after those on the phone were read, which takes a while.
 * @param {readonly LineDraft[]} before what was shown when the reading began
 * @param {readonly LineDraft[]} now what is shown by its end
 * @param {readonly LineDraft[]} kept what was read
 * @returns {LineDraft[]}
 */
export function recalled(before, now, kept) {
  const changed = now.filter((draft) => !before.includes(draft));
  const gone = before.filter(({ id }) => !now.some((draft) => draft.id === id));
  const newer = new Set([...changed, ...gone].map(({ id }) => id));
  return [...kept.filter(({ id }) => !newer.has(id)), ...changed];
}

/**
 * What keeps a draft from being sent.
 * @param {LineDraft} draft
 * @param {boolean} photoWanted
 * @returns {Lack[]}
 */
export function lacks(draft, photoWanted) {
  const { kind, cause, text, prevention, ground, photos } = draft;
  /** @type {[Lack, boolean][]} */
  const checked = [
    ["text", !text.trim()],
    ["long", [cause, text, prevention].some((said) => said.trim().length > LONGEST)],
    ["photo", kind === "reply" && photoWanted && !photos.length],
    [isOfAppeal(draft) ? "files" : "photos", roomIn(draft) < 0],
    ["ground", kind === "appeal" && !ground],
  ];
  return checked.filter(([, lacking]) => lacking).map(([lack]) => lack);
}

/**
 * Puts a phrase at the end of a text, or takes it away again.
 * @param {string} text
 * @param {string} phrase
 */
export function withPhrase(text, phrase) {
  if (!text.includes(phrase)) return text.trim() ? `${text.trimEnd()}\n${phrase}` : phrase;
  return text.replace(phrase, "").trim();
}

/**
 * What is sent: times as the server's clock would have told them, for a photo must be later than the notice.
 * @param {LineDraft} draft
 * @param {number} offset milliseconds the server is ahead
 * @returns {ReplySent | ExtensionSent | AppealSent | MessageSent}
 */
export function bodyOf(draft, offset) {
  const { kind, cause, text, prevention, hours, ground, photos } = draft;
  if (kind === "extension") return { format: 1, hours, reason: text.trim() };
  const words = text.trim();
  if (kind === "appeal") return { format: 1, ground, text: words, ...filesSent(draft) };
  if (kind === "message")
    return { format: 1, appeal: draft.appeal ?? "", text: words, ...filesSent(draft) };
  const said = { cause: cause.trim(), measure: words, prevention: prevention.trim() };
  // Left out where it is not so: what an older app froze stays the same bytes.
  const flag = draft.on_the_spot ? { on_the_spot: true } : {};
  return { format: 1, ...said, ...flag, photos: photos.map((photo) => photoSent(photo, offset)) };
}

/**
 * @param {DraftPhoto} photo
 * @param {number} offset
 */
function photoSent({ sha256, origin, taken_at }, offset) {
  return { sha256, origin, taken_at: new Date(Date.parse(taken_at) + offset).toISOString() };
}

/** @param {LineDraft} draft */
function filesSent({ photos, documents = [] }) {
  return {
    photos: photos.map(({ sha256 }) => sha256),
    documents: documents.map(({ sha256, name }) => ({ sha256, name: name.slice(0, LONGEST_NAME) })),
  };
}
