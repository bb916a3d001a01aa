import assert from "node:assert/strict";
import { test } from "node:test";
import { ABSENT } from "../../static/js/model/absent.js";
import { isTravelling, stateOf } from "../../static/js/model/photo_state.js";
import { atServer, toSend } from "../../static/js/model/upload_row.js";

const photo = toSend({ sha256: "a", account: "b", visit: "c", size: 9 });
const sending = { ...photo, state: /** @type {const} */ ("sending") };
const refused = { ...photo, state: /** @type {const} */ ("refused"), problem: "too dark" };
const absent = { ...refused, problem: ABSENT };

test("a photo only another phone has was refused by nobody", () => {
  assert.equal(stateOf(undefined), "waiting");
  assert.deepEqual([photo, sending, atServer(photo), refused, absent].map(stateOf), [
    "waiting",
    "sending",
    "here",
    "refused",
    "absent",
  ]);
});

test("only what goes on by itself is on its way", () => {
  assert.deepEqual([photo, sending, atServer(photo), refused, absent].filter(isTravelling), [
    photo,
    sending,
  ]);
});
