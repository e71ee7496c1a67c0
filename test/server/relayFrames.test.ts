// Source: RFC 6455, section 5. Frames come from `ws`, an implementation that is not ours.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as ws from 'ws';
import { FrameReader } from '../../src/server/relay/websocket/FrameReader.js';
import { encodeFrame } from '../../src/server/relay/websocket/encodeFrame.js';
import { framePayload } from '../../src/server/relay/websocket/framePayload.js';
import type { Frame, Violation } from '../../src/server/relay/websocket/frame.js';

// The package of types does not know this export.
const { Sender } = ws as unknown as { Sender: { frame(data: Buffer, options: object): Buffer[] } };

interface SentFrame {
  readonly opcode: number;
  readonly fin: boolean;
  readonly payload: Uint8Array;
}

/** Of the lengths at which a header takes another form. */
const payloads = fc
  .tuple(fc.oneof(fc.nat(130), fc.integer({ min: 65_530, max: 65_540 })), fc.nat(255))
  .map(([length, seed]) => Uint8Array.from({ length }, (_, at) => (at * 31 + seed) & 255));
const frames: fc.Arbitrary<SentFrame> = fc.oneof(
  fc.record({ opcode: fc.constantFrom(0, 1, 2), fin: fc.boolean(), payload: payloads }),
  fc.record({ opcode: fc.constantFrom(8, 9, 10), fin: fc.constant(true), payload: fc.uint8Array({ maxLength: 125 }) }),
);

function encodeByWs({ opcode, fin, payload }: SentFrame, mask: boolean): Buffer {
  return Buffer.concat(Sender.frame(Buffer.from(payload), { opcode, fin, mask, rsv1: false, readOnly: true }));
}

/** Reads a stream in pieces, cut at the given places. */
function readIn(stream: Buffer, cuts: readonly number[], options: { isMasked: boolean; maxPayloadBytes?: number }): { frames: SentFrame[]; raw: Buffer[]; violation: Violation | null } {
  const reader = new FrameReader({ maxPayloadBytes: 1_000_000, ...options });
  const found: SentFrame[] = [];
  const raw: Buffer[] = [];
  const onFrame = (frame: Frame): boolean => {
    found.push({ opcode: frame.opcode, fin: frame.isFinal, payload: Uint8Array.from(framePayload(frame)) });
    raw.push(Buffer.from(frame.bytes.subarray(frame.start, frame.end)));
    return true;
  };
  const places = [0, ...cuts.map((cut) => cut % (stream.length + 1)).sort((a, b) => a - b), stream.length];
  for (let index = 1; index < places.length; index += 1) {
    const violation = reader.read(stream.subarray(places[index - 1], places[index]), { onFrame });
    if (violation !== null) return { frames: found, raw, violation };
  }
  return { frames: found, raw, violation: null };
}

describe('a frame reader', () => {
  it.each([true, false])('finds what another implementation wrote (masked: %s), in whatever pieces it comes, and leaves it as it was', (isMasked) => {
    fc.assert(
      fc.property(fc.array(frames, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 12 }), (sent, cuts) => {
        const stream = Buffer.concat(sent.map((frame) => encodeByWs(frame, isMasked)));
        const read = readIn(stream, cuts, { isMasked });
        expect(read.violation).toBeNull();
        const heads = (list: readonly SentFrame[]) => list.map(({ opcode, fin, payload }) => [opcode, fin, payload.length]);
        expect(heads(read.frames)).toEqual(heads(sent));
        expect(Buffer.concat(read.frames.map(({ payload }) => payload)).equals(Buffer.concat(sent.map(({ payload }) => payload)))).toBe(true);
        expect(Buffer.concat(read.raw).equals(stream)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('reads a stream that comes byte by byte', () => {
    const sent = [{ opcode: 2, fin: true, payload: new Uint8Array(300).fill(7) }, { opcode: 9, fin: true, payload: Uint8Array.of(1) }];
    const stream = Buffer.concat(sent.map((frame) => encodeByWs(frame, true)));
    expect(readIn(stream, Array.from({ length: stream.length }, (_, at) => at), { isMasked: true }).frames).toEqual(sent);
  });

  it.each<[string, boolean, number[], number]>([
    ['a frame of a client that is not masked', true, [0x81, 0x01, 0x41], 1002],
    ['a frame of a server that is masked', false, [0x81, 0x81, 1, 2, 3, 4, 0x41], 1002],
    ['reserved bits', false, [0xc1, 0x00], 1002],
    ['an unknown opcode', false, [0x83, 0x00], 1002],
    ['an unknown control opcode', false, [0x8b, 0x00], 1002],
    ['a ping in fragments', false, [0x09, 0x00], 1002],
    ['a ping of 126 bytes', false, [0x89, 126, 0, 126], 1002],
    ['more than the limit', false, [0x82, 126, 0x04, 0x01], 1009],
    ['2^63 bytes', false, [0x82, 127, 255, 255, 255, 255, 255, 255, 255, 255], 1009],
  ])('refuses %s as soon as the header says so', (_case, isMasked, bytes, code) => {
    for (const cuts of [[], bytes.map((_, at) => at)]) expect(readIn(Buffer.from(bytes), cuts, { isMasked, maxPayloadBytes: 1_024 }).violation).toMatchObject({ code });
  });

  it('asks for no more when it has been told to stop', () => {
    const reader = new FrameReader({ isMasked: false, maxPayloadBytes: 10 });
    let seen = 0;
    reader.read(Buffer.from([0x81, 0, 0x81, 0]), { onFrame: () => (seen += 1) < 1 });
    expect(seen).toBe(1);
  });
});

describe('a frame that is written', () => {
  it('is what another implementation writes, of every length, and can be read again when masked', () => {
    for (const length of [0, 1, 125, 126, 65_535, 65_536]) {
      const payload = new Uint8Array(length).fill(0x61);
      expect(encodeFrame(2, payload, false).equals(encodeByWs({ opcode: 2, fin: true, payload }, false))).toBe(true);
      const [read] = readIn(encodeFrame(1, Buffer.from(payload).toString(), true), [], { isMasked: true }).frames;
      expect([read?.opcode, read?.fin, Buffer.from(read?.payload ?? []).equals(payload)]).toEqual([1, true, true]);
    }
  });
});
