/** @type {Record<keyof typeof import("../zh-CN/record.js").default, string>} */
export default {
  "result.title": "Result",
  "result.open": "See the result",
  "result.sealed": "This visit is submitted",
  "result.sealed_help": "What was submitted is sealed and cannot be changed.",
  "result.receipt": "Receipt",
  "result.receipt_no": "Number",
  "result.received_at": "Received",
  "result.attempt": "Attempt",
  "result.fingerprint": "Fingerprint",
  "result.by_server": "Scored by the server",
  "result.rescored": "Re-scored {at}, before it was {before}.",
  "result.vetoed": "Vetoed, score kept",
  "result.not_yet": "The server's score appears here once the visit is delivered",
  "outbox.online": "Online",
  "outbox.offline_now": "Offline; sends itself later",
  "outbox.retry_all": "Retry all",
  "outbox.waiting": "Waiting",
  "outbox.sending": "Sending",
  "outbox.sign_in": "Needs sign-in",
  "outbox.received": "Sending",
  "outbox.complete": "Delivered",
  "outbox.stopped": "Needs you",
  "outbox.form_ok": "Form delivered",
  "outbox.form_waits": "Form waiting",
  "outbox.photos_n": "{n} {n:photo|photos}",
  "outbox.photo_states": "Each photo",
  "outbox.photo_refused":
    "The server refused a photo. It is still on the phone; you can try again.",
  "outbox.unusable": "Photos unusable",
  "outbox.unusable_help":
    "The server received everything, but cannot open these photos (damaged or too large). They are kept; the reviewer sees this and may return the visit.",
  "outbox.unusable_photo": "{x}: photo {n}",
  "outbox.sign_in_help":
    "The sign-in ended. Everything is on the phone and goes on after signing in.",
  "outbox.portal":
    "This network wants a sign-in first. Sign in to it in a browser; sending goes on by itself.",
  "outbox.offline_photos": "The server has the form; the photos follow when you are online.",
  "outbox.waiting_form": "Sealed on the phone; it is sent when its turn comes.",
  "outbox.sending_form": "Sending the form.",
  "outbox.sending_photo":
    "The form arrived; sending photo {n} of {m}. A break goes on where it stopped.",
  "outbox.absent":
    "{n} {n:photo is|photos are} not on this phone. Open the app on the phone that took {n:it|them} and it sends {n:it|them}; the reviewer sees what is missing.",
  "outbox.photo_damaged":
    "A photo was damaged on the way several times. It is still on the phone; try another network.",
  "outbox.next_try": "Tries again at {t}.",
  "outbox.late_rubric":
    "The scorecard has a version {m}; this visit is taken and scored by version {n}, unchanged.",
  "outbox.after_both_kept":
    "Both are kept: the one the server had first is reviewed, this one is stored for an administrator and stays on the phone. Ask the administrator which one counts.",
  "outbox.after_parked":
    "It is stored for an administrator and stays on the phone; there is nothing more to send.",
  "outbox.after_mend": "Put it right and submit again; everything is still there.",
  "outbox.after_look_again":
    "It is stored for an administrator and stays on the phone. See under tasks how this visit stands now.",
  "outbox.after_new_rubric":
    "It is stored for an administrator and stays on the phone. Go back to the tasks and score by the scorecard of now.",
  "outbox.after_update":
    "The app is too old. Update it and try again; the content is stored for an administrator and stays on the phone.",
  "outbox.after_only_here":
    "The server kept nothing of it; it is only on this phone. Export it, then ask an administrator.",
  "outbox.after_ask":
    "Everything is on the phone. Try again; if that fails, export it and hand it to an administrator.",
  "outbox.see_other": "See what the server has",
  "outbox.export": "Export",
  "outbox.export_all": "Export to a file, or import from one",
  "outbox.export_help": "Without a network, or to change phones",
  "outbox.progress": "Progress",
  "outbox.offline": "Sealed on the phone; it sends itself when you are online.",
  "outbox.checking": "Everything arrived; the server is checking the photos.",
  "outbox.again": "The last try failed ({x}); it tries again by itself.",
  "outbox.no_reason": "The server gave no reason. Everything is still on the phone.",
  "outbox.ahead": "Photos sent ahead",
  "outbox.ahead_help": "Photos travel while you fill in, so that submitting is quick.",
  "outbox.empty": "Nothing to send",
  "outbox.empty_help": "Every submitted visit is delivered.",
  "outbox.delivered": "Delivered",
  "outbox.delivered_at": "Delivered {t} · receipt {n}",
  "outbox.keep": "Photos stay on the phone 7 days",
  "outbox.storage": "Storage used",
  "history.n": "{n} {n:visit|visits}",
  "history.record": "Visit",
  "history.attempt": "attempt {n}",
  "history.missing": "{n} {n:photo|photos} missing",
  "history.vetoed": "veto",
  "history.none": "No visits yet",
  "history.none_help": "Your first submitted visit appears here.",
};
