import { createCanvas, loadImage } from '@napi-rs/canvas';
import { beforeAll, describe, expect, it } from 'vitest';
import { createFace, type Face, type FacePose } from '../../../src/emulator/face/createFace.js';
import { createIdleMotion } from '../../../src/emulator/face/createIdleMotion.js';
import { isMouthInterior, mouthRegion } from '../../../src/emulator/face/mouthRegion.js';

const SEED = 7;
const TIMES_MS = [0, 3333, 7960, 3_600_000];
const STEPS = Array.from({ length: 21 }, (_, i) => i / 20);
const still = (pose: Partial<FacePose> = {}): FacePose => ({ timeMs: 1000, mouthOpen: 0, mouthWidth: 0, speaking: false, ...pose });

function countInterior(rgba: Uint8ClampedArray, region: { x: number; y: number; width: number; height: number } = mouthRegion): number {
  let count = 0;
  for (let y = region.y; y < region.y + region.height; y++) {
    for (let x = region.x; x < region.x + region.width; x++) {
      const at = (y * 512 + x) * 4;
      if (isMouthInterior(rgba[at] ?? 255, rgba[at + 1] ?? 255, rgba[at + 2] ?? 255)) count++;
    }
  }
  return count;
}

const sameBytes = (a: Uint8ClampedArray | Uint8Array, b: Uint8ClampedArray | Uint8Array): boolean =>
  Buffer.compare(Buffer.from(a.buffer, a.byteOffset, a.length), Buffer.from(b.buffer, b.byteOffset, b.length)) === 0;

let face: Face;
beforeAll(async () => {
  face = await createFace({ seed: SEED });
});

describe('a rendered face', () => {
  it('is an opaque picture of 512 by 512', () => {
    const rgba = face.render(still());
    expect(rgba).toHaveLength(512 * 512 * 4);
    expect(rgba.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
  });

  it('is the same for the same seed and pose, whatever was drawn before', async () => {
    const first = face.render(still({ timeMs: 5000, mouthOpen: 0.4 })).slice();
    face.render(still({ timeMs: 99_000, mouthOpen: 1, mouthWidth: -1, speaking: true }));
    expect(sameBytes(face.render(still({ timeMs: 5000, mouthOpen: 0.4 })), first)).toBe(true);
    const twin = await createFace({ seed: SEED });
    expect(sameBytes(twin.render(still({ timeMs: 5000, mouthOpen: 0.4 })), first)).toBe(true);
  });

  it('differs with the seed', async () => {
    const other = await createFace({ seed: 8 });
    expect(sameBytes(other.render(still()), face.render(still()))).toBe(false);
  });

  it('reuses its buffer', () => {
    expect(face.render(still())).toBe(face.render(still({ timeMs: 2000 })));
  });

  it('shows the dark of the eyes only while they are open', () => {
    const idleAt = createIdleMotion(SEED);
    const times = Array.from({ length: 3000 }, (_, i) => i * 10);
    const shutMs = times.find((timeMs) => idleAt(timeMs).eyesClosed === 1);
    const eyes = { x: 180, y: 225, width: 150, height: 40 };
    const seen = countInterior(face.render(still()), eyes);
    const shut = countInterior(face.render(still({ timeMs: shutMs ?? NaN })), eyes);
    expect(shut).toBeLessThan(seen * 0.75);
  });

  it('comes as a PNG file of the same picture', async () => {
    const pose = still({ mouthOpen: 0.5 });
    const png = await face.renderPng(pose);
    const canvas = createCanvas(512, 512);
    const context = canvas.getContext('2d');
    context.drawImage(await loadImage(Buffer.from(png)), 0, 0);
    expect(sameBytes(canvas.data(), face.render(pose))).toBe(true);
  });

  it('takes values out of range as the nearest in range', () => {
    const widest = face.render(still({ mouthOpen: 1 })).slice();
    expect(sameBytes(face.render(still({ mouthOpen: 7 })), widest)).toBe(true);
  });
});

describe.each([-1, -0.4, 0, 1])('the inside of a mouth of width %d', (mouthWidth) => {
  it.each(TIMES_MS)('grows with every step of opening at %d ms', (timeMs) => {
    const counts = STEPS.map((mouthOpen) => countInterior(face.render({ timeMs, mouthOpen, mouthWidth, speaking: true })));
    expect(counts[0]).toBe(0);
    for (const [i, count] of counts.entries()) {
      if (i > 0) expect(count).toBeGreaterThanOrEqual(counts[i - 1] ?? Infinity);
      // Below a tenth the gap is thinner than a pixel here and there.
      if (i > 2) expect(count).toBeGreaterThan(counts[i - 1] ?? Infinity);
    }
    expect(counts.at(-1)).toBeGreaterThan(300);
  });
});

describe('the mouth region', () => {
  const { x, y, width, height } = mouthRegion;
  const times = Array.from({ length: 25 }, (_, i) => i * 1777);

  it('holds the whole inside of the mouth with room to spare, and nothing else as dark, at any sway', () => {
    const edges = [
      { x, y, width, height: 2 },
      { x, y: y + height - 2, width, height: 2 },
      { x, y, width: 2, height },
      { x: x + width - 2, y, width: 2, height },
    ];
    for (const timeMs of times) {
      expect(countInterior(face.render(still({ timeMs })))).toBe(0);
      for (const mouthWidth of [-1, 0, 1]) {
        const rgba = face.render({ timeMs, mouthOpen: 1, mouthWidth, speaking: true });
        for (const edge of edges) expect(countInterior(rgba, edge)).toBe(0);
      }
    }
  });

  it('can be measured after hard lossy compression', async () => {
    const canvas = createCanvas(512, 512);
    const context = canvas.getContext('2d');
    for (const mouthOpen of [0, 0.3, 0.6, 1]) {
      const rgba = face.render(still({ mouthOpen, timeMs: 3333 })).slice();
      const image = context.createImageData(512, 512);
      image.data.set(rgba);
      context.putImageData(image, 0, 0);
      context.drawImage(await loadImage(await canvas.encode('jpeg', 25)), 0, 0);
      const exact = countInterior(rgba);
      const measured = countInterior(new Uint8ClampedArray(canvas.data()));
      expect(Math.abs(measured - exact)).toBeLessThanOrEqual(exact * 0.15);
    }
  });
});
