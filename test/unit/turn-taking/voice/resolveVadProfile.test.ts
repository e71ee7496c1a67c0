import { describe, expect, it } from 'vitest';
import { resolveVadProfile, type VadProfileOptions } from '../../../../src/turn-taking/voice/resolveVadProfile.js';
import { defaultVadConfig } from '../../../../src/turn-taking/vad/VadConfig.js';

describe('resolveVadProfile', () => {
  it('gives the defaults of Agora for a quiet room, which is the default', () => {
    expect(resolveVadProfile()).toEqual({ config: defaultVadConfig, minSpeechMs: 0 });
    expect(resolveVadProfile({ profile: 'quiet' })).toEqual(resolveVadProfile());
  });

  it('asks for louder speech the noisier it is', () => {
    const levels = (['quiet', 'noisy', 'very-noisy'] as const).map((profile) => resolveVadProfile({ profile }).config.startRms);
    expect(levels).toEqual([-50, -40, -34]);
  });

  it('asks Silero for less of a proof in every profile, and hands out as much sound from before the start', () => {
    for (const profile of ['quiet', 'noisy', 'very-noisy', 'fast'] as const) {
      const { config } = resolveVadProfile({ profile });
      const { config: ofSilero } = resolveVadProfile({ profile }, 'silero');
      expect(ofSilero.startRecognizeCount * ofSilero.activePercent).toBeLessThan(config.startRecognizeCount * config.activePercent);
      expect(ofSilero.preStartRecognizeCount + ofSilero.startRecognizeCount).toBe(config.preStartRecognizeCount + config.startRecognizeCount);
    }
  });

  it("lets the application's own fields and vad-react's terms stand above what suits a source", () => {
    expect(resolveVadProfile({ config: { startRecognizeCount: 25 } }, 'silero').config.startRecognizeCount).toBe(25);
    expect(resolveVadProfile({ positiveSpeechThreshold: 0.6 }, 'silero')).toEqual(resolveVadProfile({ positiveSpeechThreshold: 0.6 }));
  });

  it('starts and stops sooner with the fast profile', () => {
    const { config } = resolveVadProfile({ profile: 'fast' });
    expect(config.startRecognizeCount).toBeLessThan(defaultVadConfig.startRecognizeCount);
    expect(config.stopRecognizeCount).toBeLessThan(defaultVadConfig.stopRecognizeCount);
  });

  it('stands on the defaults of vad-react when one of its terms is given alone', () => {
    const { config, minSpeechMs } = resolveVadProfile({ positiveSpeechThreshold: 0.6 });
    expect(config).toMatchObject({ startVoiceProb: 60, stopVoiceProb: 25, startRecognizeCount: 1, stopRecognizeCount: 140, preStartRecognizeCount: 80, inactivePercent: 1, startRms: -127 });
    expect(minSpeechMs).toBe(400);
  });

  it('turns each of the terms into frames and percent', () => {
    const { config, minSpeechMs } = resolveVadProfile({ positiveSpeechThreshold: 0.5, negativeSpeechThreshold: 0.35, redemptionMs: 600, preSpeechPadMs: 300, minSpeechMs: 250 });
    expect(config).toMatchObject({ startVoiceProb: 50, stopVoiceProb: 35, stopRecognizeCount: 60, preStartRecognizeCount: 30 });
    expect(minSpeechMs).toBe(250);
  });

  it('lays the terms over a profile that is given with them', () => {
    const { config, minSpeechMs } = resolveVadProfile({ profile: 'noisy', redemptionMs: 800 });
    expect(config).toMatchObject({ startRms: -40, startRecognizeCount: 30, stopRecognizeCount: 80, inactivePercent: 1 });
    expect(minSpeechMs).toBe(0);
  });

  it('lets single fields by the names of Agora stand above everything', () => {
    expect(resolveVadProfile({ profile: 'noisy', redemptionMs: 800, config: { stopRecognizeCount: 33 } }).config.stopRecognizeCount).toBe(33);
  });

  it.each<[string, VadProfileOptions]>([
    ['positiveSpeechThreshold', { positiveSpeechThreshold: 70 }],
    ['negativeSpeechThreshold', { negativeSpeechThreshold: -0.1 }],
    ['negativeSpeechThreshold', { positiveSpeechThreshold: 0.3, negativeSpeechThreshold: 0.4 }],
    ['redemptionMs', { redemptionMs: Number.NaN }],
    ['minSpeechMs', { minSpeechMs: -1 }],
    ['preSpeechPadMs', { preSpeechPadMs: 100_000 }],
    ['startRms', { config: { startRms: 5 } }],
  ])('refuses a senseless %s and names it', (field, options) => {
    expect(() => resolveVadProfile(options)).toThrow(expect.objectContaining({ reason: 'invalid-options', message: expect.stringContaining(field) }));
  });

  it('refuses a profile that there is not and says which there are', () => {
    const profile = 'loud' as 'noisy';
    expect(() => resolveVadProfile({ profile })).toThrow(expect.objectContaining({ reason: 'invalid-options', message: expect.stringContaining('very-noisy') }));
  });
});
