import assert from "node:assert/strict";
import { test } from "node:test";
import { exceeds, minus, plus, rounded, scaled, sum, whole } from "../../static/js/model/exact.js";
import { loss, parse, plain, signed, total } from "../../static/js/model/points.js";

test("points are read exactly", () => {
  const read = ["0", "19.5", "0.05", "100", "-15.47", "3.10", "-0"].map(parse);
  assert.deepEqual(read, [0, 1950, 5, 10000, -1547, 310, 0]);
});

test("anything else is no number of points", () => {
  const texts = [
    "",
    "1.",
    ".5",
    "1.234",
    "01",
    "+1",
    "1e2",
    "NaN",
    " 1",
    "1 ",
    "１",
    "1,5",
    "12345678",
  ];
  assert.deepEqual(
    texts.map(parse),
    texts.map(() => null),
  );
});

test("plain text reads back the same", () => {
  for (const points of [0, 5, 50, 300, 1950, 9668, 10000, -1547, 99999999])
    assert.equal(parse(plain(points)), points);
});

test("totals, losses and differences are printed as on the server", () => {
  assert.deepEqual([8950, 2000, 9668, 0, -50].map(total), ["89.5", "20.0", "96.68", "0.0", "−0.5"]);
  assert.deepEqual([300, 50, 0].map(loss), ["−3", "−0.5", "0"]);
  assert.deepEqual([529, -1547, 0].map(signed), ["+5.29", "−15.47", "0"]);
});

test("halves go up or to even, and only once", () => {
  const halves = [1, 3, 5, 17999].map((n) => scaled(whole(n), 1, 2));
  assert.deepEqual(
    halves.map((half) => rounded(half, "half_up")),
    [1, 2, 3, 9000],
  );
  assert.deepEqual(
    halves.map((half) => rounded(half, "half_even")),
    [0, 2, 2, 9000],
  );
  assert.equal(rounded(scaled(whole(2100), 16, 19), "half_up"), 1768);
});

test("fractions stay exact however many are added", () => {
  const third = scaled(whole(1), 1, 3);
  const many = sum(Array.from({ length: 3000 }, () => third));
  assert.deepEqual(many, whole(1000));
  assert.deepEqual(minus(plus(third, third), scaled(whole(2), 1, 3)), whole(0));
  assert.ok(exceeds(third, scaled(whole(33333333), 1, 100000000)));
});
