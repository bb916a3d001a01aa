/** @import {Signal, ReadonlySignal} from "../../vendor/signals-core.js" */
/** @import {AnswerRow, Item, Rubric, Scorecard, SlotRow, VisitRow} from "../types.js" */
/** @import {Stored} from "./visits.js" */
import { batch, computed, signal } from "../../vendor/signals-core.js";
import { emptyRow, toAnswer } from "../model/answer_row.js";
import { findingMissing } from "../model/blockers.js";
import { score } from "../model/scoring.js";
import { slotsOf } from "../model/submission.js";
import { moveSlot, removePhoto } from "./photos.js";
import { createSaver } from "./saver.js";

/** @typedef {ReturnType<typeof openDraft>} OpenDraft */

/**
 * A draft on the screen: one signal per answer, the running score computed from them, and every change on
 * its way to the database before the finger has left the glass.
 * @param {Stored} stored
 * @param {Rubric} rubric
 * @param {typeof createSaver} [keeping] how changes are kept; a preview keeps none
 */
export function openDraft(stored, rubric, keeping = createSaver) {
  const visit = signal(stored.visit);
  const slots = signal(stored.slots);
  const items = new Map(
    rubric.sections.flatMap((section) => section.items).map((item) => [item.code, item]),
  );
  const known = new Map(stored.rows.map((row) => [row.item, row]));
  const rows = new Map(
    [...items.keys()].map((code) => [
      code,
      signal(known.get(code) ?? emptyRow(stored.visit.id, code)),
    ]),
  );
  const features = stored.visit.store.features;
  const saver = keeping(visit, rows);
  const card = computed(() =>
    score(rubric, said(items, rows, slots.value), features, earlier(stored.visit)),
  );

  const lost = perItem((item) => scoreOf(card.value, item)?.lost ?? 0);
  const fired = perItem((item) => scoreOf(card.value, item)?.critical ?? false);
  const freezing = signal(false);
  const isOpen = computed(() => visit.value.state === "draft" && !freezing.value);

  return {
    visit,
    isOpen,
    rubric,
    items,
    rows,
    slots,
    card,
    features,
    visitKind: stored.visit.visit_kind,
    saved: saver.saved,
    settled: saver.settled,
    /** @param {string} item */
    row: (item) => at(rows, item).value,
    /** @param {string} item */
    lost: (item) => lost(item).value,
    /** @param {string} item */
    fired: (item) => fired(item).value,
    /** @param {string} item */
    slotsOf: (item) => slotsOf(slots.value, item),

    /**
     * Changes answers together and saves them together. A sealed visit stays as it was sent.
     * @param {readonly AnswerRow[]} changed
     * @param {Partial<VisitRow>} [facts]
     */
    put(changed, facts = {}) {
      if (!isOpen.peek()) return;
      const now = new Date().toISOString();
      batch(() => {
        for (const row of changed) at(rows, row.item).value = { ...row, changed_at: now };
        visit.value = { ...visit.peek(), ...facts, changed_at: now, saves: visit.peek().saves + 1 };
      });
      saver.touch(changed.map((row) => row.item));
    },

    /**
     * Freezes the visit by `work`: nothing is changed or written meanwhile, and where it fails the draft goes on.
     * @param {() => Promise<void>} work
     */
    async freeze(work) {
      freezing.value = true;
      try {
        await saver.apart(work);
      } finally {
        freezing.value = false;
      }
    },

    /** Writes every answer again: the system may have thrown away what was written before. */
    keepAll() {
      const entered = [...rows.values()].map((row) => row.peek()).filter((row) => row.changed_at);
      saver.touch(entered.map((row) => row.item));
    },

    /** @param {SlotRow[]} kept the photos that are still there */
    keepOnly(kept) {
      slots.value = kept;
    },

    /** @param {SlotRow} slot a photo that was just kept */
    added(slot) {
      slots.value = [...slots.peek(), slot];
    },

    /** @param {SlotRow} slot */
    async remove(slot) {
      await removePhoto(slot);
      slots.value = slots.peek().filter((one) => one !== slot);
    },

    /**
     * @param {SlotRow} slot
     * @param {string} item
     */
    async move(slot, item) {
      const next = { ...slot, item, position: nextPosition(slots.peek(), item) };
      await moveSlot(slot, next);
      slots.value = slots.peek().map((one) => (one === slot ? next : one));
    },
  };
}

/**
 * @param {readonly SlotRow[]} slots
 * @param {string} item
 */
export function nextPosition(slots, item) {
  return Math.max(-1, ...slotsOf(slots, item).map((slot) => slot.position)) + 1;
}

/**
 * @param {Map<string, Signal<AnswerRow>>} rows
 * @param {string} item
 */
function at(rows, item) {
  const row = rows.get(item);
  if (!row) throw new Error(`no item ${item} on this card`);
  return row;
}

/**
 * What can be scored so far; a finding still half entered counts as not answered.
 * @param {Map<string, Item>} items
 * @param {Map<string, Signal<AnswerRow>>} rows
 * @param {readonly SlotRow[]} slots
 */
function said(items, rows, slots) {
  const answers = [...items.values()].flatMap((item) => {
    const row = at(rows, item.code).value;
    const answer = findingMissing(item, row)
      ? null
      : toAnswer(row, item, slotsOf(slots, item.code));
    return answer ? [answer] : [];
  });
  return { items: answers, bonuses: [] };
}

/**
 * One computed value per item, so that an item is drawn anew only when its own value changes.
 * @template T
 * @param {(item: string) => T} reckon
 * @returns {(item: string) => ReadonlySignal<T>}
 */
function perItem(reckon) {
  /** @type {Map<string, ReadonlySignal<T>>} */
  const known = new Map();
  return (item) => {
    const value = known.get(item) ?? computed(() => reckon(item));
    known.set(item, value);
    return value;
  };
}

/**
 * @param {Scorecard} card
 * @param {string} item
 */
function scoreOf(card, item) {
  return card.items.find((one) => one.item === item);
}

/** @param {VisitRow} visit */
function earlier(visit) {
  return { round: "", items: visit.earlier };
}
