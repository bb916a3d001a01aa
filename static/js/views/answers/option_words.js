/** @import {Option} from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { loss } from "../../model/points.js";
import { icon } from "../../ui/icon.js";
import { say, text } from "../../wording/say.js";

/**
 * A reason to choose, with the points it costs.
 * @param {Option} option
 */
export function optionWords(option) {
  return html`${option.veto ? icon("critical", "i--s") : nothing}${text(option.text)}
    <b>${loss(option.loss)}</b>${
      option.veto ? html`<span class="only-open">· ${say("form.veto")}</span>` : nothing
    }`;
}
