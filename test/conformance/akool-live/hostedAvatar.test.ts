// Source: the vendor's "Message protocol v2" of data streams; the emulator at the other end has an encoder and a clock of its own.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { akoolLive, systemClock, type AvatarServiceEvent } from '../../../src/client.js';
import { startEmulator, type Emulator } from '../../../src/emulator.js';
import { createAkoolClient } from '../../../src/server.js';
import type { AvatarConnection, AvatarRoomEvent } from '../../../src/services/service.js';
import { createFakeGrant } from '../../../src/testing/createFakeGrant.js';
import { joinLiveRoom, type LiveRoom } from '../../emulator/akoolLiveRoom.js';

const AVATAR_UID = 7;
let emulator: Emulator;
let room: LiveRoom;
let events: AvatarServiceEvent[];
let connection: AvatarConnection;

beforeEach(async () => {
  emulator = await startEmulator({ nodes: 1, liveSessionStepMs: 10 });
  const akool = createAkoolClient({ apiKey: emulator.apiKey, baseUrl: emulator.akoolApiUrl });
  const { credentials } = await akool.createReadySession({ avatarId: 'a', mode: 'retelling' }, { pollIntervalMs: 10 });
  const listeners = new Set<(event: AvatarRoomEvent) => void>();
  room = await joinLiveRoom(emulator.channelUrl, credentials, (payload) => {
    for (const listener of listeners) listener({ type: 'message', uid: AVATAR_UID, payload });
  });
  events = [];
  connection = await akoolLive({ mode: 'retelling' }).connect({
    grant: createFakeGrant({ avatar: { service: 'akool-live', avatarId: 'a', keepIntervalMs: 30_000, endsAt: 4e12 } }),
    params: { language: 'en', speed: 1 },
    clock: systemClock,
    signal: new AbortController().signal,
    room: async () => ({
      avatarUid: AVATAR_UID,
      send: async (payload) => room.send(payload),
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    }),
    keepLease: null,
    onEvent: (event) => events.push(event),
  });
});
afterEach(async () => {
  await connection.close();
  room.close();
  await emulator.close();
});

const said = () => events.flatMap((event) => (event.type === 'transcript' && event.role === 'assistant' && event.final ? [event.text] : []));
const speaking = () => events.flatMap((event) => (event.type === 'speaking' ? [event.speaking] : []));

it('says a text sentence by sentence, each to its end', async () => {
  async function* text() {
    yield 'One. ';
    yield 'Two. And th';
    yield 'ree.';
  }
  await connection.sayText?.(text(), { signal: new AbortController().signal });
  await room.until(() => said().length === 2);
  expect(said()).toEqual(['One.', 'Two. And three.']);
  // Nothing was cut off: it spoke once for each.
  await room.until(() => speaking().join() === 'true,false,true,false');
});

it('answers in its dialogue mode, moves, and falls silent when it is interrupted', async () => {
  await connection.setParams({ mode: 'dialogue' });
  await connection.act?.({ action: 'hand_wave', expression: 'happiness' });
  await connection.sendText?.('Tell me a very long story about a king who had three daughters, of whom the youngest was the cleverest by far.');
  await room.until(() => speaking().includes(true));
  await connection.interrupt();
  await room.until(() => speaking().at(-1) === false);
  expect(connection.info().roundTripMs).toBeGreaterThan(0);
  expect(events.filter(({ type }) => type === 'error')).toEqual([]);
});
