import { expect, it } from 'vitest';
import { createFrameOutlet } from '../../../src/dsp/createFrameOutlet.js';
import { micFrame } from '../../../src/dsp/micFrame.js';

function numbered(sequence: number) {
  const frame = micFrame();
  frame.counters[0] = sequence;
  frame.levels[1] = 0.25;
  frame.samples.fill(sequence + 1);
  frame.reference.fill(-sequence - 1);
  return frame;
}

it('sends copies, whole', () => {
  const sent: ArrayBuffer[] = [];
  const outlet = createFrameOutlet({ post: (buffer) => sent.push(buffer) });
  const frame = numbered(7);
  outlet.send(frame);
  expect(sent[0]).not.toBe(frame.buffer);
  expect(sent).toEqual([frame.buffer]);
});

it('uses the buffers again that come back', () => {
  const sent: ArrayBuffer[] = [];
  const outlet = createFrameOutlet({ post: (buffer) => sent.push(buffer), poolFrames: 1 });
  for (let sequence = 0; sequence < 5; sequence++) {
    outlet.send(numbered(sequence));
    const buffer = sent.at(-1);
    if (buffer) outlet.give(buffer);
  }
  expect(new Set(sent).size).toBe(1);
});

it('loses frames rather than memory while its reader does not read, and their sequence numbers with them', () => {
  const sent: ArrayBuffer[] = [];
  const outlet = createFrameOutlet({ post: (buffer) => sent.push(buffer), poolFrames: 1, maxFrames: 2 });
  for (let sequence = 0; sequence < 4; sequence++) outlet.send(numbered(sequence));
  expect(sent).toHaveLength(2);
  outlet.give(micFrame().buffer);
  outlet.send(numbered(4));
  expect(sent.map((buffer) => micFrame(buffer).counters[0])).toEqual([0, 1, 4]);
});
