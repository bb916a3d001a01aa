/** @type {Map<string, Promise<void>>} */
const fetched = new Map();

/**
 * Brings the style sheet of a screen that is rarely opened. Without it the screen still works.
 * @param {string} name
 */
export function styled(name) {
  const known = fetched.get(name) ?? bring(name);
  fetched.set(name, known);
  return known;
}

/**
 * @param {string} name
 * @returns {Promise<void>}
 */
function bring(name) {
  return new Promise((resolve) => {
    const link = Object.assign(document.createElement("link"), {
      rel: "stylesheet",
      href: new URL(`../../css/${name}.css`, import.meta.url).href,
    });
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => {
      fetched.delete(name);
      resolve();
    });
    document.head.append(link);
  });
}
