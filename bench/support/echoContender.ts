/** What a contender says of a frame: bring the avatar down, stop it, or bring it back. */
export type EchoDecision = 'duck' | 'confirm' | 'release' | null;

/** Anything that decides whether the user talks while the avatar does. */
export interface EchoContender {
  /** Microphone and the avatar as played, Int16Array [160] each, 16 kHz. */
  push(microphone: Int16Array, reference: Int16Array): EchoDecision;
}

/**
 * What an application does without a gate: loud frames, 12 of 15, are the user.
 *
 * @param raisedDb - by how much louder they must be while the avatar talks.
 */
export function createThresholdContender(raisedDb: number): EchoContender {
  const flags = new Uint8Array(15);
  let floorDb = -60;
  let at = 0;
  let on = false;
  let tail = 0;
  return {
    push(microphone, reference) {
      const levelDb = levelOf(microphone);
      floorDb += levelDb < floorDb ? 0.2 * (levelDb - floorDb) : 0.01;
      tail = levelOf(reference) > -55 ? 60 : Math.max(0, tail - 1);
      // Speech is at -26 dBFS: what is 12 dB below it counts, or in the other case only what is as loud.
      flags[at++ % 15] = levelDb > Math.max(-38 + (tail > 0 ? raisedDb : 0), floorDb + 6) ? 1 : 0;
      const active = flags.reduce((sum, flag) => sum + flag, 0);
      const wasOn = on;
      on = on ? active >= 5 : active >= 12;
      return on && !wasOn ? 'confirm' : null;
    },
  };
}

function levelOf(frame: Int16Array): number {
  let power = 0;
  for (const sample of frame) power += sample * sample;
  return 10 * Math.log10(power / frame.length / 1_073_741_824 + 1e-12);
}
