export default {
  "copy.versions": "Versions of this draft",
  "copy.unread": "The versions could not be read",
  "copy.unread_help": "Try again with a network. What is on the phone is all there.",
  "copy.some_unread": "Other versions could not all be read. Try again with a network.",
  "copy.no_others": "There are no other versions.",
  "copy.is_submitted":
    "This visit was submitted from another device. What is on this phone stays and will not be sent; other versions are kept for 30 days.",
  "copy.is_away":
    "This draft is on another device. Here it can only be read; take it over to go on.",
  "copy.is_taken":
    "Another device goes on with this draft. Both versions are kept: choose one to go on with, the other stays for 30 days.",
  "copy.is_here": "The version on this phone is in use. Other versions are kept for 30 days.",
  "copy.stepped_back": "Replaced version",
  "copy.other_device": "Another device's version",
  "copy.changed_at": "Last changed {t}",
  "copy.use_that": "Use this version instead",
  "copy.use_this": "Go on with this phone's version",
  "copy.go_on_here": "Go on with this phone",
  "copy.go_on_q": "Go on with this phone?",
  "copy.go_on": "Go on",
  "copy.go_on_help":
    "The other device becomes read-only when it is next online. All it holds is kept.",
  "copy.use_that_help":
    "The version now on this phone steps back and stays for 30 days under other versions.",
  "copy.use_this_help":
    "The other device becomes read-only when it is next online. Its version stays for 30 days.",
  "copy.not_taken": "Not taken over. Try again with a network; both sides keep what they have",
  "copy.same": "Both versions have the same answers.",
  "copy.differ": "{n} {n:item differs|items differ}",
  "copy.this_phone": "This phone",
  "copy.that_version": "This version",
  "copy.reads": "{n} items scored · {p} {p:photo|photos}",
  "copy.nothing": "Not scored",

  "transfer.title": "Export and import",
  "transfer.busy": "Working, one moment",
  "transfer.export": "Export to a file",
  "transfer.export_help":
    "Puts unsent visits, drafts and photos into one encrypted file. Exporting deletes nothing on the phone.",
  "transfer.code": "Code",
  "transfer.code_help":
    "A one-time code; you can use words of your own, at least {n} characters. Nobody opens the file without it.",
  "transfer.make": "Make the file",
  "transfer.made":
    "{d} {d:draft|drafts}, {n} unsent {n:visit|visits}, {p} {p:photo|photos}, encrypted.",
  "transfer.write_down":
    "Write the code down first and keep it apart from the file. It cannot be recovered.",
  "transfer.save": "Save the file",
  "transfer.import": "Import from a file",
  "transfer.import_help":
    "On another phone signed in as the same person. Nothing here is overwritten; importing twice does no harm.",
  "transfer.file": "Choose the file",
  "transfer.read": "Import",
  "transfer.imported":
    "{added} added, {known} known already, {beside} kept as other versions; {photos} {photos:photo|photos}, all verified.",
  "transfer.why_not_ours":
    "This is not a file this app exported. Choose one that ends in .mingcha.",
  "transfer.why_too_new": "A newer app wrote this file. Update the app, then import.",
  "transfer.why_wrong_code":
    "The code is wrong, or the file is damaged. Check the code; nothing was imported.",
  "transfer.why_damaged":
    "The file is incomplete or was changed; nothing was imported. Export again from the first phone.",
  "transfer.why_another_account":
    "This file belongs to another account. Sign in as the person who exported it.",
  "transfer.why_failed":
    "It did not work; everything is still on the phone. Free some space and try again.",

  "restore.title": "Drafts brought back",
  "restore.none": "Nothing to read",
  "restore.none_help": "All drafts of this phone are there.",
  "restore.help":
    "The system cleared what this app kept on the phone. The server's copies are back; photos download when they are opened.",
  "restore.gap_unknown":
    "The copy is from {t}. If anything was entered after that, it did not reach the server: please check.",
  "restore.gap":
    "The copy is from {t}, the phone last saved at {s}: what was entered in those {m} minutes is gone, please enter it again.",
  "restore.no_gap": "The copy is from {t}, as recent as the phone's last save. Nothing is missing.",
  "restore.photos":
    "{n} {n:photo|photos} had not been uploaded and {n:is|are} gone: please take {n:it|them} again.",
  "restore.look": "Open and check",
  "restore.read": "Understood",
};
