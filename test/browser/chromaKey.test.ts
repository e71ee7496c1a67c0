import { afterEach, describe, expect, it, vi } from 'vitest';
import { runChromaKey } from '../../src/react/chroma/runChromaKey.js';
import { findKeyColor, parseKeyColor } from '../../src/react/chroma/keyColor.js';
import { HAS_WEBGL } from './support/engine.js';

const cleanups: (() => void)[] = [];
afterEach(() => cleanups.splice(0).forEach((clean) => clean()));

/** A wall with a person's colours on it: a skin tone in the middle, black and white beside it. */
async function playWall(wall: string): Promise<HTMLVideoElement> {
  const canvas = document.createElement('canvas');
  canvas.width = 320;
  canvas.height = 240;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser has no canvas.');
  const draw = (): void => {
    context.fillStyle = wall;
    context.fillRect(0, 0, 320, 240);
    ['#111111', '#e8b497', '#ffffff'].forEach((color, index) => {
      context.fillStyle = color;
      context.fillRect(80 + index * 60, 80, 50, 160);
    });
  };
  draw();
  const stream = canvas.captureStream();
  const timer = setInterval(draw, 40);
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = stream;
  document.body.append(video);
  cleanups.push(() => {
    clearInterval(timer);
    stream.getTracks().forEach((track) => track.stop());
    video.remove();
  });
  await video.play();
  return video;
}

function key(video: HTMLVideoElement, background: string): { readonly canvas: HTMLCanvasElement; readonly onChange: ReturnType<typeof vi.fn>; readonly stop: () => void; pixel(x: number, y: number): readonly number[] } {
  const canvas = document.createElement('canvas');
  const copy = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  let pixels: ImageData | null = null;
  // What WebGL has drawn can be read in the very task only.
  const onChange = vi.fn((keyed: boolean) => {
    if (!keyed || !copy) return;
    copy.canvas.width = canvas.width;
    copy.canvas.height = canvas.height;
    copy.drawImage(canvas, 0, 0);
    pixels = copy.getImageData(0, 0, canvas.width, canvas.height);
  });
  const stop = runChromaKey({ video, canvas, background, onChange });
  cleanups.push(stop);
  return { canvas, onChange, stop, pixel: (x, y) => [...(pixels?.data.subarray((y * canvas.width + x) * 4).slice(0, 4) ?? [])] };
}

function expectNear(pixel: readonly number[], expected: readonly number[]): void {
  expect(pixel).toHaveLength(4);
  expected.forEach((value, index) => expect(Math.abs((pixel[index] ?? -1_000) - value)).toBeLessThan(24));
}

describe('runChromaKey', () => {
  it.runIf(HAS_WEBGL).each(['#00ff00', 'remove'])('takes a green wall out of the picture and leaves the person as she is (%s)', async (background) => {
    const { canvas, onChange, pixel } = key(await playWall('#00ff00'), background);
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledWith(true), { timeout: 10_000 });

    expect([canvas.width, canvas.height]).toEqual([320, 240]);
    for (const [x, y] of [[10, 10], [300, 120], [40, 230]] as const) expect(pixel(x, y)[3]).toBe(0);
    expectNear(pixel(105, 160), [17, 17, 17, 255]);
    expectNear(pixel(165, 160), [232, 180, 151, 255]);
    expectNear(pixel(225, 160), [255, 255, 255, 255]);
  });

  it.runIf(HAS_WEBGL)('finds a blue wall that is not quite pure', async () => {
    const { onChange, pixel } = key(await playWall('#2255cc'), 'remove');
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledWith(true), { timeout: 10_000 });

    expect(pixel(10, 10)[3]).toBe(0);
    expect(pixel(165, 160)[3]).toBe(255);
  });

  it('leaves a picture alone whose wall is grey, or that is told no colour', async () => {
    const video = await playWall('#cccccc');
    const { onChange } = key(video, 'remove');
    const refused = key(video, 'transparent');
    await new Promise<void>((resolve) => video.requestVideoFrameCallback(() => video.requestVideoFrameCallback(() => resolve())));

    expect(onChange).not.toHaveBeenCalled();
    expect(refused.onChange).not.toHaveBeenCalled();
  });

  it.runIf(HAS_WEBGL)('says when it draws no more', async () => {
    const { onChange, stop } = key(await playWall('#00ff00'), 'remove');
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledWith(true), { timeout: 10_000 });
    stop();

    expect(onChange).toHaveBeenLastCalledWith(false);
    cleanups.pop();
  });
});

describe('the colour of a wall', () => {
  it('is read as CSS writes it, if it is colourful enough to be told from a person', () => {
    expect(parseKeyColor('#0f0')).toEqual([0, 1, 0]);
    expect(parseKeyColor(' #1FB14F ')).toEqual([31 / 255, 177 / 255, 79 / 255]);
    for (const text of ['#888', '#fff', 'green', '#12345', '']) expect(parseKeyColor(text)).toBeNull();
  });

  it('is none where the edge of the picture has many', () => {
    const colors = [[0, 200, 0], [200, 0, 0], [0, 0, 200], [200, 200, 0]];
    const pixels = new Uint8ClampedArray(16 * 16 * 4).map((_, index) => (index % 4 === 3 ? 255 : (colors[(index >> 2) % 4]?.[index % 4] ?? 0)));

    expect(findKeyColor(pixels, 16, 16)).toBeNull();
  });
});
