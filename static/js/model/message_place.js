/** @import {StoreNotice} from "../types.js" */

/** @type {readonly [RegExp, (id: string, no: string) => string][]} */
const PLACES = [
  [/^\/notices\/([0-9a-f-]+)\/lines\/(\d+)$/, (id, no) => `#/notices/${id}/line/${no}`],
  [/^\/notices\/([0-9a-f-]+)$/, (id) => `#/notices/${id}/notice`],
  [/^\/appeals\/([0-9a-f-]+)$/, (id) => `#/appeals/${id}/appeal`],
];
const LINE = /^\/rectifications\/([0-9a-f-]+)$/;

/**
 * Where in the app a message leads that names a page; the page itself where the app has no such screen.
 * @param {string} path
 * @param {readonly StoreNotice[]} notices those on this phone
 */
export function placeOf(path, notices) {
  for (const [form, place] of PLACES) {
    const [, id, no = ""] = form.exec(path) ?? [];
    if (id) return place(id, no);
  }
  const line = LINE.exec(path)?.[1];
  return (line && lineAt(line, notices)) || path;
}

/**
 * @param {string} id
 * @param {readonly StoreNotice[]} notices
 */
function lineAt(id, notices) {
  for (const { id: notice, follow } of notices) {
    const found = follow?.find((one) => one.id === id);
    if (found) return `#/notices/${notice}/line/${found.no}`;
  }
  return "";
}
