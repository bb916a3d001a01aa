import { dropDraft, holdDraft } from "../../sync/hold.js";
import { rescue } from "../../sync/rescue.js";
import { route } from "../../ui/route.js";
import { captures } from "../captures/shelf.js";
import { desk, load, takeUp } from "../drafts/desk.js";

/** Screens that fill in a draft. */
const EDITED = new Set(["form", "capture", "check"]);

/**
 * Lays a visit open for its screen.
 * @param {string} id
 * @param {string} name
 * @param {string} visit
 */
export async function enterVisit(id, name, visit) {
  if (EDITED.has(name) && (await holdDraft(visit))) await load(id, visit);
  else await takeUp(id, visit);
  if (name === "form") return atItem(itemLeft());
  scrollTo(0, 0);
}

/**
 * Lets other windows have the draft, once everything entered here is in the database.
 * @param {string} name the screen now open
 */
export async function leaveVisit(name) {
  if (EDITED.has(name)) return;
  const saved = (await desk.peek().draft?.settled()) ?? true;
  if (saved && !EDITED.has(route.peek().name)) dropDraft();
}

/** Writes again what lies open here, after the system took the storage away under it. */
export async function saveAgain() {
  const { draft } = desk.peek();
  await rescue(draft, () => (draft ? captures(draft) : []));
}

/** The item one was at, if it is in the section on the screen. */
function itemLeft() {
  const left = desk.peek().draft?.visit.peek().at;
  const { section } = route.peek();
  return !section || left?.section === section ? left?.item : "";
}

/**
 * Back to the item one was at, once it is drawn; a new section begins at its top.
 * @param {string | undefined} item
 */
function atItem(item) {
  requestAnimationFrame(() => {
    const place = item && document.getElementById(`item-${item}`);
    // The first item of a section is in sight together with the score.
    if (place && place.previousElementSibling) place.scrollIntoView({ block: "start" });
    else scrollTo(0, 0);
  });
}
