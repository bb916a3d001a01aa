/** @import {StoreAppeal} from "../../types.js" */
/** @import {AppealState} from "../../model/store_appeal.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { isDecided } from "../../model/store_appeal.js";
import { plain } from "../../model/points.js";
import { icon } from "../../ui/icon.js";
import { say } from "../../wording/say.js";

/** @type {Record<AppealState, [string, string]>} */
const STATES = {
  filed: ["pending", "pending"],
  advised: ["pending", "pending"],
  upheld: ["pass", "check"],
  partly: ["accent", "split"],
  rejected: ["closed", "x"],
  withdrawn: ["line", "undo"],
};

/** @param {string} state */
export function appealTag(state) {
  const known = /** @type {AppealState} */ (state in STATES ? state : "filed");
  const [colour, sign] = STATES[known];
  return html`<span class="tag tag--${colour}">${icon(sign)}${say(`appeal.state_${known}`)}</span>`;
}

/** What a decision comes to, in points. @param {StoreAppeal} appeal */
export function outcomeWords(appeal) {
  if (!isDecided(appeal)) return nothing;
  const { state, old_lost, new_lost } = appeal;
  const facts = { x: plain(old_lost), y: plain(new_lost ?? old_lost) };
  return say(`appeal.was_${/** @type {"upheld"} */ (state)}`, facts);
}
