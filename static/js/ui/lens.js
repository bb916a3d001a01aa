import { batch, signal } from "../../vendor/signals-core.js";
import { preferences } from "./preferences.js";

/** The phone's camera inside the page: no other app is opened over it, so the system has no reason to close it. */

const STILL_WITHIN = 5000;
const QUALITY = 0.92;

/** @typedef {"refused" | "absent" | "busy" | "failed"} Trouble */
/** @typedef {ReturnType<typeof lens>} Lens */

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

/** The device, with what the screen has to know of it. */
export function lens() {
  const video = Object.assign(document.createElement("video"), {
    muted: true,
    playsInline: true,
    autoplay: true,
  });
  const state = signal(/** @type {Trouble | "opening" | "open"} */ ("opening"));
  const torch = signal(/** @type {boolean | null} */ (null));
  // Somebody who asked for discretion does not hold up a bright picture.
  const dim = signal(preferences.peek().discreet);
  const shooting = signal(false);
  const shots = signal(0);
  /** @type {MediaStream | null} */
  let stream = null;
  let turn = 0;

  function stop() {
    turn += 1;
    if (stream) closeLens(stream);
    stream = null;
    video.srcObject = null;
  }

  return {
    ...{ video, state, torch, dim, shooting, shots, stop },
    async start() {
      stop();
      const mine = turn;
      state.value = "opening";
      try {
        const opened = await openLens();
        // Closed while the system still asked.
        if (mine !== turn) return closeLens(opened);
        stream = opened;
        const [track] = opened.getVideoTracks();
        track?.addEventListener("ended", () => {
          if (stream === opened) state.value = "busy";
        });
        video.srcObject = opened;
        await video.play().catch(() => undefined);
        batch(() => {
          torch.value = track && hasTorch(track) ? false : null;
          state.value = "open";
        });
      } catch (error) {
        if (mine === turn) state.value = troubleOf(error);
      }
    },
    /** @returns {Promise<Blob | null>} */
    async shoot() {
      const [track] = stream?.getVideoTracks() ?? [];
      if (!track || !video.videoWidth || shooting.peek()) return null;
      shooting.value = true;
      try {
        return await shoot(video, track, !dim.peek());
      } finally {
        shooting.value = false;
      }
    },
    async flipTorch() {
      const [track] = stream?.getVideoTracks() ?? [];
      const lit = !torch.peek();
      if (track)
        await light(track, lit).then(
          () => (torch.value = lit),
          () => (torch.value = null),
        );
    },
  };
}

/**
 * What kept the camera from opening.
 * @param {unknown} error
 * @returns {Trouble}
 */
function troubleOf(error) {
  return (error instanceof DOMException && TROUBLES[error.name]) || "failed";
}

/** The camera on the back, in full HD or better. Throws what `troubleOf` reads. */
function openLens() {
  const size = { width: { ideal: 1920, min: 640 }, height: { ideal: 1080, min: 480 } };
  const video = { facingMode: { ideal: "environment" }, ...size };
  return navigator.mediaDevices.getUserMedia({ video, audio: false });
}

/** @param {MediaStream} stream */
function closeLens(stream) {
  for (const track of stream.getTracks()) track.stop();
}

/**
 * Whether the lamp beside the lens can be lit.
 * @param {MediaStreamTrack} track
 */
function hasTorch(track) {
  const able = /** @type {{torch?: boolean} | undefined} */ (track.getCapabilities?.());
  return able?.torch === true;
}

/**
 * @param {MediaStreamTrack} track
 * @param {boolean} lit
 */
async function light(track, lit) {
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
async function shoot(video, track, still) {
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
