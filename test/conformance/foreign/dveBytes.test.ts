// Source: DVE wiki, frames.proto, and https://protobuf.dev/programming-guides/encoding; bytes of Python against ours, both ways.
import fc from 'fast-check';
import { expect } from 'vitest';
import { readWav } from '../../../src/dsp/readWav.js';
import { decodeFrame } from '../../../src/services/dve/codec/decodeFrame.js';
import { encodeFrame, type OutgoingDveFrame } from '../../../src/services/dve/codec/encodeFrame.js';
import { describeForeign } from './describeForeign.js';
import { startForeign } from './startForeign.js';

interface Written {
  readonly frame?: string;
  readonly wav?: string;
  readonly expected: { readonly kind?: 'text' | 'audio' | 'image'; readonly pcm?: string } & Readonly<Record<string, unknown>>;
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const bytesOf = (text = '') => new Uint8Array(Buffer.from(text, 'base64'));

/** In the shape in which Python writes what it expects: JSON has neither bytes nor large integers. */
const plain = (frame: object) => Object.fromEntries(Object.entries(frame).map(([name, value]) => [name, value instanceof Uint8Array ? base64(value) : typeof value === 'bigint' ? String(value) : value]));

const bytes = fc.uint8Array({ maxLength: 400 });
const size = fc.integer({ min: 1, max: 0xffff_ffff });
const frames: fc.Arbitrary<OutgoingDveFrame> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: fc.string({ unit: 'binary', maxLength: 300 }) }),
  fc.record({ kind: fc.constant('audio' as const), audio: bytes, sampleRateHz: fc.nat(192_000), channels: fc.nat(8) }),
  fc.record({ kind: fc.constant('image' as const), image: bytes, width: size, height: size, format: fc.constantFrom('png', 'jpeg') }),
);

/** One of our frames, and what Python is to find in it. */
function ours(frame: OutgoingDveFrame, member: number) {
  const encoded = base64(encodeFrame(frame, { imageFieldNumber: member }));
  switch (frame.kind) {
    case 'text':
      return { bytes: encoded, member, holds: { ...frame } };
    case 'audio':
      return { bytes: encoded, member, holds: { kind: frame.kind, audio: base64(frame.audio), sample_rate: frame.sampleRateHz, num_channels: frame.channels } };
    case 'image':
      return { bytes: encoded, member, holds: { kind: frame.kind, image: base64(frame.image), size: [frame.width, frame.height], format: frame.format } };
  }
}

describeForeign('dve_bytes', async () => {
  const foreign = startForeign('dve_bytes');
  const given = fc.sample(frames, { seed: 20_261_121, numRuns: 300 }).map((frame, index) => ours(frame, index % 3 === 0 ? 4_000 : 3));
  const report = await foreign.finish(JSON.stringify(given));
  const written = foreign.output as readonly Written[];
  await foreign.report.check('writes-all', () => expect([written.filter(({ frame }) => frame).length, written.filter(({ wav }) => wav).length]).toEqual([500, 100]));
  for (const { frame, wav, expected } of written) {
    if (frame !== undefined) await foreign.report.check(`decodes-${expected.kind ?? ''}`, () => expect(plain(decodeFrame(bytesOf(frame)))).toEqual(expected));
    if (wav === undefined) continue;
    await foreign.report.check('decodes-wav', () => {
      const { data, ...format } = readWav(bytesOf(wav)) ?? { data: new Uint8Array() };
      expect({ ...format, pcm: base64(data) }).toEqual(expected);
    });
  }
  return report;
});
