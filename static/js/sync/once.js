/** What is under way. @type {Set<string>} */
const going = new Set();

/**
 * Does something unless the same is under way: a second tap before the first is done adds nothing to it.
 * @param {string} name
 * @param {() => Promise<void>} work
 */
export async function once(name, work) {
  if (going.has(name)) return;
  going.add(name);
  try {
    await work();
  } finally {
    going.delete(name);
  }
}
