import { html, nothing } from "../../vendor/lit-html.js";
import { say } from "../wording/say.js";
import { icon } from "./icon.js";

/**
 * The head of a screen reached from a tab: big title, a line below it, one control.
 * @param {{title: string, below?: unknown, control?: unknown, banner?: unknown}} head
 */
export function bigHead({ title, below = "", control = nothing, banner = nothing }) {
  return html`<header class="m-head">
    <div class="navbar navbar--big">
      <div class="navbar__t">
        <h1>${title}</h1>
        <small>${below}</small>
      </div>
      ${control}
    </div>
    ${banner}
  </header>`;
}

/**
 * The head of a screen one step deeper: back, title, one control.
 * @param {{title: string, below?: unknown, back: string, control?: unknown, banner?: unknown}} head
 */
export function backHead({ title, below = nothing, back, control, banner = nothing }) {
  return html`<header class="m-head">
    <div class="navbar">
      <a class="ib" href=${back} aria-label=${say("common.back")}>${icon("left")}</a>
      <div class="navbar__t">
        <h1 class="clip">${title}</h1>
        <small class="clip">${below}</small>
      </div>
      ${control ?? html`<span class="ib" aria-hidden="true"></span>`}
    </div>
    ${banner}
  </header>`;
}
