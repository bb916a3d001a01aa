/**
 * Every photo named anywhere in these rows, by its hash.
 * @param {unknown} rows
 */
export function photosNamed(rows) {
  const named = JSON.stringify(rows).matchAll(/"([0-9a-f]{64})"/g);
  return [...new Set([...named].map(([, sha256]) => sha256 ?? ""))];
}
