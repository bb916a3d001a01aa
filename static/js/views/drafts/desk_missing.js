import { html } from "../../../vendor/lit-html.js";
import { account } from "../../sync/session.js";
import { backHead } from "../../ui/frame.js";
import { empty, retryButton, skeleton } from "../../ui/states.js";
import { say } from "../../wording/say.js";
import { desk, load } from "./desk.js";

/**
 * What the form, the check and the result show while there is no visit to show.
 * @param {"sealed"} [why]
 */
export function deskMissing(why) {
  const { state, visit } = desk.value;
  if (state === "loading")
    return html`${backHead({ title: say("app.name"), back: "#/tasks" })}${skeleton(4, say("common.loading"))}`;
  const home = html`<a class="btn" href="#/tasks">${say("state.back_today")}</a>`;
  const head = backHead({ title: say("history.record"), back: "#/tasks" });
  if (why === "sealed") {
    const action = html`<a class="btn btn--p" href="#/visits/${visit}/result"
      >${say("result.open")}</a
    >`;
    return html`${head}
      <main id="main" class="ctr">
        ${empty("done", { title: say("result.sealed"), help: say("result.sealed_help"), action })}
      </main>`;
  }
  if (state === "failed") {
    const action = retryButton(() => load(account.peek()?.id ?? "", visit));
    return html`${head}
      <main id="main" class="ctr">
        ${empty("err", { title: say("storage.unread"), help: say("storage.unread_help"), action })}
      </main>`;
  }
  return html`${head}
    <main id="main" class="ctr">
      ${empty("off", { title: say("state.not_here"), help: say("state.not_here_help"), action: home })}
    </main>`;
}
