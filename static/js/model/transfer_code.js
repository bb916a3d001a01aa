/** Digits and letters nobody confuses on paper: no I, L, O, U. */
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUP = 4;

/** Signs of a code, 5 bits each. */
export const LENGTH = 12;

/** What a person's own words must have at least. */
export const SHORTEST = 10;

/**
 * A one-time code of 60 bits, in groups that can be read out.
 * @param {Uint8Array} chance one byte per sign
 */
export function codeFrom(chance) {
  const signs = [...chance.slice(0, LENGTH)].map((byte) => SIGNS[byte % SIGNS.length]).join("");
  return (signs.match(/.{1,4}/g) ?? []).join("-");
}

/**
 * What was typed, as the key is made of it: a code whatever its case and hyphens, anything else as it is.
 * @param {string} typed
 */
export function normalCode(typed) {
  const plain = typed.toUpperCase().replace(/[\s-]/g, "");
  const read = plain.replace(/O/g, "0").replace(/[IL]/g, "1");
  const isCode = read.length === LENGTH && [...read].every((sign) => SIGNS.includes(sign));
  return isCode ? (read.match(new RegExp(`.{1,${GROUP}}`, "g")) ?? []).join("-") : typed.trim();
}
