import type { DBSchema } from "../../vendor/idb.js";
import type {
  AnswerRow,
  AssignmentsOut,
  CachedRow,
  MetaRow,
  OutboxRow,
  PhotoRow,
  RubricRow,
  SlotRow,
  UploadRow,
  VisitRow,
  VisitSummary,
} from "../types.js";

export interface PhoneSchema extends DBSchema {
  meta: { key: string; value: MetaRow };
  rubrics: { key: string; value: RubricRow };
  assignments: { key: string; value: CachedRow<AssignmentsOut> };
  history: { key: string; value: CachedRow<VisitSummary[]> };
  visits: { key: string; value: VisitRow; indexes: { account: string; assignment: string } };
  answers: { key: [string, string]; value: AnswerRow };
  slots: { key: [string, string, string]; value: SlotRow; indexes: { sha256: string } };
  photos: { key: string; value: PhotoRow };
  uploads: { key: string; value: UploadRow; indexes: { account: string } };
  outbox: { key: [string, number]; value: OutboxRow; indexes: { account: string } };
}
