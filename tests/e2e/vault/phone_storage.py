"""What somebody finds who searches a phone: the app's stores and the browser's files."""

from pathlib import Path

from playwright.sync_api import Page

DUMP = """async () => {
  const found = [];
  const readable = (_key, value) => {
    if (!(value instanceof ArrayBuffer || ArrayBuffer.isView(value))) return value;
    const bytes = new Uint8Array(value.buffer ?? value);
    if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "A JPEG LIES OPEN";
    return new TextDecoder().decode(bytes);
  };
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  for (const { name } of await indexedDB.databases()) {
    const db = await done(indexedDB.open(name));
    for (const store of db.objectStoreNames) {
      const rows = await done(db.transaction(store).objectStore(store).getAll());
      if (store !== "rubrics") found.push(store, JSON.stringify(rows, readable));
    }
    db.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const kept = await cache.match(request);
      if (/\\/(js|css|icons|vendor)\\//.test(request.url)) continue;
      found.push(request.url, await kept.text());
    }
  }
  found.push(JSON.stringify(localStorage), JSON.stringify(sessionStorage));
  return found.join("\\n");
}"""


def dumped(page: Page) -> str:
    """Every database, cache and remembered fact as one text, without the public rubrics."""
    text: str = page.evaluate(DUMP)
    return text


def files_with(folder: Path, words: str) -> list[str]:
    """Files of a profile in which the words stand readable, in either way browsers write text."""
    forms = [words.encode(), words.encode("utf-16-le")]
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]
