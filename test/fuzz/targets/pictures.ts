import { readPictureHeader } from '../../../src/picture/readPictureHeader.js';
import { expectThat, orRefusal, type FuzzTarget } from '../FuzzTarget.js';
import { mutateBytes } from '../mutators/mutateBytes.js';

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 2, 0x80, 0, 0, 1, 0xe0, 8, 6, 0, 0, 0, 1, 2, 3, 4);
const EXIF = [0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0];
const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, ...EXIF, 0xff, 0xc0, 0, 11, 8, 1, 0xe0, 2, 0x80, 1, 1, 0x11, 0, 0xff, 0xd9]);

/** The headers of pictures. */
export const pictures: FuzzTarget = {
  share: 8,
  fuzz(random) {
    const file = mutateBytes(random, [PNG, JPEG]);
    const header = orRefusal(['message-invalid'], file, () => readPictureHeader(file));
    if (header) expectThat(Number.isInteger(header.width) && header.width > 0 && Number.isInteger(header.height) && header.height > 0, 'A picture has no size', file);
    return { input: file.length, output: 0 };
  },
};
