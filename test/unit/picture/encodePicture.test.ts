import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { encodePicture } from '../../../src/picture/encodePicture.js';
import { fitSize, shrinkSize } from '../../../src/picture/fitSize.js';

const png = new Uint8Array(createCanvas(64, 48).toBuffer('image/png'));

describe('encodePicture, where there is no canvas', () => {
  it('passes a file that fits', async () => {
    expect(await encodePicture(new Blob([png]))).toEqual({ bytes: png, format: 'png', width: 64, height: 48 });
  });

  it('says that it needs a browser for one that does not fit', async () => {
    await expect(encodePicture(new Blob([png]), { maxWidth: 32 })).rejects.toMatchObject({ name: 'AvatarError', reason: 'message-invalid' });
  });

  it.each([{ format: 'gif' as 'png' }, { quality: 1.1 }, { maxBytes: 0 }, { maxWidth: Number.NaN }])('refuses the options %o', async (options) => {
    await expect(encodePicture(new Blob([png]), options)).rejects.toMatchObject({ reason: 'invalid-options' });
  });

  it('refuses what is no picture', async () => {
    await expect(encodePicture('/cat.png' as unknown as Blob)).rejects.toMatchObject({ reason: 'invalid-options' });
    await expect(encodePicture(new Blob([]))).rejects.toMatchObject({ reason: 'message-invalid' });
  });

  it('does nothing once it is aborted', async () => {
    await expect(encodePicture(new Blob([png]), { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('the size of a picture', () => {
  it('keeps its shape within the bounds, and is never enlarged', () => {
    expect(fitSize({ width: 1920, height: 1080 }, { width: 1280, height: Infinity })).toEqual({ width: 1280, height: 720 });
    expect(fitSize({ width: 1080, height: 1920 }, { width: 1280, height: 720 })).toEqual({ width: 405, height: 720 });
    expect(fitSize({ width: 4, height: 3 }, { width: 1280, height: 720 })).toEqual({ width: 4, height: 3 });
    expect(fitSize({ width: 10_000, height: 1 }, { width: 10, height: 10 })).toEqual({ width: 10, height: 1 });
  });

  it('always shrinks, down to one pixel', () => {
    expect(shrinkSize({ width: 3, height: 2 }, 0.99)).toEqual({ width: 2, height: 1 });
    expect(shrinkSize({ width: 1, height: 1 }, 0.25)).toEqual({ width: 1, height: 1 });
  });
});
