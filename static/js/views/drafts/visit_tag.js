import { html } from "../../../vendor/lit-html.js";
import { icon } from "../../ui/icon.js";
import { say } from "../../wording/say.js";

/** Every state a visit is in, to its inspector: colour, icon and word together. */
const TAGS = /** @type {const} */ ({
  doing: ["accent", "clock", "state.doing"],
  todo: ["closed", "pending", "state.todo"],
  returned: ["deduct", "undo", "state.returned"],
  sending: ["pending", "outbox", "state.sending"],
  sent: ["pass", "cloudok", "state.sent"],
  submitted: ["pending", "pending", "state.submitted"],
  approved: ["pass", "check", "state.approved"],
  published: ["pass", "pass", "state.published"],
  locked: ["closed", "closed", "state.locked"],
});

/** @param {keyof typeof TAGS} state */
export function stateTag(state) {
  const [colour, picture, key] = TAGS[state];
  return html`<span class="tag tag--${colour}">${icon(picture)}${say(key)}</span>`;
}

/** @param {string} state @returns {state is keyof typeof TAGS} */
export function isState(state) {
  return state in TAGS;
}
