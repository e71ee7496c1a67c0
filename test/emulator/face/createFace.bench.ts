import { setImmediate } from 'node:timers/promises';
import { bench } from 'vitest';
import { createFace } from '../../../src/emulator/face/createFace.js';

const face = await createFace({ seed: 7 });
let frame = 0;

bench('render one frame', async () => {
  frame += 1;
  face.render({ timeMs: frame * 40, mouthOpen: (frame % 10) / 10, mouthWidth: Math.sin(frame), speaking: true });
  // The library frees the copied pixels when the event loop turns, as it does between the frames of a video.
  await setImmediate();
});
