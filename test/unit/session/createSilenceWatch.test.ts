import { describe, expect, it } from 'vitest';
import type { TrackMeterOptions } from '../../../src/audio/meterTrack.js';
import { createSilenceWatch } from '../../../src/session/createSilenceWatch.js';
import { initialSessionState, type SessionState } from '../../../src/session/state.js';
import { createStore } from '../../../src/store/createStore.js';

const LOUD = 0.1;
const STEP_MS = 20;

/** A room's sound. Node has no tracks; nothing here looks into it. */
function soundOf(name: string): SessionState['audio'] {
  return { mediaStreamTrack: { name } as unknown as MediaStreamTrack, setVolume: () => undefined };
}

/** A session that is live, with an avatar that could be heard, and a meter that says what the test says. */
function setUp(patch: Partial<SessionState> = {}) {
  let nowMs = 0;
  // Nothing is scheduled: what measures says when it looks.
  const clock = { now: () => nowMs, schedule: () => () => undefined };
  const store = createStore<SessionState>({ ...initialSessionState, status: 'live', room: 'joined', sound: 'playing', audio: soundOf('avatar'), ...patch });
  const told: boolean[] = [];
  const meters = new Set<TrackMeterOptions>();
  let isHidden = false;
  const watch = createSilenceWatch({
    store,
    clock,
    onChange: (silent) => told.push(silent),
    isHidden: () => isHidden,
    meter(_track, options) {
      meters.add(options);
      return () => void meters.delete(options);
    },
  });
  return {
    watch,
    told,
    meters,
    push: (next: Partial<SessionState>) => store.set({ ...store.get(), ...next }),
    hide: (hidden: boolean) => (isHidden = hidden),
    /** Lets time pass in which the track is so loud, and the avatar is given so much. */
    pass(durationMs: number, { level = 0, given = 0, isBlind = false } = {}): void {
      for (let passedMs = 0; passedMs < durationMs; passedMs += STEP_MS) {
        if (given > 0) watch.give(given, STEP_MS);
        nowMs += STEP_MS;
        for (const meter of meters) {
          if (isBlind) meter.onBlind?.();
          else meter.onLevel(level);
        }
      }
    },
    sleep: (durationMs: number) => (nowMs += durationMs),
  };
}

describe('an avatar that is to be heard and is not', () => {
  it('is told of once it was given three seconds of speech, and six have passed without a sound', () => {
    const { pass, told } = setUp();
    pass(3_000, { given: LOUD });
    pass(2_900);
    expect(told).toEqual([]);
    pass(200);
    expect(told).toEqual([true]);
  });

  it('is told of when the avatar says itself that it speaks', () => {
    const { watch, pass, told } = setUp();
    watch.setSpeaking(true);
    pass(5_900);
    expect(told).toEqual([]);
    pass(200);
    expect(told).toEqual([true]);
  });

  it('is told of after several short replies, none of which was heard', () => {
    const { watch, pass, told } = setUp();
    for (let reply = 0; reply < 4; reply++) {
      watch.setSpeaking(true);
      pass(1_500);
      watch.setSpeaking(false);
      pass(1_000);
    }
    expect(told).toEqual([true]);
  });

  it('is told of when it falls silent in the middle of what it is given', () => {
    const { pass, told } = setUp();
    pass(10_000, { given: LOUD, level: 0.1 });
    expect(told).toEqual([]);
    pass(7_000, { given: LOUD });
    expect(told).toEqual([true]);
  });

  it('is heard again with the first sound', () => {
    const { pass, told } = setUp();
    pass(7_000, { given: LOUD });
    pass(STEP_MS, { level: 0.05 });
    expect(told).toEqual([true, false]);
  });

  it('is not missed for ever: ten seconds after it was given the last speech nobody says so any more, and nothing is measured', () => {
    const { pass, told, meters } = setUp();
    pass(7_000, { given: LOUD });
    expect(meters.size).toBe(1);
    pass(10_100);
    expect(told).toEqual([true, false]);
    expect(meters.size).toBe(0);
  });
});

describe('an avatar that is not to be heard', () => {
  it('is not missed, nor measured, while nobody speaks', () => {
    const { pass, told, meters } = setUp();
    pass(60_000);
    expect(told).toEqual([]);
    expect(meters.size).toBe(0);
  });

  it('is not missed in the pauses of what it says', () => {
    const { pass, told } = setUp();
    for (let sentence = 0; sentence < 5; sentence++) {
      pass(2_000, { given: LOUD, level: 0.1 });
      pass(5_000);
    }
    expect(told).toEqual([]);
  });

  it('is not missed while it has not begun yet', () => {
    const { pass, told } = setUp();
    pass(5_000, { given: LOUD });
    pass(2_000, { given: LOUD, level: 0.1 });
    expect(told).toEqual([]);
  });

  it('is not missed when its word that it has ended got lost', () => {
    const { watch, pass, told } = setUp();
    watch.setSpeaking(true);
    pass(1_000, { level: 0.1 });
    pass(30_000);
    expect(told).toEqual([]);
  });

  it('is not missed for what is too quiet to be speech', () => {
    const { pass, told, meters } = setUp();
    pass(20_000, { given: 0.01 });
    expect(told).toEqual([]);
    expect(meters.size).toBe(0);
  });

  it('is not missed for words that it swallowed', () => {
    const { pass, told } = setUp();
    pass(2_000, { given: LOUD });
    pass(30_000);
    expect(told).toEqual([]);
  });

  it('is not missed after an interrupt, although it says that it speaks', () => {
    const { watch, pass, told } = setUp();
    watch.setSpeaking(true);
    pass(4_000, { given: LOUD });
    watch.forgive();
    pass(30_000);
    expect(told).toEqual([]);
  });

  it.each<[string, Partial<SessionState>]>([
    ['the user has turned the volume to nothing', { volume: 0 }],
    ['the browser waits for a click before it plays', { sound: 'blocked' }],
    ['the service gives text, or sound that does not come through the room', { audio: null, sound: 'none' }],
    ['the session is being mended', { status: 'reconnecting' }],
    ['the room is being mended', { room: 'reconnecting' }],
  ])('is not missed while %s, and no more when that happens later', (_when, patch) => {
    const before = setUp(patch);
    before.watch.setSpeaking(true);
    before.pass(20_000, { given: LOUD });
    expect(before.told).toEqual([]);

    const later = setUp();
    later.pass(7_000, { given: LOUD });
    later.push(patch);
    expect(later.told).toEqual([true, false]);
    expect(later.meters.size).toBe(0);
  });

  it('is not missed in a tab that nobody sees', () => {
    const { pass, hide, told } = setUp();
    hide(true);
    pass(20_000, { given: LOUD });
    hide(false);
    pass(4_000);
    expect(told).toEqual([]);
  });

  it('is not missed while the browser runs no sound, so that nothing can be measured', () => {
    const { pass, told } = setUp();
    pass(20_000, { given: LOUD, isBlind: true });
    pass(5_000);
    expect(told).toEqual([]);
  });

  it('is not missed for the time in which the page was blocked or frozen', () => {
    const { pass, told, sleep } = setUp();
    pass(3_000, { given: LOUD });
    sleep(20_000);
    pass(STEP_MS);
    expect(told).toEqual([]);
  });
});

it('measures another track when the room has another, and nothing once it is stopped', () => {
  const { watch, pass, push, meters, told } = setUp();
  pass(1_000, { given: LOUD });
  push({ audio: soundOf('another') });
  expect(meters.size).toBe(0);
  pass(1_000, { given: LOUD });
  expect(meters.size).toBe(1);
  watch.stop();
  expect(meters.size).toBe(0);
  expect(told).toEqual([]);
});
