import { html, nothing } from "../../vendor/lit-html.js";
import { say } from "../wording/say.js";
import { icon } from "./icon.js";

const TABS = /** @type {const} */ ([
  { name: "tasks", icon: "tasks", key: "nav.tasks" },
  { name: "outbox", icon: "outbox", key: "nav.outbox" },
  { name: "history", icon: "history", key: "nav.history" },
  { name: "me", icon: "user", key: "nav.me" },
]);

/**
 * @param {string} current name of the tab shown
 * @param {number} waiting how much is still to be sent
 */
export function tabbar(current, waiting) {
  return html`<footer class="m-foot">
    <nav class="tabbar" aria-label=${say("app.mainnav")}>
      ${TABS.map(
        (tab) =>
          html`<a href="#/${tab.name}" aria-current=${tab.name === current ? "page" : nothing}
            >${icon(tab.icon)}${say(tab.key)}${tab.name === "outbox" && waiting ? count(waiting) : nothing}</a
          >`,
      )}
    </nav>
  </footer>`;
}

/** @param {number} waiting */
function count(waiting) {
  return html`<span class="dotnum" aria-hidden="true">${waiting}</span
    ><span class="sr">${say("outbox.n_unsent", { n: waiting })}</span>`;
}
