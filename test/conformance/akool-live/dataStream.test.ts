// Source: the vendor's "Message protocol v2" of data streams, its browser SDK and its demo. The messages are written out by hand.
import { describe, expect, it } from 'vitest';
import { akoolLive, type AvatarServiceEvent, type ConnectionInfo } from '../../../src/client.js';
import type { AvatarConnection } from '../../../src/services/service.js';
import { createFakeGrant } from '../../../src/testing/createFakeGrant.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';
import { createFakeRoom, obedient } from '../../unit/services/createFakeRoom.js';

async function setUp(onSend = obedient) {
  const clock = createManualClock();
  const room = createFakeRoom(onSend);
  const events: AvatarServiceEvent[] = [];
  room.enter();
  const connection = await akoolLive({ mode: 'retelling' }).connect({
    grant: createFakeGrant({ avatar: { service: 'akool-live', avatarId: 'a', keepIntervalMs: 30_000, endsAt: 4e12 } }),
    params: {},
    clock,
    signal: new AbortController().signal,
    room: async () => room,
    keepLease: null,
    onEvent: (event) => events.push(event),
  });
  events.length = 0;
  return { clock, room, events, connection, known: () => events.filter(({ type }) => type !== 'message') };
}

async function* whole(text: string) {
  yield text;
}

describe('from the page to the avatar', () => {
  const cases: readonly (readonly [string, (connection: AvatarConnection) => Promise<void> | undefined, Record<string, unknown>])[] = [
    ['chat', (connection) => connection.sendText?.('Hi "you"'), { v: 2, type: 'chat', idx: 0, fin: true, pld: { text: 'Hi "you"' } }],
    ['chat that is repeated', (connection) => connection.sayText?.(whole('Hello.'), { signal: new AbortController().signal }), { v: 2, type: 'chat', idx: 0, fin: true, pld: { text: 'Hello.' } }],
    [
      'set-params',
      (connection) => connection.setParams({ voiceId: 'v', voiceUrl: 'u', language: 'en', mode: 'dialogue', backgroundUrl: 'b', speed: 1.2, pronunciations: { a: 'b' }, speechLanguage: 'fr', turnDetection: { type: 'server', threshold: 0.5, prefixPaddingMs: 300, silenceDurationMs: 500 } }),
      {
        v: 2, type: 'command',
        pld: {
          cmd: 'set-params',
          data: {
            lang: 'en', mode: 2, bgurl: 'b',
            vparams: { vid: 'v', vurl: 'u', speed: 1.2, pron_map: { a: 'b' }, stt_language: 'fr', turn_detection: { type: 'server_vad', threshold: 0.5, prefix_padding_ms: 300, silence_duration_ms: 500 } },
          },
        },
      },
    ],
    ['interrupt', (connection) => connection.interrupt(), { v: 2, type: 'command', pld: { cmd: 'interrupt' } }],
    ['set-action', (connection) => connection.act?.({ action: 'waft_left', expression: 'contempt' }), { v: 2, type: 'command', pld: { cmd: 'set-action', data: { action: 'waft_left', expression: 'contempt' } } }],
  ];

  it.each(cases)('%s has the documented shape, and a name of its own', async (_name, act, message) => {
    const { connection, room } = await setUp();
    await act(connection);
    expect(room.sent).toEqual([{ ...message, mid: expect.stringMatching(/./) }]);
  });

  it('long chat is sent in parts of one name, in order, with one end', async () => {
    const { connection, room, clock } = await setUp();
    const sending = connection.sendText?.('é'.repeat(1_500));
    await clock.advance(2_000);
    await sending;
    expect(room.sent.map(({ idx }) => idx)).toEqual(room.sent.map((_part, index) => index));
    expect(room.sent.map(({ fin }) => fin)).toEqual(room.sent.map((_part, index) => index === room.sent.length - 1));
    expect(new Set(room.sent.map(({ mid }) => mid)).size).toBe(1);
    expect(room.sent.map(({ pld }) => pld.text).join('')).toBe('é'.repeat(1_500));
  });
});

describe('from the avatar to the page', () => {
  const chat = (from: string) => `{"v":2,"type":"chat","mid":"msg-1723629433573","idx":0,"fin":true,"pld":{"from":"${from}","text":"Hi \\ud83d\\udc4b"}}`;

  it.each<[string, string, readonly AvatarServiceEvent[]]>([
    ['chat of the avatar', chat('bot'), [{ type: 'transcript', role: 'assistant', text: 'Hi 👋', final: true }]],
    ['chat of the user', chat('user'), [{ type: 'transcript', role: 'user', text: 'Hi 👋', final: true }]],
    ['audio_start', '{"v":2,"type":"event","mid":"e1","pld":{"event":"audio_start"}}', [{ type: 'speaking', speaking: true }]],
    ['audio_end', '{"v":2,"type":"event","pld":{"event":"audio_end"}}', [{ type: 'speaking', speaking: false }]],
    ['an unknown event', '{"v":2,"type":"event","mid":"e1","pld":{"event":"blink"}}', []],
    ['an unknown type', '{"v":2,"type":"weather","mid":"w","pld":{"sun":true}}', []],
    ['an ack that nobody waits for', '{"v":2,"type":"command","mid":"old","pld":{"cmd":"interrupt","code":1000,"msg":"OK"}}', []],
    ['another version', '{"v":1,"type":"chat","mid":"m","idx":0,"fin":true,"pld":{"from":"bot","text":"old"}}', []],
    ['no version', '{"type":"chat","pld":{"from":"bot","text":"old"}}', []],
  ])('%s is understood as documented, and passed on as it came', async (_name, text, expected) => {
    const { room, events, known } = await setUp();
    room.say(text);
    expect(events.filter(({ type }) => type === 'message')).toEqual([{ type: 'message', message: JSON.parse(text) }]);
    expect(known()).toEqual(expected);
  });

  it.each(['not json', '', 'null', '"text"', '[{"v":2}]', '{"v":2,'])('%j is reported and does no harm', async (text) => {
    const { room, connection, events } = await setUp();
    room.say(text);
    expect(events).toMatchObject([{ type: 'error', error: { reason: 'message-invalid' } }]);
    await connection.interrupt();
  });

  it.each([
    ['as documented', (mid: string) => ({ v: 2, type: 'command', mid, pld: { cmd: 'interrupt', code: 1000, msg: 'OK' } })],
    ['under the older type cmd', (mid: string) => ({ v: 2, type: 'cmd', mid, pld: { cmd: 'interrupt', code: 1000, msg: 'OK' } })],
    ['without a name', () => ({ v: 2, type: 'command', pld: { cmd: 'interrupt', code: 1000, msg: 'OK' } })],
    ['without a code', (mid: string) => ({ v: 2, type: 'command', mid, pld: { cmd: 'interrupt' } })],
  ])('an acknowledgement %s is taken', async (_name, ackOf) => {
    const { connection } = await setUp(({ mid }, room) => room.say(ackOf(mid)));
    await connection.interrupt();
    const info: ConnectionInfo = connection.info();
    expect(info.roundTripMs).toBe(0);
  });

  it.each(['set-params', 'interrupt', 'set-action'])('a refusal of %s is told with its code', async (cmd) => {
    const { connection } = await setUp((message, room) => room.acknowledge(1003, message));
    const calls: Readonly<Record<string, () => Promise<void> | undefined>> = {
      'set-params': () => connection.setParams({ language: 'xx' }),
      interrupt: () => connection.interrupt(),
      'set-action': () => connection.act?.({ action: 'nod' }),
    };
    await expect(calls[cmd]?.()).rejects.toMatchObject({ reason: 'avatar-refused', context: { code: 1003, command: cmd } });
  });

  it('parts are put together whatever their order, and an end that comes first waits for them', async () => {
    const { room, known } = await setUp();
    const part = (idx: number, fin: boolean, text: string) => room.say({ v: 2, type: 'chat', mid: 'm', idx, fin, pld: { from: 'bot', text } });
    part(2, true, 'c');
    part(0, false, 'a');
    part(0, false, 'again');
    part(1, false, 'b');
    expect(known()).toEqual([
      { type: 'transcript', role: 'assistant', text: 'a', final: false },
      { type: 'transcript', role: 'assistant', text: 'abc', final: true },
    ]);
  });

  it('the user and the avatar may share a name', async () => {
    const { room, known } = await setUp();
    room.say({ v: 2, type: 'chat', mid: 'm', idx: 0, fin: true, pld: { from: 'user', text: 'Q' } });
    room.say({ v: 2, type: 'chat', mid: 'm', idx: 0, fin: true, pld: { from: 'bot', text: 'A' } });
    expect(known()).toMatchObject([{ role: 'user', text: 'Q' }, { role: 'assistant', text: 'A' }]);
  });
});
