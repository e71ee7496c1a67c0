import { describe, expect, it } from 'vitest';
import type { Playback } from '../../../src/audio/Playback.js';
import { createSpeechLevel } from '../../../src/session/createSpeechLevel.js';
import { initialSessionState, type SessionState } from '../../../src/session/state.js';
import { createStore } from '../../../src/store/createStore.js';
import { createFakePlayback } from '../../../src/testing/createFakePlayback.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';

/** Levels that are measured for as long as somebody listens. */
function createMeters() {
  const running = new Map<object, (level: number) => void>();
  const begin = (source: object, onLevel: (level: number) => void) => {
    running.set(source, onLevel);
    return () => void running.delete(source);
  };
  return { running, begin, read: (source: object, level: number) => running.get(source)?.(level) };
}

/** A room's sound. Node has no tracks; nothing here looks into it. */
function soundOf(track: object): SessionState['audio'] {
  return { mediaStreamTrack: track as MediaStreamTrack, setVolume: () => undefined };
}

function setUp() {
  const store = createStore<SessionState>(initialSessionState);
  const meters = createMeters();
  let playback: Playback | null = null;
  const subscribe = createSpeechLevel({
    store,
    clock: createManualClock(),
    playback: () => playback,
    meter: (track, { onLevel }) => meters.begin(track, onLevel),
  });
  return {
    ...meters,
    subscribe,
    push: (patch: Partial<SessionState>) => store.set({ ...store.get(), ...patch }),
    play(next: Playback | null) {
      playback = next;
      store.set({ ...store.get(), sound: next ? 'playing' : 'none' });
    },
  };
}

describe('the level of the assistant’s speech', () => {
  it('measures an avatar’s track only while somebody listens, and once for all listeners', () => {
    const { running, subscribe, push, read } = setUp();
    const track = { name: 'avatar' };
    const heard: number[] = [];
    push({ audio: soundOf(track) });
    expect(running.size).toBe(0);

    const leaveFirst = subscribe((level) => heard.push(level));
    const leaveSecond = subscribe((level) => heard.push(level));
    read(track, 0.25);
    expect(heard).toEqual([0.25, 0.25]);
    expect([...running.keys()]).toEqual([track]);

    leaveFirst();
    leaveFirst();
    expect(running.size).toBe(1);
    leaveSecond();
    expect(running.size).toBe(0);
  });

  it('follows the avatar to another track, with silence in between', () => {
    const { running, subscribe, push, read } = setUp();
    const [before, after] = [{ name: 'before' }, { name: 'after' }];
    const heard: number[] = [];
    subscribe((level) => heard.push(level));
    push({ audio: soundOf(before) });
    read(before, 0.5);
    push({ audio: soundOf(after) });
    read(after, 0.1);
    push({ audio: null });

    expect(heard).toEqual([0.5, 0, 0.1, 0]);
    expect(running.size).toBe(0);
  });

  it('listens to the page’s own playback where there is no avatar', () => {
    const { running, subscribe, play, read, begin } = setUp();
    const fake = createFakePlayback();
    const playback: Playback = { ...fake, subscribeLevel: (listener) => begin(fake, listener) };
    const heard: number[] = [];
    const leave = subscribe((level) => heard.push(level));
    play(playback);
    read(fake, 0.3);
    play(null);
    expect(heard).toEqual([0.3, 0]);

    play(playback);
    leave();
    expect(running.size).toBe(0);
  });

  it('tells silence once, however often it is measured', () => {
    const { subscribe, push, read } = setUp();
    const track = { name: 'avatar' };
    const heard: number[] = [];
    push({ audio: soundOf(track) });
    subscribe((level) => heard.push(level));
    for (const level of [0, 0, 0.2, 0, 0]) read(track, level);

    expect(heard).toEqual([0.2, 0]);
  });
});
