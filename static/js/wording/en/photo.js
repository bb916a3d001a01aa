/** @type {Record<keyof typeof import("../zh-CN/photo.js").default, string>} */
export default {
  "photo.tile_waiting": "On phone",
  "photo.tile_here": "At server",
  "photo.tile_refused": "Needs you",
  "photo.tile_absent": "Not here",
  "photo.alt_marked": "{x}, photo {n} (marked-up copy)",
  "photo.one": "Photo",
  "photo.marked": "marked-up copy",
  "photo.damaged": "It was damaged on the way several times. Send it again, or retake it.",
  "photo.send_again": "Send again",
  "photo.retake": "Retake",
  "photo.mark": "Mark up",
  "photo.move": "Move to item",
  "photo.move_q": "Which item does this photo belong to?",
  "photo.moved": "Moved to {x}",
  "photo.removed": "Photos deleted: {n}",
  "photo.came_back":
    "The system closed the app while the camera was open; you are back where you were. That photo did not arrive: take it again, or use “In-app”",
  "photo.no_room": "The phone is full. Photos not stored: {n}",
  "photo.fault_empty": "The file is empty (0 bytes). Take the photo again.",
  "photo.fault_too_large":
    "Larger than 40 MB, too much for the phone. Take it again with “In-app” or “Take photo”.",
  "photo.fault_too_many_pixels":
    "Too many pixels for the phone. Set the system camera to its normal resolution and take it again, or use “In-app”.",
  "photo.fault_heic":
    "This is a HEIC photo, which this browser cannot open. Take it again with “In-app”, or set the system camera's format to “Most Compatible” (JPEG).",
  "photo.fault_format": "This is no photo. Choose a JPEG, PNG, WebP or HEIC photo.",
  "photo.fault_broken":
    "The file is damaged or cut short and cannot be opened. Take the photo again, or choose another.",
  "photo.fault_unreadable":
    "The phone cannot read this file; it may still be in the cloud. Open it in the album first, wait until it is loaded, then choose it again.",
  "photo.fault_submitted": "This visit was submitted before; the photo was not added to it.",

  "room.title": "The phone is full",
  "room.help":
    "Everything you filled in is safe. These photos are only in memory for now, so keep the app open. Make room, then store them again:",
  "room.send": "Send now",
  "room.send_n": "Waiting to be sent: {n}",
  "room.free": "Delete delivered originals from the phone: {n}",
  "room.free_help": "Only after the server confirmed each one; small pictures stay",
  "room.smaller": "Smaller pictures",
  "room.smaller_help": "About half the size, until the app is restarted",
  "room.again": "Store again",
  "room.done": "All photos are stored",
  "room.open": "Make room",

  "camera.open": "In-app",
  "camera.title": "Photos of: {x}",
  "camera.done": "Done",
  "camera.shoot": "Take one",
  "camera.torch": "Light",
  "camera.dim": "Dim",
  "camera.counted": "{n} of this item",
  "camera.counted_now": "{n} of this item, {m} just now",
  "camera.opening": "Opening the camera",
  "camera.refused": "The camera is not allowed",
  "camera.refused_help":
    "Allow the camera in the browser's site settings, then retry. The system camera and the album work too:",
  "camera.absent": "No camera found",
  "camera.absent_help":
    "This device has no camera to use. Try the system camera, or choose from the album:",
  "camera.busy": "The camera is in use",
  "camera.busy_help":
    "Close video calls and the like, then retry. The system camera and the album work too:",
  "camera.failed": "The camera does not open",
  "camera.failed_help": "Try again, or use the system camera or the album:",

  "mark.title": "Mark up the photo",
  "mark.help": "You draw on a copy; the original stays as it is",
  "mark.keys":
    "Enter places a mark, arrow keys move it, plus and minus resize it, Backspace takes it back.",
  "mark.canvas": "{x}, draw on it",
  "mark.count": "Marks: {n}",
  "mark.tools": "What to draw",
  "mark.circle": "Circle",
  "mark.arrow": "Arrow",
  "mark.line": "Freehand",
  "mark.done": "Keep marked copy",
  "mark.kept": "Kept as a marked-up copy",
  "mark.not_kept":
    "Not stored; the marks are still here. Make room, then tap “Keep marked copy” again",
  "mark.gone": "The original is no longer on this phone and cannot be marked up",
};
