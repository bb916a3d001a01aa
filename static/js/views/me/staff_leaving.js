import { html } from "../../../vendor/lit-html.js";
import { staffsUnsent } from "../../store/purge_staff.js";
import { account, signOut } from "../../sync/session.js";
import { icon } from "../../ui/icon.js";
import { hide, show } from "../../ui/overlay.js";
import { question } from "../../ui/question.js";
import { toast } from "../../ui/toast.js";
import { say } from "../../wording/say.js";

/** Nobody leaves the phone while it holds something the server has not confirmed, unless they throw it away on purpose. */
export async function leaveStore() {
  const n = await staffsUnsent(account.peek()?.id ?? "");
  if (n) return sayWhatIsLeft(n);
  question({
    title: say("me.sign_out_q"),
    help: say("me.sign_out_help"),
    no: say("common.cancel"),
    yes: say("me.sign_out"),
    onYes: () => void out(),
  });
}

/** @param {number} n */
function sayWhatIsLeft(n) {
  const body = () =>
    html`<div class="stack">
      <p>${say("staff.unsent_help")}</p>
      <a class="btn btn--p btn--lg btn--b" href="#/outbox" @click=${hide}
        >${icon("send")}${say("staff.send")}</a
      >
      <button class="btn btn--dq btn--lg btn--b" @click=${() => askToDiscard(n)}>
        ${icon("trash")}${say("staff.discard")}
      </button>
    </div>`;
  show({ kind: "sheet", title: say("staff.unsent", { n }), body, close: say("common.close") });
}

/** @param {number} n */
function askToDiscard(n) {
  hide();
  question({
    title: say("staff.discard_q"),
    help: say("staff.discard_help", { n }),
    no: say("common.cancel"),
    yes: say("common.delete"),
    bad: true,
    onYes: () => void out(),
  });
}

async function out() {
  try {
    await signOut();
  } catch {
    toast({ icon: "offline", message: say("me.sign_out_offline") });
  }
}
