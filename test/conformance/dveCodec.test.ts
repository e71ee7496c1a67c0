// Source: test/fixtures/dve-golden.json, frames written by protoc-generated Python code.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readWav } from '../../src/dsp/readWav.js';
import { AvatarError } from '../../src/errors/AvatarError.js';
import { decodeFrame } from '../../src/services/dve/codec/decodeFrame.js';
import { encodeFrame } from '../../src/services/dve/codec/encodeFrame.js';
import golden from '../fixtures/dve-golden.json' with { type: 'json' };

interface Fields {
  readonly id?: string;
  readonly name?: string;
  readonly text?: string;
  readonly payload?: string;
  readonly pcm?: string;
  readonly container?: string;
  readonly sampleRate?: number;
  readonly numChannels?: number;
  readonly image?: string;
  readonly size?: readonly [number, number];
  readonly format?: string;
}
const frames = (golden.frames as unknown as readonly { kind: string; bytes: string; fields: Fields | null }[]).map(({ kind, bytes, fields }, index) => ({
  title: `${index} (${kind})`,
  kind,
  bytes: new Uint8Array(Buffer.from(bytes, 'base64')),
  fields,
}));
const of = (...kinds: string[]) => frames.filter(({ kind }) => kinds.includes(kind));
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

describe('decodeFrame on golden bytes', () => {
  it.each(of('text'))('reads text frame $title, its 64-bit id whole', ({ bytes, fields }) => {
    expect(decodeFrame(bytes)).toEqual({ kind: 'text', id: BigInt(fields?.id ?? ''), name: fields?.name, text: fields?.text });
  });

  it.each(of('audio', 'audio-unknown-field-6'))('reads audio frame $title and skips what it does not know', ({ bytes, fields }) => {
    const frame = decodeFrame(bytes);
    expect(frame).toMatchObject({ kind: 'audio', sampleRateHz: fields?.sampleRate, channels: fields?.numChannels });
    expect(frame.kind === 'audio' && base64(frame.audio)).toBe(fields?.payload);
  });

  it.each(of('audio').filter(({ fields }) => fields?.container !== undefined))('finds the samples in audio frame $title', ({ bytes, fields }) => {
    const frame = decodeFrame(bytes);
    if (frame.kind !== 'audio') throw new Error(frame.kind);
    const wav = readWav(frame.audio);
    expect(wav === null).toBe(fields?.container === 'raw');
    expect(base64(wav?.data ?? frame.audio)).toBe(fields?.pcm);
    if (wav) expect(wav).toMatchObject({ sampleRateHz: fields?.sampleRate, channels: fields?.numChannels });
  });

  it.each(of('image'))('reads image frame $title', ({ bytes, fields }) => {
    const frame = decodeFrame(bytes);
    expect(frame).toMatchObject({ kind: 'image', width: fields?.size?.[0], height: fields?.size?.[1], format: fields?.format });
    expect(frame.kind === 'image' && base64(frame.image)).toBe(fields?.image);
  });

  it('takes a member that it does not know, and a message without one, for legal', () => {
    expect(of('unknown-member-9').map(({ bytes }) => decodeFrame(bytes))).toEqual([{ kind: 'unknown', fieldNumber: 9 }]);
    expect(of('empty').map(({ bytes }) => decodeFrame(bytes))).toEqual([{ kind: 'unknown', fieldNumber: null }]);
  });

  it.each(frames.filter(({ fields }) => fields === null))('refuses $title with message-invalid', ({ bytes }) => {
    expect(() => decodeFrame(bytes)).toThrow(expect.objectContaining({ reason: 'message-invalid' }));
  });

  it('leaves no golden frame out', () => {
    const read = of('text', 'audio', 'audio-unknown-field-6', 'image', 'unknown-member-9', 'empty').length + frames.filter(({ fields }) => fields === null).length;
    expect(read).toBe(frames.length);
  });
});

describe('encodeFrame', () => {
  const withoutNames = ({ fields }: { fields: Fields | null }) => !fields?.name && (fields?.id ?? '0') === '0';

  it.each(of('audio').filter(withoutNames))('writes audio frame $title byte for byte', ({ bytes, fields }) => {
    const audio = new Uint8Array(Buffer.from(fields?.payload ?? '', 'base64'));
    expect(encodeFrame({ kind: 'audio', audio, sampleRateHz: fields?.sampleRate ?? 0, channels: fields?.numChannels ?? 0 })).toEqual(bytes);
  });

  it.each(of('image').filter(withoutNames))('writes image frame $title byte for byte', ({ bytes, fields }) => {
    const [width = 0, height = 0] = fields?.size ?? [];
    const image = new Uint8Array(Buffer.from(fields?.image ?? '', 'base64'));
    expect(encodeFrame({ kind: 'image', image, width, height, format: fields?.format ?? '' })).toEqual(bytes);
  });

  it('covers audio with and without a header, and all images', () => {
    expect(of('audio').filter(withoutNames).length).toBeGreaterThan(4);
    expect(of('image').filter(withoutNames).length).toBe(3);
  });

  it('writes text with the first byte that the vendor names, without id and name', () => {
    expect(Buffer.from(encodeFrame({ kind: 'text', text: 'hi' })).toString('hex')).toBe('0a041a026869');
  });

  it.each([3, 4, 15, 16, 4000])('moves the image member to number %i, where the decoder finds it by its structure', (imageFieldNumber) => {
    const image = { kind: 'image', image: Uint8Array.of(1, 2, 3), width: 640, height: 480, format: 'png' } as const;
    const bytes = encodeFrame(image, { imageFieldNumber });
    expect(decodeFrame(bytes)).toMatchObject({ ...image });
    if (imageFieldNumber === 4) expect(bytes[0]).toBe(0x22);
  });

  it('hands out bytes that nothing else writes to', () => {
    const first = encodeFrame({ kind: 'text', text: 'first' });
    const copy = first.slice();
    encodeFrame({ kind: 'text', text: 'second' });
    expect(first).toEqual(copy);
    expect(first.byteLength).toBe(first.buffer.byteLength);
  });
});

describe('decodeFrame', () => {
  it('takes another member at the number of the image for unknown, even when its texts are no UTF-8', () => {
    // pipecat has a transcription there: string text=1, string user_id=2, string timestamp=3.
    expect(decodeFrame(Uint8Array.of(0x1a, 8, 0x0a, 1, 0x61, 0x1a, 3, 0x31, 0x32, 0x33))).toEqual({ kind: 'unknown', fieldNumber: 3 });
    expect(decodeFrame(Uint8Array.of(0x1a, 3, 0x2a, 1, 0xff))).toEqual({ kind: 'unknown', fieldNumber: 3 });
  });

  it('refuses text that is no UTF-8', () => {
    expect(() => decodeFrame(Uint8Array.of(0x0a, 3, 0x1a, 1, 0xff))).toThrow(expect.objectContaining({ reason: 'message-invalid' }));
  });

  it('takes the last member when there are several', () => {
    expect(decodeFrame(Uint8Array.of(0x0a, 3, 0x1a, 1, 0x61, 0x12, 2, 0x20, 7))).toMatchObject({ kind: 'audio', sampleRateHz: 7 });
  });

  it('refuses groups that are nested without end', () => {
    expect(() => decodeFrame(new Uint8Array(100_000).fill(0x5b))).toThrow(expect.objectContaining({ reason: 'message-invalid' }));
  });

  it('refuses a message over its bound', () => {
    expect(() => decodeFrame(new Uint8Array(4 * 1024 * 1024 + 1))).toThrow(expect.objectContaining({ reason: 'message-too-large' }));
  });

  it('keeps no view of what it was given', () => {
    const bytes = Buffer.from(encodeFrame({ kind: 'audio', audio: Uint8Array.of(1, 2), sampleRateHz: 16_000, channels: 1 }));
    const frame = decodeFrame(bytes);
    bytes.fill(0);
    expect(frame).toMatchObject({ audio: Uint8Array.of(1, 2) });
  });

  it('answers 20,000 random and mutated messages with a frame or an AvatarError', () => {
    const random = createRandom(20_261_121);
    const seeds = frames.map(({ bytes }) => bytes);
    let refused = 0;
    for (let round = 0; round < 20_000; round++) {
      const seed = seeds[random(seeds.length)] ?? new Uint8Array();
      const bytes = round % 2 === 0 ? Uint8Array.from({ length: random(64) }, () => random(256)) : mutate(seed, random);
      try {
        expect(['text', 'audio', 'image', 'unknown']).toContain(decodeFrame(bytes).kind);
      } catch (error) {
        if (!AvatarError.isInstance(error) || error.reason !== 'message-invalid') throw error;
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(1_000);
    expect(refused).toBeLessThan(19_000);
  });
});

describe('the generated codec', () => {
  it('is what the schema generates', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'codec-'));
    try {
      await promisify(execFile)(process.execPath, ['scripts/generateCodec.mjs', folder]);
      for (const name of ['frames.js', 'frames.d.ts']) {
        expect(await readFile(join(folder, name), 'utf8')).toBe(await readFile(join('src/services/dve/codec/generated', name), 'utf8'));
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

/** Flips, cuts, grows and splices. */
function mutate(seed: Uint8Array, random: (below: number) => number): Uint8Array {
  const bytes = Uint8Array.from(seed.subarray(0, random(4) === 0 ? random(seed.length + 1) : seed.length));
  // Headers are where damage tells.
  for (let flips = random(4); flips >= 0 && bytes.length > 0; flips--) bytes[random(random(2) === 0 ? Math.min(16, bytes.length) : bytes.length)] = random(256);
  return random(5) === 0 ? Uint8Array.from([...bytes, ...Array.from({ length: random(16) }, () => random(256))]) : bytes;
}

/** Numerical Recipes' linear congruential generator. */
function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
