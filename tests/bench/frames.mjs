// Frames of all lengths, cut into reads at every kind of place: none is lost, doubled or mixed up.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LANDED, landing, Walker } from "../../bench/load/frames.mjs";

const PREFIX = '42["call_updated"';
const EVENT_SIZES = [PREFIX.length, 125, 126, 300, 65_535, 65_536, 70_000];
const TEXTS = ["2", '430[{"ok":true}]', '42["ready",{}]', `43${"x".repeat(66_000)}`];

function frame(text, opcode = 0x81) {
  const size = text.length;
  const long = size > 65_535 ? 10 : 4;
  const header = Buffer.alloc(size < 126 ? 2 : long);
  header[0] = opcode;
  header[1] = size < 126 ? size : long === 4 ? 126 : 127;
  if (long === 4 && size > 125) header.writeUInt16BE(size, 2);
  if (long === 10) header.writeBigUInt64BE(BigInt(size), 2);
  return Buffer.concat([header, Buffer.from(text)]);
}

const event = (size) => frame(PREFIX.padEnd(size, "y"));

/** What a walker makes of a stream that is read piece by piece, `sizeOf(n)` bytes in the nth read. */
function walked(stream, sizeOf) {
  const handed = [];
  const walker = new Walker(PREFIX, (text) => handed.push(text));
  let events = 0;
  for (let at = 0, n = 0; at < stream.length; n += 1) {
    const piece = stream.subarray(at, at + sizeOf(n));
    piece.copy(landing);
    events += walker.take(LANDED, LANDED + piece.length);
    at += piece.length;
  }
  return { events, handed };
}

const stream = Buffer.concat([
  ...EVENT_SIZES.flatMap((size, n) => [event(size), frame(TEXTS[n % TEXTS.length])]),
  frame("bye", 0x88),
  event(200),
]);
const whole = { events: EVENT_SIZES.length + 1, handed: EVENT_SIZES.map((_, n) => TEXTS[n % TEXTS.length]) };

for (const size of [1, 2, 3, 5, 7, 127, 1000, 65_536, 200_000]) {
  test(`read ${size} bytes at a time`, () =>
    assert.deepEqual(
      walked(stream, () => size),
      whole,
    ));
}

test("read in pieces of all sizes", () =>
  assert.deepEqual(
    walked(stream, (n) => 1 + ((n * 7919) % 3001)),
    whole,
  ));

test("cut in two at every place", () => {
  const short = Buffer.concat([event(300), frame(TEXTS[0]), event(125), frame(TEXTS[1]), event(PREFIX.length)]);
  const expected = { events: 3, handed: TEXTS.slice(0, 2) };
  for (let cut = 1; cut < short.length; cut += 1) {
    const pieces = [cut, short.length];
    assert.deepEqual(
      walked(short, (n) => pieces[n]),
      expected,
      `cut at ${cut}`,
    );
  }
});

test("what stands in the buffer from before is not taken for what has come", () => {
  event(300).copy(landing);
  const other = frame('42["ready",{}]'.padEnd(300));
  assert.deepEqual(
    walked(other, () => 6),
    { events: 0, handed: ['42["ready",{}]'.padEnd(300)] },
  );
});

test("an event counts when its last byte has come, not before", () => {
  const one = event(300);
  assert.equal(walked(one.subarray(0, one.length - 1), () => 100).events, 0);
  assert.equal(walked(one, () => 100).events, 1);
});
