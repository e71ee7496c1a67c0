import { expect, it } from 'vitest';
import type { TrackMeterOptions } from '../../../src/audio/meterTrack.js';
import { createEmitter } from '../../../src/events/createEmitter.js';
import { akoolLive } from '../../../src/services/akool-live/akoolLive.js';
import { akoolStreaming } from '../../../src/services/akool-streaming/akoolStreaming.js';
import type { AvatarService } from '../../../src/services/service.js';
import type { SessionEventMap } from '../../../src/session/AvatarSession.js';
import { followSilence } from '../../../src/session/followSilence.js';
import type { SessionEvent } from '../../../src/session/SessionEvent.js';
import { sessionWiring } from '../../../src/session/sessionWiring.js';
import { initialSessionState, type SessionState } from '../../../src/session/state.js';
import { createStore } from '../../../src/store/createStore.js';
import { createFakeMicrophone } from '../../../src/testing/createFakeMicrophone.js';

const LOUD = 0.2;

/** A live session with this avatar, whose track is silent. */
async function setUp(avatar: AvatarService) {
  let nowMs = 0;
  let meter: TrackMeterOptions | null = null;
  const state = { isSpeaking: false, isOpen: true };
  const track = {} as unknown as MediaStreamTrack; // Node has none; nothing here looks into it
  const store = createStore<SessionState>({ ...initialSessionState, status: 'live', room: 'joined', sound: 'playing', audio: { mediaStreamTrack: track, setVolume: () => undefined } });
  const emitter = createEmitter<SessionEventMap>();
  const microphone = createFakeMicrophone();
  await microphone.start();
  const dispatched: SessionEvent[] = [];
  const told: boolean[] = [];
  emitter.on('avatar-silence', ({ silent }) => told.push(silent));
  const follower = followSilence({
    core: {
      wiring: sessionWiring({ grant: '/api/avatar', avatar }),
      listens: true,
      microphone,
      emitter,
      clock: { now: () => nowMs, schedule: () => () => undefined },
      state: { store, dispatch: (event) => dispatched.push(event) },
    },
    isSpeaking: () => state.isSpeaking,
    isOpen: () => state.isOpen,
    meter(_track, options) {
      meter = options;
      return () => (meter = null);
    },
  });
  follower.start();
  return {
    state,
    emitter,
    microphone,
    follower,
    dispatched,
    told,
    /** Ten seconds in which the user speaks, or is silent. */
    pass(rms: number): void {
      for (let ms = 0; ms < 10_000; ms += 10) {
        microphone.sayLevel(rms);
        nowMs += 10;
        meter?.onLevel(0);
      }
    },
  };
}

it('misses an avatar that repeats what it hears, when the user speaks and nothing comes back', async () => {
  const { pass, told, dispatched } = await setUp(akoolStreaming());
  pass(0);
  expect(told).toEqual([]);
  pass(LOUD);
  expect(told).toEqual([true]);
  expect(dispatched).toEqual([{ type: 'silence-change', silent: true }]);
});

it('does not miss it while the user is not sent: muted, without the button, or behind what the application says', async () => {
  const { pass, told, state, microphone } = await setUp(akoolStreaming());
  state.isOpen = false;
  pass(LOUD);
  state.isOpen = true;
  state.isSpeaking = true;
  pass(LOUD);
  state.isSpeaking = false;
  microphone.setMuted(true);
  pass(LOUD);
  expect(told).toEqual([]);
});

it('does not miss an avatar that thinks for itself while the user speaks, only while it says that it speaks', async () => {
  const { pass, told, emitter } = await setUp(akoolLive());
  pass(LOUD);
  expect(told).toEqual([]);
  emitter.emit('avatar-speaking', { speaking: true });
  pass(0);
  expect(told).toEqual([true]);
  emitter.emit('interrupt', { turnId: 1 });
  expect(told).toEqual([true, false]);
});

it('hears nothing more once it is stopped', async () => {
  const { pass, told, follower, emitter } = await setUp(akoolStreaming());
  follower.stop();
  emitter.emit('avatar-speaking', { speaking: true });
  pass(LOUD);
  expect(told).toEqual([]);
});
