/** @import {Restored} from "../../sync/copy_states.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { isAbsent } from "../../model/absent.js";
import { restored } from "../../sync/copy_states.js";
import { readRestored } from "../../sync/restoring.js";
import { account } from "../../sync/session.js";
import { uploads } from "../../sync/uploads.js";
import { backHead } from "../../ui/frame.js";
import { icon } from "../../ui/icon.js";
import { formAt, go } from "../../ui/route.js";
import { empty } from "../../ui/states.js";
import { told } from "../../ui/told.js";
import { say } from "../../wording/say.js";
import { moment } from "../drafts/copy_words.js";

/** What the system cleared from this phone and the server gave back, and what of it is missing. */
export function restoredScreen() {
  const all = restored.value;
  const head = backHead({ title: say("restore.title"), back: "#/tasks" });
  if (!all.length)
    return html`${head}
      <main id="main" class="ctr">
        ${empty("done", { title: say("restore.none"), help: say("restore.none_help") })}
      </main>`;
  return html`${head}
    <main class="m-body" id="main">
      <div class="banner banner--warn banner--r">
        ${icon("alert")}<span>${say("restore.help")}</span>
      </div>
      ${all.map(oneOf)}
    </main>
    <footer class="m-foot">
      <div class="actionbar">
        <button class="btn btn--lg btn--p btn--g" @click=${() => void told(read())}>
          ${say("restore.read")}
        </button>
      </div>
    </footer>`;
}

/** @param {Restored} one */
function oneOf(one) {
  const lost = [...uploads.value.values()].filter(
    (photo) => photo.visit === one.visit && isAbsent(photo),
  ).length;
  return html`<section class="card card--pad stack">
    <h2 class="fs15">${one.store}</h2>
    <p class="fs14">${gap(one)}</p>
    ${lost ? html`<p class="fs14 loss">${say("restore.photos", { n: lost })}</p>` : nothing}
    <a class="btn btn--b" href=${formAt(one.visit, "")}>${say("restore.look")}</a>
  </section>`;
}

/**
 * What may be missing between the copy and the last save, as exactly as it is known.
 * @param {Restored} one
 */
function gap({ changed_at, saved_at }) {
  const t = moment(changed_at);
  if (!saved_at) return say("restore.gap_unknown", { t });
  const missing = Date.parse(saved_at) - Date.parse(changed_at);
  if (missing <= 1000) return say("restore.no_gap", { t });
  const m = Math.max(1, Math.ceil(missing / 60_000));
  return say("restore.gap", { t, s: moment(saved_at), m });
}

async function read() {
  await readRestored(account.peek()?.id ?? "");
  go("#/tasks");
}
