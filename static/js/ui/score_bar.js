/** @import {SectionProgress} from "../model/progress.js" */
import { html } from "../../vendor/lit-html.js";
import { vars } from "./vars.js";

/**
 * One part per section, as wide as its full marks: kept, lost, not scored yet.
 * @param {readonly Pick<SectionProgress, "full" | "kept" | "seen">[]} sections
 * @param {string} sentence what the picture says, for those who cannot see it
 * @param {string} [size] "sbar--s" or "sbar--l"
 */
export function scoreBar(sections, sentence, size = "") {
  const parts = sections.map(
    ({ full, kept, seen }) =>
      html`<i ${vars({ "--w": full / 100, "--g": `${kept}%`, "--l": `${seen}%` })}></i>`,
  );
  return html`<div class="sbar ${size}" role="img" aria-label=${sentence}>${parts}</div>`;
}
