import { html, nothing } from "../../../vendor/lit-html.js";
import { icon } from "../../ui/icon.js";
import { say } from "../../wording/say.js";
import { toDo } from "./to_do.js";

const TABS = /** @type {const} */ ([
  { name: "tasks", icon: "flag", key: "store.title" },
  { name: "history", icon: "chart", key: "store.results" },
  { name: "appeals", icon: "scale", key: "store.appeals" },
  { name: "me", icon: "user", key: "nav.me" },
]);

/** @param {string} current name of the tab shown */
export function staffTabs(current) {
  const { n } = toDo.value;
  return html`<footer class="m-foot">
    <nav class="tabbar" aria-label=${say("app.mainnav")}>
      ${TABS.map(
        (tab) =>
          html`<a href="#/${tab.name}" aria-current=${tab.name === current ? "page" : nothing}
            >${icon(tab.icon)}${say(tab.key)}${tab.name === "tasks" && n ? count(n) : nothing}</a
          >`,
      )}
    </nav>
  </footer>`;
}

/** @param {number} n */
function count(n) {
  return html`<span class="dotnum" aria-hidden="true">${n}</span
    ><span class="sr">${say("store.n_to_do", { n })}</span>`;
}
