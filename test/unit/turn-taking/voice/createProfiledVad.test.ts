import { describe, expect, it } from 'vitest';
import { VAD_STATE } from '../../../../src/turn-taking/vad/VadState.js';
import { createProfiledVad } from '../../../../src/turn-taking/voice/createProfiledVad.js';
import { resolveVadProfile } from '../../../../src/turn-taking/voice/resolveVadProfile.js';

function start() {
  let kind = 'spectral';
  const vad = createProfiledVad({}, () => kind);
  let frames = 0;
  return {
    vad,
    goOverTo: (next: string) => (kind = next),
    /** Pushes frames that are numbered by their samples. @returns what came of the last. */
    hear(isSpeech: boolean, count: number) {
      const hearOne = () => ({ ...vad.push(new Int16Array(160).fill(frames++), label(isSpeech)) });
      for (let n = 1; n < count; n++) hearOne();
      return hearOne();
    },
  };
}
const label = (isSpeech: boolean) => ({ rmsDb: -20, voiceProbability: isSpeech ? 100 : 0, pitchHz: null });

describe('createProfiledVad', () => {
  it('keeps to the settings of the first source that labels a frame', () => {
    const { vad, goOverTo, hear } = start();
    goOverTo('silero');
    hear(true, 1);
    expect(vad.config).toEqual(resolveVadProfile({}, 'silero').config);
  });

  it('goes over to the settings of a better source while nobody speaks', () => {
    const { vad, goOverTo, hear } = start();
    hear(false, 20);
    goOverTo('silero');
    hear(false, 30);
    expect(vad.config).toEqual(resolveVadProfile({}, 'silero').config);
    expect(hear(true, 10).state).toBe(VAD_STATE.start);
  });

  it('finishes what was being said by the settings that it began with', () => {
    const { vad, goOverTo, hear } = start();
    hear(false, 30);
    hear(true, 30);
    expect(vad.speaking).toBe(true);
    goOverTo('silero');
    hear(true, 60);
    expect(vad.speaking).toBe(true);
    expect(vad.config).toEqual(resolveVadProfile().config);
    hear(false, 60);
    expect(vad.speaking).toBe(false);
    expect(vad.config).toEqual(resolveVadProfile({}, 'silero').config);
  });

  it('loses no beginning when the better source comes in the middle of it', () => {
    const { goOverTo, hear } = start();
    hear(false, 30);
    hear(true, 10);
    goOverTo('silero');
    const { state, samples } = hear(true, 11);
    expect(state).toBe(VAD_STATE.start);
    // Pre-roll and all: 16 frames of silence, where the window had room for them, and every frame of the voice.
    expect(samples[0]).toBeLessThan(30);
    expect(samples.at(-1)).toBe(50);
  });
});
