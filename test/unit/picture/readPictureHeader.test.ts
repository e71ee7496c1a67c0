// Sources: PNG third edition, section 11; ITU-T T.81, annex B; Exif 2.3, section 4.6. The encoder of the test files is Skia.
import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { readPictureHeader } from '../../../src/picture/readPictureHeader.js';

function encode(format: 'png' | 'jpeg', width: number, height: number): Uint8Array {
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').fillRect(1, 1, 2, 2);
  return new Uint8Array(format === 'png' ? canvas.toBuffer('image/png') : canvas.toBuffer('image/jpeg'));
}

/** An APP1 segment as a camera writes it, with one entry. */
function exif(orientation: number, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(36);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xffe1);
  view.setUint16(2, 34);
  bytes.set([0x45, 0x78, 0x69, 0x66, 0, 0], 4);
  view.setUint16(10, littleEndian ? 0x4949 : 0x4d4d);
  view.setUint16(12, 42, littleEndian);
  view.setUint32(14, 8, littleEndian);
  view.setUint16(18, 1, littleEndian);
  view.setUint16(20, 0x0112, littleEndian);
  view.setUint16(22, 3, littleEndian);
  view.setUint32(24, 1, littleEndian);
  view.setUint16(28, orientation, littleEndian);
  return bytes;
}

/** A segment put in right behind the start of the file. */
function insert(jpeg: Uint8Array, segment: Uint8Array): Uint8Array {
  return Uint8Array.from([...jpeg.subarray(0, 2), ...segment, ...jpeg.subarray(2)]);
}

describe('readPictureHeader', () => {
  it.each([
    ['png', 640, 480],
    ['png', 1, 4097],
    ['jpeg', 640, 480],
    ['jpeg', 4097, 3],
  ] as const)('reads the size of a %s file of %i by %i', (format, width, height) => {
    expect(readPictureHeader(encode(format, width, height))).toEqual({ format, width, height, upright: true });
  });

  it.each([true, false])('tells a photograph that is to be turned (little-endian: %s)', (littleEndian) => {
    const jpeg = encode('jpeg', 64, 48);
    expect(readPictureHeader(insert(jpeg, exif(6, littleEndian)))).toMatchObject({ width: 64, height: 48, upright: false });
    expect(readPictureHeader(insert(jpeg, exif(1, littleEndian)))).toMatchObject({ upright: true });
  });

  it('takes a photograph for upright whose Exif cannot be read', () => {
    const segment = exif(6, true);
    for (const broken of [new Uint8Array(0), segment.subarray(4, 12), segment.subarray(4, 22)]) {
      const length = broken.length + 2;
      const whole = Uint8Array.from([0xff, 0xe1, length >> 8, length & 255, ...broken]);
      expect(readPictureHeader(insert(encode('jpeg', 64, 48), whole))).toMatchObject({ upright: true });
    }
  });

  it('skips fill bytes between segments', () => {
    expect(readPictureHeader(insert(encode('jpeg', 64, 48), Uint8Array.of(0xff, 0xff, 0xff)))).toMatchObject({ width: 64, height: 48 });
  });

  it('knows what is neither', () => {
    for (const bytes of [new Uint8Array(0), Uint8Array.of(0x89, 0x50), new TextEncoder().encode('RIFF    WEBP'), Uint8Array.of(0xff)]) {
      expect(readPictureHeader(bytes)).toBeNull();
    }
  });

  it('refuses every file that is cut off within its header', () => {
    const png = encode('png', 64, 48);
    for (let length = 8; length < 33; length++) {
      expect(() => readPictureHeader(png.subarray(0, length)), `PNG of ${length} bytes`).toThrow(expect.objectContaining({ reason: 'message-invalid' }));
    }
    const jpeg = encode('jpeg', 64, 48);
    // 0xffc0 or 0xffc2: baseline or progressive.
    const frame = jpeg.findIndex((byte, i) => byte === 0xff && (jpeg[i + 1] === 0xc0 || jpeg[i + 1] === 0xc2));
    expect(frame).toBeGreaterThan(2);
    for (let length = 2; length < frame + 19; length++) {
      expect(() => readPictureHeader(jpeg.subarray(0, length)), `JPEG of ${length} bytes`).toThrow(expect.objectContaining({ reason: 'message-invalid' }));
    }
  });

  it('refuses a picture without a width, or with another segment in the place of its header', () => {
    const png = encode('png', 64, 48);
    new DataView(png.buffer).setUint32(16, 0);
    expect(() => readPictureHeader(png)).toThrow(expect.objectContaining({ reason: 'message-invalid' }));
    const other = encode('png', 64, 48);
    other[12] = 0x58;
    expect(() => readPictureHeader(other)).toThrow(expect.objectContaining({ reason: 'message-invalid' }));
    const damaged = encode('jpeg', 64, 48);
    damaged[2] = 0;
    expect(() => readPictureHeader(damaged)).toThrow(expect.objectContaining({ reason: 'message-invalid' }));
  });
});
