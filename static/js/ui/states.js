import { html, nothing, svg } from "../../vendor/lit-html.js";
import { say } from "../wording/say.js";
import { icon } from "./icon.js";
import { vars } from "./vars.js";

/** One drawing, one sentence, one action: what a screen shows when it has nothing else to show. */

const ARTS = {
  done: svg`<rect class="fill" x="42" y="18" width="48" height="66" rx="6" /><path d="M56 18v-6h20v6" /><path class="faint-line" d="M53 38h26M53 50h26M53 62h14" /><circle class="soft" cx="90" cy="70" r="14" /><path class="mark" d="M84 70l4.500 4.500 8-9" />`,
  off: svg`<path class="fill" d="M44 66a14 14 0 01-1-28 20 20 0 0138 3 13 13 0 01-2 25z" /><path class="gap" d="M40 24l54 54" /><path class="mark" d="M42 22l52 54" />`,
  err: svg`<rect class="fill" x="30" y="26" width="32" height="44" rx="5" /><rect class="fill" x="72" y="26" width="32" height="44" rx="5" /><path class="mark" d="M62 48h3M69 48h3M64 38l-3-6M70 58l3 6" /><path class="faint-line" d="M38 40h14M38 50h9M80 40h14M80 50h9" />`,
};

/**
 * @param {keyof typeof ARTS} drawing
 * @param {{title: string, help: unknown, action?: unknown}} words
 */
export function empty(drawing, { title, help, action = nothing }) {
  return html`<div class="ctr">
    <div class="empty">
      <svg class="art" viewBox="0 0 132 96" aria-hidden="true">
        <path class="faint-line" d="M14 84h104" />
        ${ARTS[drawing]}
      </svg>
      <h2>${title}</h2>
      <p>${help}</p>
      ${action}
    </div>
  </div>`;
}

/**
 * What was wrong with what was typed, read out as soon as it is known.
 * @param {string} sentence
 */
export function faultLine(sentence) {
  if (!sentence) return nothing;
  return html`<p class="help help--bad" role="alert">
    ${icon("alert", "i--s")}<span>${sentence}</span>
  </p>`;
}

/**
 * What an empty screen offers where something failed.
 * @param {() => unknown} again
 */
export function retryButton(again) {
  return html`<button class="btn btn--p" @click=${() => void again()}>
    ${icon("refresh")}${say("common.retry")}
  </button>`;
}

/**
 * Rows to come. Drawn only by those who waited 300 ms, see `.skeleton`.
 * @param {number} rows
 * @param {string} sentence
 */
export function skeleton(rows, sentence) {
  const lines = Array.from({ length: rows }, (_, index) => 38 + ((index * 17) % 30));
  return html`<div class="m-body skeleton" aria-busy="true">
    <p class="sr" role="status">${sentence}</p>
    ${lines.map(
      (width) =>
        html`<div class="card card--pad">
          <div class="skel" ${vars({ width: `${width}%` })}></div>
          <div class="skel skel--line"></div>
        </div>`,
    )}
  </div>`;
}
