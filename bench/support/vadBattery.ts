import { resolveVadProfile, type VadProfile } from '../../src/turn-taking/voice/resolveVadProfile.js';
import { makeNoise, noiseKinds, type NoiseKind } from './noise.js';
import { findUtterances, type Labels } from './vadScore.js';

/** Listens to a recording: Int16Array [samples], mono, 16 kHz. */
export type Ear = (samples: Int16Array) => Promise<Labels>;

export const profiles: readonly VadProfile[] = ['quiet', 'noisy', 'very-noisy', 'fast'];

/** Utterances that were found where there was none. */
export interface Battery {
  readonly hours: number;
  /** @param kind all kinds when absent */
  starts(source: string, profile: VadProfile, kind?: NoiseKind): number;
}

/** Has every ear listen to generated noise of each kind, a minute for each seed, and counts what each profile takes for speech. */
export async function listenToBattery(ears: Readonly<Record<string, Ear>>, seeds: readonly number[], seconds: number): Promise<Battery> {
  const counts = new Map<string, number>();
  const keyOf = (...parts: readonly string[]) => parts.join();
  for (const kind of noiseKinds) {
    for (const seed of seeds) {
      const samples = makeNoise(kind, seed, seconds);
      // All are asked before any is waited for: one may sit in another thread.
      const heard = await Promise.all(Object.entries(ears).map(async ([source, listen]) => [source, await listen(samples)] as const));
      for (const [source, labels] of heard) {
        for (const profile of profiles) {
          const key = keyOf(source, profile, kind);
          counts.set(key, (counts.get(key) ?? 0) + findUtterances(samples, labels, resolveVadProfile({ profile }, source).config).length);
        }
      }
    }
  }
  return {
    hours: (noiseKinds.length * seeds.length * seconds) / 3600,
    starts: (source, profile, only) => noiseKinds.reduce((sum, kind) => sum + (only === undefined || only === kind ? (counts.get(keyOf(source, profile, kind)) ?? 0) : 0), 0),
  };
}
