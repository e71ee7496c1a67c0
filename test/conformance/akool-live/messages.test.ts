// Source: the vendor's "Message protocol v2" of data streams; the emulator at the other end has an encoder of its own.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLiveMessenger, systemClock, type LiveMessenger, type LiveMessengerEvent } from '../../../src/client.js';
import { startEmulator, type Emulator } from '../../../src/emulator.js';
import { createAkoolClient } from '../../../src/server.js';
import { joinLiveRoom, type LiveRoom } from '../../emulator/akoolLiveRoom.js';

let emulator: Emulator;
let room: LiveRoom;
let messenger: LiveMessenger;
let events: LiveMessengerEvent[];

beforeEach(async () => {
  emulator = await startEmulator({ nodes: 1, liveSessionStepMs: 10 });
  const akool = createAkoolClient({ apiKey: emulator.apiKey, baseUrl: emulator.akoolApiUrl });
  const { credentials } = await akool.createReadySession({ avatarId: 'a', mode: 'retelling' }, { pollIntervalMs: 10 });
  events = [];
  room = await joinLiveRoom(emulator.channelUrl, credentials, (payload) => messenger.receive(payload));
  messenger = createLiveMessenger({ send: room.send, clock: systemClock, onEvent: (event) => events.push(event) });
});
afterEach(async () => {
  messenger.close();
  room.close();
  await emulator.close();
});

const said = () => events.findLast((event) => event.type === 'text' && event.final);
const speaking = () => events.flatMap((event) => (event.type === 'speaking' ? [event.speaking] : []));

describe('a hosted avatar', () => {
  it('repeats a text of several messages, letter for letter', async () => {
    const text = 'Grüße 👩‍👩‍👧‍👦 "quoted"\n你好 '.repeat(40).trim();
    await messenger.chat(text);
    await room.until(() => said() !== undefined);
    expect(said()).toMatchObject({ from: 'bot', text, final: true });
    await messenger.interrupt();
  });

  it('answers instead once it is told to', async () => {
    await messenger.setParams({ mode: 2, vparams: { speed: 1 } });
    await messenger.chat('Hi.');
    await room.until(() => said() !== undefined);
    expect(said()).toMatchObject({ text: 'You said: Hi.' });
  });

  it('falls silent when it is interrupted', async () => {
    await messenger.chat('A very long sentence that goes on and on and on. '.repeat(5));
    await room.until(() => speaking().includes(true));
    const before = performance.now();
    await messenger.interrupt();
    await room.until(() => speaking().at(-1) === false);
    // The text alone would have taken 16 s to speak.
    expect(performance.now() - before).toBeLessThan(3_000);
  });

  it('refuses what it does not know with a reason', async () => {
    // @ts-expect-error: an action that does not exist
    await expect(messenger.setAction({ action: 'fly' })).rejects.toMatchObject({ reason: 'avatar-refused', context: { code: 1003, command: 'set-action' } });
    await messenger.setAction({ action: 'thumbs_up', expression: 'happiness' });
  });
});
