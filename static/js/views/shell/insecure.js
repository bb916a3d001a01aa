import { html, render } from "../../../vendor/lit-html.js";
import { empty } from "../../ui/states.js";
import { say } from "../../wording/say.js";

/**
 * Over plain HTTP a browser has neither hashes nor a service worker: better to say so than to lose a visit.
 * @param {HTMLElement} root
 */
export function refuseInsecure(root) {
  const words = { title: say("app.insecure"), help: say("app.insecure_help") };
  root.replaceChildren();
  render(html`<main class="m">${empty("off", words)}</main>`, root);
}
