import { afterEach, describe, expect, it } from 'vitest';
import type { EncodedPicture } from '../../src/picture/EncodedPicture.js';
import { encodePicture } from '../../src/picture/encodePicture.js';
import type { PictureSource } from '../../src/picture/PictureSource.js';
import { createManualClock } from '../../src/testing/createManualClock.js';
import { ENGINE } from './support/engine.js';

/** The test server serves the whole repository. */
const PHOTOGRAPH = '/docs/images/playground-light.webp';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** Left half red, right half blue. */
function paint(canvas: HTMLCanvasElement | OffscreenCanvas): void {
  const context = canvas.getContext('2d') as CanvasRenderingContext2D | null; // both kinds draw alike
  if (!context) throw new Error('no context');
  context.fillStyle = 'rgb(255 0 0)';
  context.fillRect(0, 0, canvas.width / 2, canvas.height);
  context.fillStyle = 'rgb(0 0 255)';
  context.fillRect(canvas.width / 2, 0, canvas.width / 2, canvas.height);
}

function painted(width = 64, height = 48): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  paint(canvas);
  return canvas;
}

function element(width = 64, height = 48): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  paint(canvas);
  return canvas;
}

/** Noise, which no encoder makes small. */
function noise(width: number, height: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const image = new ImageData(width, height);
  for (let at = 0; at < image.data.length; at += 65_536) crypto.getRandomValues(image.data.subarray(at, at + 65_536));
  for (let at = 3; at < image.data.length; at += 4) image.data[at] = 255;
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}

function cameraOf(canvas: HTMLCanvasElement): MediaStreamTrack {
  const [track] = canvas.captureStream(30).getVideoTracks();
  if (!track) throw new Error('no track');
  const timer = setInterval(() => paint(canvas), 30);
  undo.push(() => (clearInterval(timer), track.stop()));
  return track;
}

/** The colours a quarter and three quarters along the middle line, by the browser's own decoder. */
async function colours(picture: EncodedPicture): Promise<{ size: number[]; left: string; right: string }> {
  const bitmap = await createImageBitmap(new Blob([picture.bytes], { type: `image/${picture.format}` }));
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (!context) throw new Error('no context');
  context.drawImage(bitmap, 0, 0);
  const at = (x: number) => {
    const [r = 0, g = 0, b = 0] = context.getImageData(Math.floor(x), Math.floor(bitmap.height / 2), 1, 1).data;
    return r > 200 && g < 60 && b < 60 ? 'red' : b > 200 && r < 60 && g < 60 ? 'blue' : `${r} ${g} ${b}`;
  };
  return { size: [bitmap.width, bitmap.height], left: at(bitmap.width / 4), right: at((bitmap.width * 3) / 4) };
}

const sources: Record<string, () => PictureSource | Promise<PictureSource>> = {
  // WebKit reads WebP, but writes none to read.
  ...(ENGINE !== 'webkit' && { 'a WebP file': () => painted().convertToBlob({ type: 'image/webp', quality: 1 }) }),
  'a canvas of the page': () => element(),
  'an offscreen canvas': () => painted(),
  'an ImageBitmap': () => createImageBitmap(painted()),
  ImageData: () => painted().getContext('2d')?.getImageData(0, 0, 64, 48) ?? Promise.reject(new Error('no context')),
  async 'an image element'() {
    const image = new Image();
    image.src = element().toDataURL();
    await image.decode();
    return image;
  },
  'a VideoFrame'() {
    const frame = new VideoFrame(painted(), { timestamp: 0 });
    undo.push(() => frame.close());
    return frame;
  },
  async 'a video element'() {
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = new MediaStream([cameraOf(element())]);
    await video.play();
    return video;
  },
  'a video track': () => cameraOf(element()),
};

describe('encodePicture', () => {
  it.each(Object.keys(sources))('makes a JPEG of %s', async (name) => {
    const source = await sources[name]?.();
    if (!source) throw new Error('no source');
    const picture = await encodePicture(source);
    expect(picture).toMatchObject({ format: 'jpeg', width: 64, height: 48 });
    expect(await colours(picture)).toEqual({ size: [64, 48], left: 'red', right: 'blue' });
  });

  it.each(['png', 'jpeg'] as const)('passes a %s file that fits, byte for byte', async (format) => {
    const file = new File([await painted().convertToBlob({ type: `image/${format}` })], 'picture');
    const picture = await encodePicture(file);
    expect(picture).toMatchObject({ format, width: 64, height: 48 });
    expect(picture.bytes).toEqual(new Uint8Array(await file.arrayBuffer()));
  });

  it('makes the format that is asked for', async () => {
    const file = await painted().convertToBlob({ type: 'image/png' });
    expect(await encodePicture(file, { format: 'jpeg' })).toMatchObject({ format: 'jpeg' });
    const png = await encodePicture(element(), { format: 'png' });
    expect([...png.bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  });

  it('keeps the shape within the bounds, and never enlarges', async () => {
    expect(await encodePicture(painted(400, 100), { maxWidth: 200, maxHeight: 200 })).toMatchObject({ width: 200, height: 50 });
    expect(await encodePicture(painted(40, 10), { maxWidth: 200 })).toMatchObject({ width: 40, height: 10 });
  });

  it.each(['png', 'jpeg'] as const)('makes a %s small enough for the relay', async (format) => {
    const picture = await encodePicture(noise(1600, 1200), { format });
    expect(picture.bytes.length).toBeLessThanOrEqual(240_000);
    expect(picture.bytes.length).toBeGreaterThan(100_000);
    expect(picture.width / picture.height).toBeCloseTo(4 / 3, 1);
    expect((await colours(picture)).size).toEqual([picture.width, picture.height]);
  });

  it('makes a file small enough that is too large, and says so where nothing is small enough', async () => {
    const file = await noise(800, 600).convertToBlob({ type: 'image/png' });
    expect((await encodePicture(file, { maxBytes: 20_000 })).bytes.length).toBeLessThanOrEqual(20_000);
    await expect(encodePicture(file, { maxBytes: 40 })).rejects.toMatchObject({ reason: 'message-too-large', context: { maxBytes: 40 } });
  });

  it('turns a photograph upright that a camera held upside down', async () => {
    const jpeg = new Uint8Array(await (await painted().convertToBlob({ type: 'image/jpeg', quality: 1 })).arrayBuffer());
    // APP1: Exif, big-endian, one entry, orientation 3.
    const app1 = [0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 3, 0, 0, 0, 0, 0, 0];
    const file = new Blob([jpeg.subarray(0, 2), Uint8Array.from(app1), jpeg.subarray(2)]);
    expect(await colours(await encodePicture(file))).toMatchObject({ left: 'blue', right: 'red' });
  });

  it('puts white behind what shines through', async () => {
    const picture = await encodePicture(new OffscreenCanvas(16, 16));
    expect((await colours(picture)).left).toBe('255 255 255');
  });

  it('refuses a file that no browser reads', async () => {
    await expect(encodePicture(new Blob(['no picture at all']))).rejects.toMatchObject({ reason: 'message-invalid' });
    const cut = (await painted().convertToBlob()).slice(0, 20);
    await expect(encodePicture(cut)).rejects.toMatchObject({ reason: 'message-invalid' });
  });

  it('refuses what has no pixels', async () => {
    const bitmap = await createImageBitmap(painted());
    bitmap.close();
    await expect(encodePicture(bitmap)).rejects.toMatchObject({ reason: 'message-invalid' });
    await expect(encodePicture(element(0, 10))).rejects.toMatchObject({ reason: 'message-invalid' });
  });

  it('asks to wait for a video and an image that are still to come', async () => {
    await expect(encodePicture(document.createElement('video'))).rejects.toMatchObject({ reason: 'not-ready', retryable: true });
    const image = new Image();
    image.src = `${PHOTOGRAPH}?unheard-of`;
    await expect(encodePicture(image)).rejects.toMatchObject({ reason: 'not-ready' });
  });

  it('explains a picture of another site that may not be read', async () => {
    const image = new Image();
    // The same server by another name.
    const otherSite = new URL(PHOTOGRAPH, location.href);
    otherSite.hostname = otherSite.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
    image.src = otherSite.href;
    await image.decode();
    const canvas = element();
    canvas.getContext('2d')?.drawImage(image, 0, 0);
    for (const source of [image, canvas]) {
      await expect(encodePicture(source)).rejects.toMatchObject({ reason: 'invalid-options', message: expect.stringContaining('crossOrigin') });
    }
  });

  it('gives a track up that shows nothing, is of sound, or has ended', async () => {
    const [silent] = document.createElement('canvas').captureStream(0).getVideoTracks();
    if (!silent) throw new Error('no track');
    const clock = createManualClock();
    const encoding = encodePicture(silent, {}, clock);
    encoding.catch(() => undefined);
    await expect.poll(() => clock.pending).toBe(1);
    await clock.advance(5000);
    await expect(encoding).rejects.toMatchObject({ reason: 'not-ready', retryable: true });
    const controller = new AbortController();
    const other = encodePicture(silent, { signal: controller.signal }, clock);
    other.catch(() => undefined);
    await expect.poll(() => clock.pending).toBe(1);
    controller.abort();
    await expect(other).rejects.toMatchObject({ name: 'AbortError' });
    expect(clock.pending).toBe(0);
    silent.stop();
    await expect(encodePicture(silent)).rejects.toMatchObject({ reason: 'not-ready', retryable: false });
    const context = new AudioContext();
    undo.push(() => context.close());
    const [sound] = context.createMediaStreamDestination().stream.getAudioTracks();
    if (!sound) throw new Error('no track');
    await expect(encodePicture(sound)).rejects.toMatchObject({ reason: 'invalid-options' });
  });
});
