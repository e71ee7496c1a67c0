import { describe, expect, it } from 'vitest';
import { createBargeInDetector, type BargeInEvent, type BargeInOptions } from '../../../src/turn-taking/echo/createBargeInDetector.js';
import { babble, echoOf, inFrames, mix, toInt16 } from './echoSound.js';

interface Heard {
  readonly event: BargeInEvent;
  readonly ms: number;
  readonly samples: Int16Array;
}

/** An avatar that speaks for 12 s, ducks and stops as it is told, and a user who breaks in after 8 s. */
function converse(options: BargeInOptions, user: Float32Array, voiceProbability?: number): Heard[] {
  const detector = createBargeInDetector(options);
  const avatar = babble(11, 12);
  const alone = toInt16(echoOf(avatar, 120, 0.4));
  const heard: Heard[] = [];
  const said = toInt16(mix(new Float32Array(avatar.length), user, 8 * 16_000));
  let gain = 1;
  const gains: number[] = [];
  inFrames(toInt16(avatar), said, (played, spoken, ms) => {
    gains.push(gain);
    const echoGain = gains[gains.length - 13] ?? 1;
    const at = ms * 16;
    const microphone = spoken.map((sample, i) => sample + echoGain * (alone[at + i] ?? 0));
    const label = voiceProbability === undefined ? undefined : { rmsDb: -30, voiceProbability, pitchHz: null };
    const { event, samples } = detector.push(microphone, played.map((sample) => gain * sample), label);
    if (event) heard.push({ event, ms, samples });
    if (event) gain = { duck: 0.13, release: 1, confirm: 0 }[event];
  });
  return heard;
}

const nobody = new Float32Array(1);
const phrase = babble(60, 2, 0.2);
const kinds = (heard: readonly Heard[]) => heard.map(({ event }) => event);

describe('the barge-in detector', () => {
  it('is not interrupted by the echo of its own avatar', () => {
    expect(converse({}, nobody)).toEqual([]);
  });

  it('ducks at the first sign of the user and then stops the avatar', () => {
    const heard = converse({}, phrase);
    expect(kinds(heard)).toEqual(['duck', 'confirm']);
    expect(heard[0]?.ms).toBeGreaterThanOrEqual(8000);
    expect(heard[0]?.ms).toBeLessThan(8300);
    expect(heard[1]?.ms).toBeLessThan(9000);
  });

  it('hands out what the user has said, from before the first sign on', () => {
    const [duck, confirm] = converse({ preRollMs: 300 }, phrase);
    const spanMs = (confirm?.samples.length ?? 0) / 16;
    expect(spanMs).toBe((confirm?.ms ?? 0) - (duck?.ms ?? 0) + 310);
    expect(duck?.samples).toHaveLength(0);
  });

  it('stops the avatar at the first sign when it is told to', () => {
    expect(kinds(converse({ mode: 'immediate' }, phrase))).toEqual(['confirm']);
  });

  it('lets the avatar finish when it is off', () => {
    expect(converse({ mode: 'off' }, phrase)).toEqual([]);
  });

  it('brings the avatar back after a word that is too short to stop it', () => {
    const word = phrase.subarray(0, 0.4 * 16_000);
    expect(kinds(converse({ backchannelMs: 800 }, word))).toEqual(['duck', 'release']);
  });

  it('takes what has no voice for no user', () => {
    expect(converse({}, phrase, 5)).toEqual([]);
    expect(kinds(converse({}, phrase, 90))).toEqual(['duck', 'confirm']);
  });

  it('needs less of a user the more sensitive it is', () => {
    const [careful, keen] = [0, 1].map((sensitivity) => converse({ sensitivity }, phrase)[0]?.ms ?? Infinity);
    expect(keen).toBeLessThan(careful ?? 0);
  });

  it('says the same again after a reset', () => {
    const detector = createBargeInDetector();
    const [avatar, user] = [toInt16(babble(11, 4)), toInt16(babble(60, 4, 0.3))];
    const play = () => {
      const events: string[] = [];
      inFrames(user, avatar, (mic, ref, ms) => {
        const { event } = detector.push(mic, ref);
        if (event) events.push(`${event} ${ms}`);
      });
      return events;
    };
    const first = play();
    detector.reset();
    expect(play()).toEqual(first);
  });

  it.each<[BargeInOptions, string]>([
    [{ sensitivity: 2 }, 'sensitivity'],
    [{ backchannelMs: -1 }, 'backchannelMs'],
    [{ preRollMs: NaN }, 'preRollMs'],
  ])('refuses %o by name', (options, name) => {
    expect(() => createBargeInDetector(options)).toThrow(expect.objectContaining({ reason: 'invalid-options', message: expect.stringContaining(name) }));
  });
});
