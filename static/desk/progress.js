// A page that shows work in progress asks again until the work is over. Without scripts the page
// asks its reader to load it again.

const PAUSE = 1500;
const MARK = "[data-progress]";

/** The page's part that shows progress, as it is now. */
async function asked() {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(MARK);
}

/** Loads the page again, without the word about what began it: that is over too. */
function anew() {
  const here = new URL(location.href);
  here.searchParams.delete("said");
  history.replaceState(null, "", here);
  location.reload();
}

async function look() {
  const shown = document.querySelector(MARK);
  if (!shown) return;
  const now = await asked().catch(() => shown);
  // Over: the whole page has something else to say.
  if (!now) return anew();
  if (now !== shown) shown.replaceWith(now);
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
