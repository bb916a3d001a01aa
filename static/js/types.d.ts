// Shapes that travel (the wire) and shapes that stay (rows of the phone's database). Points are hundredths.

export type Hundredths = number;
export type Language = "zh-CN" | "en";
export type Verdict = "pass" | "loss" | "na" | "not_observed";
export type EvidenceKind = "photo" | "record" | "note" | "none";

// ---------- rubric, as published ----------

export interface Text {
  zh: string;
  en: string;
}

export interface Option {
  code: string;
  text: Text;
  loss: Hundredths;
  veto: boolean;
}

export interface Tier {
  kind: "tier";
  options: Option[];
}

export interface Occ {
  kind: "occ";
  each: Hundredths;
  unit: Text;
  veto_option: Option | null;
}

export interface Sum {
  kind: "sum";
  ticks: Option[];
}

export interface MeasBand {
  above: Hundredths;
  loss: Hundredths;
  text: Text;
  veto: boolean;
}

export interface Meas {
  kind: "meas";
  unit: Text;
  least: Hundredths;
  most: Hundredths;
  bands: MeasBand[];
}

export interface Info {
  kind: "info";
}

export type Rule = Tier | Occ | Sum | Meas | Info;

export interface Critical {
  effect: "none" | "veto" | "cap" | "section_zero" | "total_zero";
  cap: Hundredths;
}

export interface Item {
  code: string;
  title: Text;
  standard: Text;
  full: Hundredths;
  rule: Rule;
  rule_text: Text;
  evidence: EvidenceKind;
  na: "never" | "allowed";
  feature: string;
  severity: "general" | "major" | "veto";
  critical: Critical;
  rectification: Text;
  hours: number;
  source: string;
  /** The role that rectifies, and how it should look: in rubrics that say so. */
  responsible?: Text;
  photos?: string[];
}

export interface Section {
  code: string;
  key: string;
  title: Text;
  short: Text;
  full: Hundredths;
  items: Item[];
  over_allocated: boolean;
}

export interface Band {
  code: string;
  title: Text;
  floor: Hundredths;
  ceiling: Hundredths;
}

export interface Bonus {
  code: string;
  title: Text;
  points: Hundredths;
}

export interface Rubric {
  code: string;
  edition: string;
  title: Text;
  store_kind: "storefront" | "customer_club";
  full: Hundredths;
  pass_line: Hundredths | null;
  bands: Band[];
  na_method: "scale_section" | "full_credit" | "whole_card" | "zero";
  rounding: "half_up" | "half_even";
  repeat_factor: Hundredths;
  spot_refund: Hundredths;
  bonus_cap: Hundredths;
  bonuses: Bonus[];
  manual_na_review_share: Hundredths;
  min_applicable_share: Hundredths;
  not_observed_share: Hundredths;
  sections: Section[];
}

// ---------- findings and judgement ----------

export interface Answer {
  item: string;
  verdict: Verdict;
  option?: string;
  count?: number;
  ticks?: string[];
  measured?: string;
  veto?: boolean;
  note?: string;
  reason?: string;
  photos?: string[];
  corrected_on_spot?: boolean;
  /** When it was seen, apart from when it was entered. */
  observed_at?: string;
}

export interface ItemScore {
  item: string;
  section: string;
  status: "scored" | "switched_off" | "na" | "not_observed" | "info" | "unanswered";
  full: Hundredths;
  lost: Hundredths;
  count: number;
  repeat_extra: Hundredths;
  refund: Hundredths;
  critical: boolean;
}

export interface SectionScore {
  section: string;
  full: Hundredths;
  applicable: Hundredths;
  found: Hundredths;
  lost: Hundredths | null;
  earned: Hundredths | null;
}

export interface Scorecard {
  full: Hundredths;
  lost: Hundredths | null;
  raw: Hundredths | null;
  total: Hundredths | null;
  outcome: "pass" | "fail" | "vetoed" | "none";
  critical_items: string[];
  sections: SectionScore[];
  items: ItemScore[];
}

// ---------- the wire ----------

export interface Account {
  id: string;
  name: string;
  role: string;
  pseudonym: string | null;
  language: Language;
  /** The store somebody works in; not there in what an older app kept. */
  store?: { code: string; name: string } | null;
}

export interface SessionOut {
  account: Account;
  csrf_token: string;
  expires_at: string;
  server_time: string;
}

export interface Problem {
  status: number;
  code: string;
  title: string;
  detail: string;
  errors?: { pointer: string; code: string; detail: string }[];
  retry_after?: number;
}

export interface StoreOut {
  code: string;
  name: string;
  kind: string;
  region_zh: string;
  region_en: string;
  address: string;
  features: string[];
  latitude_e6: number | null;
  longitude_e6: number | null;
}

export interface RoundOut {
  code: string;
  name_zh: string;
  name_en: string;
  starts_on?: string;
  ends_on?: string;
  submitted?: number;
  total?: number;
}

export interface RubricRef {
  digest: string;
  code: string;
  title_zh: string;
  title_en: string;
  number: number;
  item_count: number;
}

export interface Returned {
  visit: string;
  attempt: number;
  reason: string;
}

export interface Assignment {
  id: string;
  state: string;
  window_from: string;
  window_to: string;
  cover: string;
  visit_kind: string;
  round: RoundOut;
  store: StoreOut;
  rubric: RubricRef;
  returned: Returned | null;
  earlier: { item: string; count: number }[];
  /** Of a look at failed lines: nothing else is filled in. */
  lines?: LineToCheck[];
}

/** A failed line with what its store says it did; photos are addresses. */
export interface LineToCheck {
  number: number;
  items: string[];
  problem: string;
  requirement: string;
  returned: string;
  reply: ReplyToCheck | null;
}

export interface ReplyToCheck {
  cause: string;
  measure: string;
  prevention: string;
  photos: string[];
}

export interface AssignmentsOut {
  server_time: string;
  round: RoundOut | null;
  rounds: RoundOut[];
  /** With the looks among them, once they are on the phone. */
  assignments: Assignment[];
  reinspections?: Assignment[];
}

export interface Place {
  latitude_e6: number;
  longitude_e6: number;
  accuracy_m: number;
}

export interface PhotoIn {
  sha256: string;
  item: string;
  position: number;
  bytes: number;
  width: number;
  height: number;
  origin: "camera" | "gallery";
  taken_at: string;
  marked_from?: string;
}

/** When somebody said they were at the store, and where the phone thought it was. */
export interface Presence {
  at: string;
  place: Place | null;
}

/** Something noted during the visit that belongs to no item. */
export interface Remark {
  at: string;
  text: string;
}

/** Facts only. There is no field for a score, and the server refuses any. */
export interface Submission {
  format: 1;
  visit: string;
  attempt: number;
  assignment: string;
  rubric_digest: string;
  started_at: string;
  ended_at: string;
  sent_at: string;
  clock_offset_ms: number;
  answers: Answer[];
  photos: PhotoIn[];
  place: Place | null;
  check_in?: Presence | null;
  check_out?: Presence | null;
  remarks?: Remark[];
  declaration: boolean;
  bulk_pass: string[];
  device: { id: string; app: string };
}

export interface Receipt {
  visit: string;
  attempt: number;
  content_hash: string;
  manifest_hash: string;
  received_at: string;
  receipt_no: string;
}

export interface VisitSummary {
  id: string;
  attempt: number;
  state: string;
  complete: boolean;
  store: Pick<StoreOut, "code" | "name" | "kind">;
  round: RoundOut;
  total: Hundredths | null;
  lost: Hundredths | null;
  outcome: string;
  received_at: string;
  missing_photos: number;
}

export interface Rescored {
  revision: number;
  at: string;
  reason: string;
  total_before: Hundredths | null;
}

export interface VisitDetail extends VisitSummary {
  scorecard: Scorecard;
  receipt: Receipt | null;
  missing: string[];
  refused: string[];
  return_reason: string | null;
  /** That the card is not the first one; an older server does not say. */
  rescored?: Rescored | null;
  /** What was submitted, for mending it on another phone. */
  answers?: Answer[];
  photos?: PhotoIn[];
  check_in?: Presence | null;
  check_out?: Presence | null;
  remarks?: Remark[];
}

// ---------- what store staff fetch and send ----------

export interface StoreNoticeListed {
  id: string;
  number: string;
  state: string;
  title: string;
  round_name: string;
  issued_at: string;
  score: string;
  lost: string;
  lines: number;
  /** How far its lines are; not there in lists an older server gave. */
  settled?: number;
  progress?: string;
  first_due_at: string;
  pdf_ready: boolean;
  /** Changes with the notice's page. */
  version: string;
}

export interface SectionRow {
  title: string;
  full: string;
  score: string;
  lost: string;
  full_hundredths: Hundredths;
  score_hundredths: Hundredths | null;
  lost_hundredths: Hundredths;
}

export interface LinePhoto {
  k: number;
  figure: number;
  caption: string;
}

export interface StoreLine {
  no: number;
  item: string;
  item_title: string;
  section_title: string;
  severity: string;
  severity_word: string;
  problem: string;
  standard: string;
  lost: string;
  requirement: string;
  responsible: string;
  allowed: string;
  due_at: string;
  due: string;
  photos: LinePhoto[];
}

export interface StoreNotice {
  id: string;
  number: string;
  state: string;
  language: string;
  title: string;
  issuer: string;
  issued_at: string;
  store_name: string;
  round_name: string;
  rubric_title: string;
  rubric_edition: string;
  visited: string;
  basis: string;
  score: string;
  full: string;
  lost: string;
  outcome: string;
  notes: string[];
  sections: SectionRow[];
  lines: StoreLine[];
  demands: string[];
  check: string;
  pdf_ready: boolean;
  acknowledged_by: string | null;
  acknowledged_at: string | null;
  /** The number of the notice this one stands in for; "" for none, and not there in what an older app kept. */
  replaces?: string;
  /** The notice that stands in for this one, and why this one ended; not there in what an older app kept. */
  replaced_by?: { id: string; number: string } | null;
  end_reason?: string;
  follow: LineFollow[];
}

export interface ToldPhoto {
  k: number;
  ready: boolean;
  refused: boolean;
}

export interface ToldReply {
  id: string;
  attempt: number | null;
  name: string;
  cause: string;
  measure: string;
  prevention: string;
  /** Mended while the inspector was there; not there in what an older app kept. */
  on_the_spot?: boolean;
  late: boolean;
  aside: string;
  received_at: string;
  photos: ToldPhoto[];
}

export interface ToldVerdict {
  /** What its photos are asked for by; not there in what an older app kept, like the two below. */
  id?: string;
  attempt: number;
  /** By a reply, or by a look at the store. */
  way?: "reply" | "recheck";
  /** The places of the photos that were approved for the store. */
  photos?: number[];
  accepted: boolean;
  reason: string;
  decided_at: string;
}

export interface ToldExtension {
  id: string;
  ordinal: number;
  state: string;
  hours: number;
  reason: string;
  asked_at: string;
  number: string;
  opinion: string;
  due_after: string | null;
}

/** How a line of a notice is getting on, as its store follows it. */
export interface LineFollow {
  no: number;
  /** What messages about it name; not there in what an older app kept. */
  id?: string;
  state: string;
  due_at: string;
  disputed: boolean;
  photo_wanted: boolean;
  can_reply: boolean;
  suggestion: string;
  handlers: string[];
  replies: ToldReply[];
  verdicts: ToldVerdict[];
  extensions: ToldExtension[];
  /** Why no more time can be asked for; "" when it can. */
  extension_why: string;
  /** The appeal there is, or until when one may be filed. */
  appeal: string;
  appeal_state: string;
  appeal_closes_at: string | null;
}

/** One's own appeal as its store sees it, whole. */
export interface StoreAppeal {
  id: string;
  notice: string;
  number: string;
  line: number;
  title: Text;
  problem: string;
  photos: number;
  ground: string;
  text: string;
  state: string;
  frozen: boolean;
  old_lost: Hundredths;
  new_lost: Hundredths | null;
  filed_by: string;
  filed_at: string;
  opinion_due_at: string;
  decision_due_at: string;
  reason: string;
  decided_at: string | null;
  amended: string;
  amended_number: string;
  notice_void: boolean;
  files: AppealFile[];
  messages: AppealMessage[];
  can_say: boolean;
  can_withdraw: boolean;
  version: number;
}

export interface AppealFile {
  k: number;
  kind: string;
  name: string;
  size: number;
  ready: boolean;
}

export interface AppealMessage {
  own: boolean;
  text: string;
  at: string | null;
}

/** Something this person was told. */
export interface InboxMessage {
  id: string;
  title: string;
  body: string;
  path: string;
  at: string;
  read: boolean;
}

export interface Signature {
  format: 1;
  kind: "signed";
  tapped_at: string;
  clock_offset_ms: number;
}

export interface ReplyPhoto {
  sha256: string;
  origin: "camera" | "gallery";
  taken_at: string;
}

export interface ReplySent {
  format: 1;
  cause: string;
  measure: string;
  prevention: string;
  on_the_spot?: boolean;
  photos: ReplyPhoto[];
}

export interface ExtensionSent {
  format: 1;
  hours: number;
  reason: string;
}

export interface AppealSent {
  format: 1;
  ground: string;
  text: string;
  photos: string[];
  documents: { sha256: string; name: string }[];
}

export type MessageSent = Omit<AppealSent, "ground"> & { appeal: string };

export interface WithdrawalSent {
  format: 1;
  appeal: string;
  seen: number;
}

export interface SendingReceipt {
  id: string;
  kind: string;
  notice: string;
  line: number;
  content_hash: string;
  received_at: string;
  /** Why a reply is kept beside what counts; "" where it counts. */
  outcome: string;
}

// ---------- rows on the phone; `format` lets a newer app read an older row ----------

export interface PlaceAt {
  section: string;
  item: string;
}

export interface VisitRow {
  format: 1;
  id: string;
  account: string;
  assignment: string;
  attempt: number;
  state: "draft" | "sealed";
  rubric: string;
  store: StoreOut;
  round: RoundOut;
  window_from: string;
  window_to: string;
  cover: string;
  visit_kind: string;
  earlier: string[];
  started_at: string;
  changed_at: string;
  saves: number;
  at: PlaceAt | null;
  bulk_pass: string[];
  place: Place | null;
  /** Not there in rows of an older app. */
  check_in?: Presence | null;
  check_out?: Presence | null;
  declaration: boolean;
  return_reason: string;
  lines?: LineToCheck[];
}

export interface AnswerRow {
  format: 1;
  visit: string;
  item: string;
  verdict: Verdict | null;
  option: string | null;
  count: number;
  ticks: string[];
  measured: string;
  veto: boolean;
  note: string;
  reason: string;
  corrected_on_spot: boolean;
  /** When it was seen; these two are not there in rows of an older app. */
  observed_at?: string;
  past?: PastRow[];
  changed_at: string;
}

/** What an answer said before a change; `by` is the field that was being typed, "" for a tap. */
export interface PastRow {
  at: string;
  by: string;
  said: Omit<AnswerRow, "format" | "visit" | "item" | "changed_at" | "past">;
}

/** Where a photo belongs: one row per photo of an item. */
export interface SlotRow {
  format: 1;
  visit: string;
  item: string;
  sha256: string;
  position: number;
  size: number;
  width: number;
  height: number;
  origin: "camera" | "gallery";
  taken_at: string;
  /** The photo a marked-up copy was made of. */
  marked_from?: string;
}

/** The pixels, kept as ArrayBuffer: WebKit refuses Blobs in IndexedDB. `bytes` is null once the server has them for good. */
export interface PhotoRow {
  format: 1;
  sha256: string;
  bytes: ArrayBuffer | null;
  thumb: ArrayBuffer;
}

/** How far a photo has travelled; apart from the pixels because it is rewritten at every piece. */
export interface UploadRow {
  format: 1;
  sha256: string;
  account: string;
  visit: string;
  size: number;
  offset: number;
  state: "waiting" | "sending" | "here" | "refused";
  problem: string;
  /** A byte may be at the server: it is asked before anything is sent. Not there in rows of an older app. */
  tried?: boolean;
  /** A PDF, no photo: it goes another way. Its name stands in what names it, sealed. */
  document?: true;
}

export type OutboxState =
  "waiting" | "sending" | "sign_in" | "received" | "complete" | "unusable" | "stopped";

export interface OutboxRow {
  format: 1;
  visit: string;
  attempt: number;
  account: string;
  state: OutboxState;
  body: ArrayBuffer;
  content_hash: string;
  photos: string[];
  store_name: string;
  frozen_at: string;
  tries: number;
  problem: Problem | null;
  receipt: Receipt | null;
  completed_at: string;
  /** Photos the server has but could make no clean copy of; not there in rows of an older app. */
  refused?: string[];
}

export type SendingState = "waiting" | "sending" | "sign_in" | "stopped" | "received";

/** Something store staff sent, frozen: the bytes never change again. */
export interface SendingRow {
  format: 1;
  id: string;
  account: string;
  kind: "receipt" | "reply" | "extension" | "appeal" | "message" | "withdrawal";
  notice: string;
  /** 0: the whole notice. */
  line: number;
  /** What the list of what is on its way calls it. */
  title: string;
  path: string;
  body: string;
  content_hash: string;
  photos: string[];
  state: SendingState;
  frozen_at: string;
  tries: number;
  problem: Problem | null;
  receipt: SendingReceipt | null;
  /** What it became was fetched after the server's answer. */
  shown?: boolean;
  /** What it was written from, to be taken up again where it is refused. */
  draft?: LineDraft;
  /** The appeal something is added to, or that is taken back. */
  appeal?: string;
}

/** What store staff write about a line until they send it. */
export interface LineDraft {
  format: 1;
  id: string;
  account: string;
  notice: string;
  line: number;
  kind: "reply" | "extension" | "appeal" | "message";
  cause: string;
  /** What was done; why more time is asked for; what an appeal says. */
  text: string;
  prevention: string;
  /** Mended while the inspector was there; not there in drafts of an older app. */
  on_the_spot?: boolean;
  hours: number;
  ground: string;
  photos: DraftPhoto[];
  /** PDFs of an appeal; not there in drafts of an older app. */
  documents?: DraftPaper[];
  /** The appeal a message is for, and how many files that had when the message was begun. */
  appeal?: string;
  beside?: number;
  changed_at: string;
}

export interface DraftPaper {
  sha256: string;
  name: string;
  size: number;
}

export interface DraftPhoto {
  sha256: string;
  origin: "camera" | "gallery";
  taken_at: string;
  size: number;
}

/** A notice as it was fetched, to be read without a network. */
export interface NoticeRow {
  version: string;
  notice: StoreNotice;
}

export interface CachedRow<T> {
  account: string;
  fetched_at: string;
  data: T;
}

export interface RubricRow {
  digest: string;
  rubric: Rubric;
}

/** Content under an account's data key; `key` names which one. */
export interface SealedPart {
  key: string;
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}

/** A row as it lies in the database: routing fields plain, buffers each sealed, everything else in `sealed`. */
export type AtRest<Row, Plain extends keyof Row, Buffers extends keyof Row = never> = Pick<
  Row,
  Plain
> & { [Field in Buffers]: SealedPart | Extract<Row[Field], null> } & {
  format: 2;
  account: string;
  /** Counts writes, for changes that were worked out outside the transaction. */
  turn: number;
  sealed: SealedPart;
};

/** A data key under another key. */
export interface Wrapped {
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}

/** The ways to one account's data key. Without a PIN the door stands open to this browser; with one it is gone. */
export interface KeyRow {
  format: 1;
  account: string;
  id: string;
  door: (Wrapped & { under: CryptoKey }) | null;
  pin: PinDoor | null;
  platform: PlatformDoor | null;
}

/** `pepper` cannot leave this browser; wrong tries are counted before they are made. */
export interface PinDoor extends Wrapped {
  salt: Uint8Array<ArrayBuffer>;
  rounds: number;
  pepper: CryptoKey;
  wrong: number;
  until: number;
  /** Minutes out of sight after which the PIN is asked for again. */
  minutes: number;
}

export interface PlatformDoor extends Wrapped {
  credential: Uint8Array<ArrayBuffer>;
  salt: Uint8Array<ArrayBuffer>;
}

/** Something noted, counted, timed or photographed in the store before it belongs to an item. */
export interface CaptureRow {
  format: 1;
  visit: string;
  id: string;
  account: string;
  kind: "note" | "tally" | "watch" | "photo";
  /** When it was seen. */
  at: string;
  /** Key of the section it was filed under. */
  section: string;
  /** Code of the item it was put with; "": it goes along as a remark. */
  item: string;
  text: string;
  count: number;
  /** Times of a stopwatch, which starts at `at`; not stopped: it runs. */
  laps: string[];
  stopped_at: string;
  /** The photo it is about, whose place decides where it belongs. */
  sha256: string;
}

/** How far the server's copy of a draft is. */
export interface CopyRow {
  visit: string;
  account: string;
  /** The largest counter the server has from this device. */
  saves_sent: number;
  /** The device that goes on with the draft, as the server said last; "" before it said anything. */
  owner: string;
  /** When the server received the copy; "" while it has none. */
  sent_at: string;
  /** SHA-256 of the document sent last; "" asks for another copy. */
  document_hash: string;
  /** Why no copy goes there any more: thrown away here, or submitted on some phone. */
  ended: "" | "discarded" | "submitted";
  /** The attempt that was submitted. */
  attempt: number;
  /** Versions of this visit that stepped back on this phone, sealed: `OtherVersion[]`. */
  others: SealedPart | null;
}

/** All that was entered in one visit, as it travels to the server and back, byte for byte. */
export interface DraftDocument {
  visit: VisitRow;
  answers: AnswerRow[];
  slots: SlotRow[];
  captures: CaptureRow[];
}

/** A version that stepped back in favour of another; kept for 30 days. */
export interface OtherVersion {
  device: string;
  kept_at: string;
  document: DraftDocument;
}

/** The server's word on the copy it keeps. */
export interface CopyKept {
  visit: string;
  device: string;
  saves: number;
  content_hash: string;
  received_at: string;
  owner: string;
  missing: string[];
}

/** One device's copy at the server. */
export interface ListedCopy {
  device: string;
  saves: number;
  changed_at: string;
  received_at: string;
  content_hash: string;
  photos: number;
  this_session: boolean;
}

/** A draft at the server, with the copies of every device, latest first. */
export interface ListedDraft {
  visit: string;
  attempt: number;
  assignment: string;
  store: Pick<StoreOut, "code" | "name" | "kind">;
  owner: string;
  copies: ListedCopy[];
}

export interface MetaRow {
  key: string;
  value: unknown;
}

export interface Preferences {
  theme: "system" | "light" | "dark";
  contrast: "normal" | "more";
  discreet: boolean;
  text: 100 | 115 | 130;
  language: Language;
}

/** One thing that keeps a visit from being submitted. */
export interface Blocker {
  code:
    | "unanswered"
    | "photo"
    | "record"
    | "note"
    | "reason"
    | "option"
    | "ticks"
    | "measured"
    | "unplaced";
  section: string;
  item: string;
}
