import type { Bench } from '../scripts/Bench.js';
import { measureWorklets } from './support/measureWorklets.js';

/** 128 frames at 48 kHz: what a worklet and all that runs beside it have. */
const QUANTUM_US = (128 / 48_000) * 1e6;
const MOST_SHARE = 0.03;

export default {
  title: 'What the worklets take of a render quantum of 2.67 ms, in Chromium: an OfflineAudioContext with them beside one with a worklet that does nothing',
  async *run() {
    const { captureUs, playbackUs, nothingUs } = await measureWorklets();
    const most = QUANTUM_US * MOST_SHARE;
    for (const [name, us] of [['capture, with the avatar as reference', captureUs], ['playback, 24 kHz speech', playbackUs]] as const) {
      const ownUs = Math.max(0, us - nothingUs);
      yield { case: `${name}`, ours: ownUs, peer: most, unit: 'us/quantum', note: `peer: 3 % of the quantum; ours is ${((100 * ownUs) / QUANTUM_US).toFixed(2)} %` };
    }
    yield { case: 'a worklet that does nothing', ours: nothingUs, peer: null, unit: 'us/quantum', note: 'already taken off above' };
  },
} satisfies Bench;
