// Source: Akool's documentation of version 3 (commit 4d9f573 of docs.akool.com); our client talks to a chat room made in Python.
import { expect } from 'vitest';
import { systemClock } from '../../../src/clock/clock.js';
import { akoolChatRoom } from '../../../src/services/akool-live/akoolChatRoom.js';
import type { AvatarServiceEvent } from '../../../src/services/service.js';
import { createFakeGrant } from '../../../src/testing/createFakeGrant.js';
import { eventually } from '../../server/serverHarness.js';
import { createFakeRoom } from '../../unit/services/createFakeRoom.js';
import { BrowserSocket } from './BrowserSocket.js';
import { describeForeign } from './describeForeign.js';
import { startForeign } from './startForeign.js';

describeForeign('chat_room_server', async () => {
  const foreign = startForeign('chat_room_server');
  const { port } = await foreign.ready;
  const { check } = foreign.report;
  const room = createFakeRoom();
  room.enter();
  const events: AvatarServiceEvent[] = [];
  const url = `ws://127.0.0.1:${String(port)}/relay`;
  const lease = { keepIntervalMs: 30_000, endsAt: 4e12, ticketExpiresAt: 4e12 };
  const connection = await akoolChatRoom({ WebSocket: BrowserSocket }).connect({
    grant: createFakeGrant({ avatar: { service: 'akool-chat-room', avatarId: 'a', peer: 'server_8898', url, ticket: 't', ...lease } }),
    params: { voiceId: 'voice-1', language: 'de' },
    room: async () => room,
    keepLease: null,
    signal: new AbortController().signal,
    clock: systemClock,
    onEvent: (event) => events.push(event),
  });
  const heard = (text: string) => events.some((event) => event.type === 'transcript' && event.role === 'assistant' && event.text === text);
  await connection.sendText?.('Wie groß? 👋');
  await check('reads-answer', () => eventually(() => heard('Grüße, you said: Wie groß? 👋')));
  await connection.setParams({ mode: 'retelling' });
  await connection.sendText?.('Say this.');
  await check('reads-answer', () => eventually(() => heard('Grüße, you said: Say this.')));
  await check('passes-over', () => {
    expect(JSON.stringify(events.filter(({ type }) => type === 'transcript'))).not.toContain('stranger');
    expect(events).toContainEqual({ type: 'error', error: expect.objectContaining({ reason: 'message-invalid' }) });
    expect(events).toContainEqual({ type: 'message', message: { type: 'typing', from: 'server_8898', to: 'client_8898' } });
  });
  await connection.close();
  await eventually(() => foreign.output.some((line) => 'modes' in (line as object)));
  await check('says-mode', () => expect(foreign.output.at(-1)).toEqual({ modes: [[2, 'Wie groß? 👋'], [1, 'Say this.']] }));
  return foreign.finish();
});
