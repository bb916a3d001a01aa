/** What makes pictures small in a browser; there is no canvas here. The bytes of the file are the picture. */
class Shrinker extends EventTarget {
  /** @param {{id: number, file: Blob}} asked */
  async postMessage({ id, file }) {
    const bytes = await file.arrayBuffer();
    const small = { bytes, thumb: bytes, width: 4, height: 3 };
    const data = bytes.byteLength ? { id, small } : { id, fault: "empty" };
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}
Object.assign(globalThis, { Worker: Shrinker, OffscreenCanvas: Shrinker });
