/** @import {Version} from "../../sync/versions.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { copies, here, isTakenOver } from "../../sync/copy_states.js";
import { bringBack, goOnHere } from "../../sync/restoring.js";
import { account } from "../../sync/session.js";
import { forgetVersions, gatherVersions, versions } from "../../sync/versions.js";
import { backHead } from "../../ui/frame.js";
import { icon } from "../../ui/icon.js";
import { question } from "../../ui/question.js";
import { formAt, go, route } from "../../ui/route.js";
import { empty, retryButton, skeleton } from "../../ui/states.js";
import { toast } from "../../ui/toast.js";
import { say } from "../../wording/say.js";
import { banner } from "../account/banners.js";
import { moment } from "../drafts/copy_words.js";
import { load as loadDesk } from "../drafts/desk.js";
import { recallVisits } from "../drafts/drafts.js";
import { differing, readOnly } from "./version_words.js";

/** Every version of one visit: the one on this phone beside the others. A person chooses; nothing is merged. */
export function versionsScreen() {
  const { visit } = route.value;
  if (versions.value.visit !== visit) queueMicrotask(() => void gather(visit));
  const head = backHead({ title: say("copy.versions"), back: "#/tasks", banner: banner() });
  const { state } = versions.value;
  if (state === "loading") return html`${head}${skeleton(3, say("common.loading"))}`;
  return html`${head}${state === "here" ? listed(visit) : failed(visit)}`;
}

/** @param {string} visit */
function gather(visit) {
  return gatherVersions(account.peek()?.id ?? "", visit);
}

/** @param {string} visit */
function listed(visit) {
  const { own, others, unread } = versions.value;
  const alone = html`<p class="fs14 muted">${say("copy.no_others")}</p>`;
  return html`<main class="m-body" id="main">
      ${situation(visit)} ${others.map((version) => versionCard(visit, version))}
      ${own && !others.length && !unread ? alone : nothing} ${unread ? someUnread(visit) : nothing}
    </main>
    ${own ? foot(visit) : nothing}`;
}

/** @param {string} visit */
function someUnread(visit) {
  return html`<p class="fs14 muted">${say("copy.some_unread")}</p>
    ${retryButton(() => gather(visit))}`;
}

/** @param {string} visit */
function failed(visit) {
  const said = {
    title: say("copy.unread"),
    help: say("copy.unread_help"),
    action: retryButton(() => gather(visit)),
  };
  return html`<main id="main" class="ctr">${empty("off", said)}</main>`;
}

/** @param {string} visit */
function situation(visit) {
  const row = copies.value.get(visit);
  const key = row?.ended === "submitted" ? "copy.is_submitted" : ownership(visit);
  return html`<div
    class="banner banner--r ${key === "copy.is_here" ? "banner--off" : "banner--warn"}"
  >
    ${icon("layers")}<span>${say(key)}</span>
  </div>`;
}

/** @param {string} visit */
function ownership(visit) {
  if (!versions.value.own) return "copy.is_away";
  return isTakenOver(visit) ? "copy.is_taken" : "copy.is_here";
}

/**
 * @param {string} visit
 * @param {Version} version
 */
function versionCard(visit, version) {
  const { rubric, own } = versions.value;
  const title = say(version.parked ? "copy.stepped_back" : "copy.other_device");
  return html`<section class="card card--pad">
    <div class="row row--top">
      <div class="grow">
        <h2 class="fs15">${title}</h2>
        <p class="fs13 faint num">${say("copy.changed_at", { t: moment(version.at) })}</p>
      </div>
    </div>
    ${rubric && own ? differing(rubric, own, version.document) : nothing}
    ${rubric && !own ? readOnly(rubric, version.document) : nothing}
    <button class="btn btn--b ${own ? "" : "btn--p btn--lg"}" @click=${() => ask(visit, version)}>
      ${say(own ? "copy.use_that" : "copy.go_on_here")}
    </button>
  </section>`;
}

/** @param {string} visit */
function foot(visit) {
  const taken = isTakenOver(visit);
  const own = () => askOwn(visit);
  return html`<footer class="m-foot">
    <div class="actionbar">
      ${
        taken
          ? html`<button class="btn btn--lg btn--p btn--g" @click=${own}>
              ${say("copy.use_this")}
            </button>`
          : html`<a class="btn btn--lg btn--p btn--g" href=${formAt(visit, "")}
              >${say("task.continue")}</a
            >`
      }
    </div>
  </footer>`;
}

/**
 * @param {string} visit
 * @param {Version} version
 */
function ask(visit, version) {
  const use = () =>
    version.parked
      ? bringBack(account.peek()?.id ?? "", version.document)
      : goOnHere(account.peek()?.id ?? "", visit, version.device);
  const help = say(versions.peek().own ? "copy.use_that_help" : "copy.go_on_help");
  confirm(visit, say("copy.go_on_q"), help, use);
}

/** @param {string} visit */
function askOwn(visit) {
  const use = () => goOnHere(account.peek()?.id ?? "", visit, here.peek());
  confirm(visit, say("copy.go_on_q"), say("copy.use_this_help"), use);
}

/**
 * @param {string} visit
 * @param {string} title
 * @param {string} help
 * @param {() => Promise<void>} use
 */
function confirm(visit, title, help, use) {
  question({
    title,
    help,
    no: say("common.cancel"),
    yes: say("copy.go_on"),
    onYes: () => void choose(visit, use),
  });
}

/**
 * @param {string} visit
 * @param {() => Promise<void>} use
 */
async function choose(visit, use) {
  const id = account.peek()?.id ?? "";
  try {
    await use();
    forgetVersions();
    await Promise.all([recallVisits(id), loadDesk(id, visit)]);
    go(formAt(visit, ""));
  } catch {
    toast({ icon: "alert", message: say("copy.not_taken") });
  }
}
