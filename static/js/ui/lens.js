/** The phone's camera inside the page: no other app is opened over it, so the system has no reason to close it. */

const STILL_WITHIN = 5000;
const QUALITY = 0.92;

/** @typedef {"refused" | "absent" | "busy" | "failed"} Trouble */

/** @type {Record<string, Trouble>} */
const TROUBLES = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "absent",
  OverconstrainedError: "absent",
  NotReadableError: "busy",
  AbortError: "busy",
};

/** Whether this browser lets a page use the camera at all. */
export function hasLens() {
  return typeof navigator.mediaDevices?.getUserMedia === "function";
}

/**
 * What kept the camera from opening.
 * @param {unknown} error
 * @returns {Trouble}
 */
export function troubleOf(error) {
  return (error instanceof DOMException && TROUBLES[error.name]) || "failed";
}

/** The camera on the back, in full HD or better. Throws what `troubleOf` reads. */
export function openLens() {
  const size = { width: { ideal: 1920, min: 640 }, height: { ideal: 1080, min: 480 } };
  const video = { facingMode: { ideal: "environment" }, ...size };
  return navigator.mediaDevices.getUserMedia({ video, audio: false });
}

/** @param {MediaStream} stream */
export function closeLens(stream) {
  for (const track of stream.getTracks()) track.stop();
}

/**
 * Whether the lamp beside the lens can be lit.
 * @param {MediaStreamTrack} track
 */
export function hasTorch(track) {
  const able = /** @type {{torch?: boolean} | undefined} */ (track.getCapabilities?.());
  return able?.torch === true;
}

/**
 * @param {MediaStreamTrack} track
 * @param {boolean} lit
 */
export async function light(track, lit) {
  const lamp = /** @type {MediaTrackConstraintSet} */ (/** @type {unknown} */ ({ torch: lit }));
  await track.applyConstraints({ advanced: [lamp] });
}

/**
 * One photo: the camera's own still where it makes one, otherwise the picture on the screen, which is quicker and
 * never flashes.
 * @param {HTMLVideoElement} video
 * @param {MediaStreamTrack} track
 * @param {boolean} still
 * @returns {Promise<Blob>}
 */
export async function shoot(video, track, still) {
  if (!still || !("ImageCapture" in globalThis)) return grabbed(video);
  // Some phones never answer, or forget how once the lamp is lit.
  return Promise.race([taken(track), late()]).catch(() => grabbed(video));
}

/** @typedef {new (track: MediaStreamTrack) => {takePhoto: () => Promise<Blob>}} Capturing */

/** @param {MediaStreamTrack} track */
function taken(track) {
  const Capture = /** @type {{ImageCapture: Capturing}} */ (/** @type {unknown} */ (globalThis))
    .ImageCapture;
  return new Capture(track).takePhoto();
}

/** @returns {Promise<never>} */
function late() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("late")), STILL_WITHIN));
}

/**
 * @param {HTMLVideoElement} video
 * @returns {Promise<Blob>}
 */
function grabbed(video) {
  const size = { width: video.videoWidth, height: video.videoHeight };
  const canvas = Object.assign(document.createElement("canvas"), size);
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  return jpegOf(canvas);
}

/**
 * What is drawn, as a photo.
 * @param {HTMLCanvasElement} canvas
 * @returns {Promise<Blob>}
 */
export function jpegOf(canvas) {
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("no picture"))),
      "image/jpeg",
      QUALITY,
    ),
  );
}
