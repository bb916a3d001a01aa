/** @import {Mark} from "../../sync/self_check.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { selfCheck } from "../../sync/noted.js";
import { checkItems, checkMarks, markItem } from "../../sync/self_check.js";
import { account } from "../../sync/session.js";
import { backHead } from "../../ui/frame.js";
import { icon } from "../../ui/icon.js";
import { onArrow, tabStop } from "../../ui/radios.js";
import { empty } from "../../ui/states.js";
import { told } from "../../ui/told.js";
import { say } from "../../wording/say.js";
import { head } from "./home.js";

const MARKS = /** @type {const} */ (["good", "bad"]);

/** What the store lost marks for, to be looked at by itself this week. */
export function selfCheckScreen() {
  const items = checkItems.value;
  const left = selfCheck.value?.left ?? 0;
  const below = left ? say("self.left", { n: left }) : say("self.done");
  const title = say("self.title");
  return html`${backHead({ title, below: items.length ? below : "", back: "#/tasks", banner: head() })}
    <main class="m-body" id="main">
      ${
        items.length
          ? html`<p class="fs14 muted">${say("self.help")}</p>
              ${items.map(card)}`
          : empty("done", { title: say("self.none"), help: say("self.none_help") })
      }
    </main>`;
}

/** @param {(typeof checkItems.value)[number]} item */
function card({ line, notice }) {
  const id = `check-${line.item}`;
  const marked = checkMarks.value[line.item];
  return html`<section class="card card--pad stack" lang=${notice.language}>
    <div class="row row--base">
      <h2 class="grow fs15" id=${id}>${line.item_title}</h2>
      <b class="loss num">${line.lost}</b>
    </div>
    <p class="fs14 muted">${line.standard}</p>
    <p class="fs13 faint">${say("self.last")}${line.problem}</p>
    <div class="chips" role="radiogroup" aria-labelledby=${id} @keydown=${onArrow}>
      ${MARKS.map((mark, n) => chip(line.item, mark, marked, n === 0))}
    </div>
  </section>`;
}

/**
 * @param {string} item
 * @param {Mark} mark
 * @param {Mark | undefined} marked
 * @param {boolean} first
 */
function chip(item, mark, marked, first) {
  const save = () => void told(markItem(account.peek()?.id ?? "", item, mark));
  return html`<button
    class="chip"
    role="radio"
    aria-checked=${mark === marked}
    tabindex=${tabStop(mark === marked, first, Boolean(marked))}
    @click=${save}
  >
    ${mark === marked ? icon(mark === "good" ? "check" : "flag") : nothing}${say(`self.${mark}`)}
  </button>`;
}
