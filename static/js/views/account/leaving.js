import { html } from "../../../vendor/lit-html.js";
import { hasUnsent } from "../../store/purge.js";
import { recallOutbox, unsent } from "../../sync/outbox.js";
import { account, signOut } from "../../sync/session.js";
import { icon } from "../../ui/icon.js";
import { hide, show } from "../../ui/overlay.js";
import { question } from "../../ui/question.js";
import { toast } from "../../ui/toast.js";
import { say } from "../../wording/say.js";
import { localVisits, recallVisits } from "../drafts/drafts.js";

/** Nobody leaves the phone while it holds work the server has not confirmed, unless they throw it away on purpose. */
export async function leave() {
  const id = account.peek()?.id ?? "";
  // Another window may have begun something meanwhile.
  await Promise.all([recallOutbox(id), recallVisits(id)]);
  if (await hasUnsent(id)) return sayWhatIsLeft();
  question({
    title: say("me.sign_out_q"),
    help: say("me.sign_out_help"),
    no: say("common.cancel"),
    yes: say("me.sign_out"),
    onYes: () => void out(),
  });
}

function counted() {
  const drafts = localVisits.peek().filter((visit) => visit.state === "draft");
  return { n: unsent.peek().length, d: drafts.length };
}

function sayWhatIsLeft() {
  const { n } = counted();
  const body = () =>
    html`<div class="stack">
      <p>${say("leave.help", counted())}</p>
      <a class="btn btn--p btn--lg btn--b" href=${n ? "#/outbox" : "#/tasks"} @click=${hide}
        >${icon(n ? "send" : "pen")}${say(n ? "leave.send" : "leave.finish")}</a
      >
      <a class="btn btn--lg btn--b" href="#/transfer" @click=${hide}
        >${icon("download")}${say("leave.export")}</a
      >
      <button class="btn btn--dq btn--lg btn--b" @click=${askToDiscard}>
        ${icon("trash")}${say("leave.discard")}
      </button>
    </div>`;
  show({ kind: "sheet", title: say("leave.title"), body, close: say("common.close") });
}

function askToDiscard() {
  hide();
  question({
    title: say("leave.discard_q"),
    help: say("leave.discard_help", counted()),
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
