/** @import {Place, StoreOut} from "../../types.js" */
import { graded } from "../../model/presence.js";
import { say } from "../../wording/say.js";

/**
 * How surely the phone was at the store, in words.
 * @param {Place | null} place
 * @param {StoreOut} store
 */
export function gradeWords(place, store) {
  const { grade, distance_m, accuracy_m } = graded(place, store);
  if (grade === "far") return say("here.far", { n: distance(distance_m ?? 0) });
  // A store without coordinates: what the receiver itself says is all there is.
  if (grade === "unknown" && accuracy_m !== null) return say("here.accuracy", { n: accuracy_m });
  return say(`here.${grade}`);
}

/** @param {number} metres */
function distance(metres) {
  if (metres < 1000) return say("here.metres", { n: metres });
  return say("here.kilometres", { n: (metres / 1000).toFixed(metres < 10_000 ? 1 : 0) });
}
