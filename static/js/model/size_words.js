const KILO = 1024;

/**
 * How much is stored, short enough for a phone: "640 KB", "9.0 MB", "1.2 GB".
 * @param {number} bytes
 */
export function sizeWords(bytes) {
  const kilo = bytes / KILO;
  if (kilo < 1000) return `${Math.round(kilo)} KB`;
  const mega = kilo / KILO;
  return mega < 1000 ? `${mega.toFixed(1)} MB` : `${(mega / KILO).toFixed(1)} GB`;
}
