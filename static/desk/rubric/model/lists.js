/**
 * @template T
 * @param {readonly T[] | undefined} list
 * @param {number} from
 * @param {number} to where it stands afterwards
 * @returns {T[]}
 */
export function moved(list, from, to) {
  const rest = [...(list ?? [])];
  const [one] = rest.splice(from, 1);
  return one === undefined ? rest : inserted(rest, to, one);
}

/**
 * @template T
 * @param {readonly T[] | undefined} list
 * @param {number} to
 * @param {T} one
 * @returns {T[]}
 */
export function inserted(list, to, one) {
  const longer = [...(list ?? [])];
  longer.splice(Math.max(0, Math.min(to, longer.length)), 0, one);
  return longer;
}

/**
 * @template T
 * @param {readonly T[] | undefined} list
 * @param {number} which
 * @returns {T[]}
 */
export function without(list, which) {
  return (list ?? []).filter((_, index) => index !== which);
}
