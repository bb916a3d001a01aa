import { isAbsent } from "../model/absent.js";
import { flush } from "./outbox.js";
import { noteUpload, sendAgain, uploads } from "./uploads.js";

/**
 * Believes the server about the photos of a draft: what it has is there, what it lacks is sent again, and what
 * nobody here has is said to be missing.
 * @param {readonly string[]} named
 * @param {readonly string[]} missing
 */
export async function followPhotos(named, missing) {
  const lacking = new Set(missing);
  const rows = named.flatMap((sha256) => uploads.peek().get(sha256) ?? []);
  for (const row of rows.filter((one) => !lacking.has(one.sha256) && isAbsent(one)))
    await noteUpload({ ...row, state: "here", offset: row.size, problem: "" });
  const gone = rows.filter((row) => lacking.has(row.sha256) && row.state === "here");
  if (await sendAgain(gone.map((row) => row.sha256))) void flush();
}
