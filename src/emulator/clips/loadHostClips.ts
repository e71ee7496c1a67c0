import { base64ToBytes } from '../../dsp/base64.js';
import { decodeAdpcm } from './decodeAdpcm.js';

/** One thing that the host says. */
export interface HostClip {
  readonly text: string;
  /** Int16Array [samples], mono, 16 kHz. */
  readonly samples: Int16Array;
}

/** The host's recordings, spoken by espeak-ng; loaded when a host first speaks, since nobody else needs them. */
export async function loadHostClips(): Promise<readonly HostClip[]> {
  const { default: packed } = await import('./hostClips.json');
  return packed.clips.map(({ text, sampleCount, adpcm }) => ({ text, samples: decodeAdpcm(base64ToBytes(adpcm), sampleCount) }));
}
