import type { DBSchema } from "../../vendor/idb.js";
import type {
  AnswerRow,
  AssignmentsOut,
  AtRest,
  CachedRow,
  CaptureRow,
  CopyRow,
  KeyRow,
  MetaRow,
  OutboxRow,
  PhotoRow,
  RubricRow,
  SealedPart,
  SlotRow,
  UploadRow,
  VisitRow,
  VisitSummary,
} from "../types.js";

/** What stays readable of each sealed row: what the phone needs to find, count, send and delete it. */
export interface PlainFields {
  visits: "id" | "assignment" | "attempt" | "state" | "rubric" | "saves";
  answers: "visit" | "item";
  slots: "visit" | "item" | "sha256" | "position";
  photos: "sha256";
  outbox:
    | "visit"
    | "attempt"
    | "state"
    | "content_hash"
    | "photos"
    | "refused"
    | "frozen_at"
    | "tries"
    | "completed_at";
  assignments: "fetched_at";
  history: "fetched_at";
  captures: "visit" | "id";
}

/** Rows as the app uses them. */
export interface OpenRows {
  visits: VisitRow;
  answers: AnswerRow;
  slots: SlotRow;
  photos: PhotoRow;
  outbox: OutboxRow;
  assignments: CachedRow<AssignmentsOut>;
  history: CachedRow<VisitSummary[]>;
  captures: CaptureRow;
}

/** Buffers are sealed one by one, so that each can be read or dropped without the others. */
export interface BufferFields {
  photos: "bytes" | "thumb";
  outbox: "body";
}

export type SealedStore = keyof OpenRows;

/** A row as this version writes it. */
export type RestingRow<S extends SealedStore> = AtRest<
  OpenRows[S],
  PlainFields[S] & keyof OpenRows[S],
  (S extends keyof BufferFields ? BufferFields[S] : never) & keyof OpenRows[S]
>;

/** A row as it may be found: an app before sealing wrote it open. */
export type KeptRow<S extends SealedStore> = RestingRow<S> | OpenRows[S];

/** A row of store staff's: nothing but its id, whose it is and a counter of writes is readable. */
export interface RestingOf {
  id: string;
  account: string;
  turn: number;
  sealed: SealedPart;
}

export interface PhoneSchema extends DBSchema {
  meta: { key: string; value: MetaRow };
  rubrics: { key: string; value: RubricRow };
  assignments: { key: string; value: KeptRow<"assignments"> };
  history: { key: string; value: KeptRow<"history"> };
  visits: {
    key: string;
    value: KeptRow<"visits">;
    indexes: { account: string; assignment: string };
  };
  answers: { key: [string, string]; value: KeptRow<"answers"> };
  slots: { key: [string, string, string]; value: KeptRow<"slots">; indexes: { sha256: string } };
  photos: { key: string; value: KeptRow<"photos"> };
  uploads: { key: string; value: UploadRow; indexes: { account: string } };
  outbox: { key: [string, number]; value: KeptRow<"outbox">; indexes: { account: string } };
  keys: { key: string; value: KeyRow };
  captures: { key: [string, string]; value: KeptRow<"captures">; indexes: { account: string } };
  copies: { key: string; value: CopyRow; indexes: { account: string } };
  notices: { key: string; value: RestingOf; indexes: { account: string } };
  pictures: { key: string; value: RestingOf; indexes: { account: string } };
  replies: { key: string; value: RestingOf; indexes: { account: string } };
  sendings: { key: string; value: RestingOf; indexes: { account: string } };
}
