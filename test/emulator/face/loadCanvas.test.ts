import { afterEach, expect, it, vi } from 'vitest';
import { AvatarError } from '../../../src/errors/AvatarError.js';
import { createFace } from '../../../src/emulator/face/createFace.js';

afterEach(() => vi.doUnmock('@napi-rs/canvas'));

it('says which package to install when the drawing library is missing', async () => {
  vi.doMock('@napi-rs/canvas', () => {
    throw new Error("Cannot find package '@napi-rs/canvas'");
  });
  const error = await createFace().catch((reason: unknown) => reason);
  expect(AvatarError.isInstance(error) && error.reason).toBe('peer-missing');
  expect(String(error)).toContain('npm install --save-dev @napi-rs/canvas');
});
