/** @type {Record<keyof typeof import("../zh-CN/phone.js").default, string>} */
export default {
  "app.name": "Mingcha",
  "app.tagline": "Mystery visits and rectification for stores",
  "app.mainnav": "Main navigation",
  "app.update": "A new version is ready; drafts are safe",
  "app.update_now": "Update",
  "app.outgrown": "Another window was updated; reopen this one to go on saving",
  "app.insecure": "Please open it over https",
  "app.insecure_help":
    "This address is not encrypted, so the browser keeps no drafts and no photos. Ask your administrator for the address that begins with https.",
  "app.absent": "This screen is not on the phone yet",
  "app.absent_help": "Try again when online; after that it opens offline too. Drafts are safe.",
  "app.reload": "Reopen",

  "nav.tasks": "Tasks",
  "nav.outbox": "Outbox",
  "nav.history": "History",
  "nav.me": "Me",

  "common.back": "Back",
  "common.close": "Close",
  "common.cancel": "Cancel",
  "common.delete": "Delete",
  "common.later": "Later",
  "common.loading": "Reading",
  "common.retry": "Try again",
  "common.undo": "Undo",
  "common.offline": "Offline",
  "common.offline_go": "Keep filling in; it sends itself later",

  "session.name": "Staff number or phone",
  "session.password": "Password",
  "session.show": "Show password",
  "session.sign_in": "Sign in",
  "session.other_language": "中文",
  "session.signature": "Seven sections, 100 marks",
  "session.no_answer": "The server does not answer. Check the network and try again",
  "session.expired": "Signed out; you can go on filling in",
  "session.expired_title": "Please sign in again",
  "session.expired_help": "Everything is still on the phone and is sent once you are signed in.",

  "storage.title": "Not saved.",
  "storage.full":
    "The phone is full. Free some space, and do not close this page until it is saved.",
  "storage.refused":
    "This browser keeps no drafts, perhaps because it is in private mode. Please use a normal window.",
  "storage.cleared": "The phone wiped what this site had stored.",
  "storage.cleared_help":
    "The visit you have open is saved again. Photos not uploaded yet must be retaken; other drafts come back from the server.",
  "storage.unsaved": "Not saved, trying again",
  "storage.unread": "This draft could not be read",
  "storage.unread_help":
    "The phone's storage cannot be opened just now. Nothing was deleted; please try again.",
  "storage.not_begun":
    "Not saved, so the visit has not begun. Free some space or use a normal window",
  "storage.not_sealed": "Not saved, so the visit is not submitted. Free some space and try again",

  "lock.title": "Enter your PIN",

  "cover.app": "Notes",
  "cover.title": "To buy today",
  "cover.leave": "Hold two seconds to go back",
  "cover.milk": "Milk, two boxes",
  "cover.soy": "Soy sauce, pepper",
  "cover.batteries": "AA batteries",
  "cover.medicine": "Mum's tablets",
  "cover.parcels": "Collect 3 parcels",

  "when.today": "Today",
  "when.tomorrow": "Tomorrow",
  "when.yesterday": "Yesterday",
  "when.hours": "{n} h",
  "when.days": "{n} {n:day|days}",
};
