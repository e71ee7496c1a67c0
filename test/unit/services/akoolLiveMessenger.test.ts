import { describe, expect, it } from 'vitest';
import { createLiveMessenger, type LiveMessengerEvent, type LiveMessengerOptions } from '../../../src/services/akool-live/createLiveMessenger.js';
import { createPacedQueue } from '../../../src/services/akool-live/createPacedQueue.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';

function setUp(change: Partial<LiveMessengerOptions> = {}) {
  const clock = createManualClock();
  const sent: { readonly atMs: number; readonly bytes: number; readonly message: Record<string, unknown> & { mid: string; type: string; pld: Record<string, unknown> } }[] = [];
  const events: LiveMessengerEvent[] = [];
  const messenger = createLiveMessenger({
    clock,
    onEvent: (event) => events.push(event),
    send(payload) {
      sent.push({ atMs: clock.now(), bytes: payload.byteLength, message: JSON.parse(new TextDecoder().decode(payload)) });
    },
    ...change,
  });
  const receive = (message: unknown) => messenger.receive(new TextEncoder().encode(typeof message === 'string' ? message : JSON.stringify(message)));
  const ack = (index: number, code = 1000, msg = 'OK') => receive({ v: 2, type: 'command', mid: sent[index]?.message.mid, pld: { cmd: sent[index]?.message.pld['cmd'], code, msg } });
  return { clock, sent, events, messenger, receive, ack };
}

const outcome = (promise: Promise<unknown>) => promise.then(() => 'done', (error: unknown) => error);

describe('the pace', () => {
  it('never carries more in any second than the rate and one message, over all that is sent', async () => {
    const { clock, sent, messenger } = setUp();
    const all = Promise.all([messenger.chat('a'.repeat(9_000)), messenger.chat('b'.repeat(9_000))]);
    const params = outcome(messenger.setParams({ lang: 'en' }));
    await clock.advance(10_000);
    await all;
    for (const { atMs } of sent) {
      const bytes = sent.filter((other) => other.atMs >= atMs && other.atMs < atMs + 1_000).reduce((sum, other) => sum + other.bytes, 0);
      expect(bytes).toBeLessThanOrEqual(6_000 + 950);
    }
    expect(sent.reduce((sum, { bytes }) => sum + bytes, 0)).toBeGreaterThan(18_000);
    messenger.close();
    await params;
  });

  it('uses the rate: 12 kB take about 2 s', async () => {
    const { clock, sent, messenger } = setUp();
    const chat = messenger.chat('a'.repeat(12_000));
    await clock.advance(3_000);
    await chat;
    expect(sent.at(-1)?.atMs).toBeGreaterThan(1_800);
    expect(sent.at(-1)?.atMs).toBeLessThan(2_200);
  });

  it('lets a command overtake chat, and an interrupt leave at once', async () => {
    const { clock, sent, messenger, ack } = setUp();
    const chat = outcome(messenger.chat('a'.repeat(5_000)));
    const params = messenger.setParams({ mode: 2 });
    await clock.advance(400);
    expect(sent.map(({ message }) => message.type).slice(0, 3)).toEqual(['chat', 'command', 'chat']);
    const before = clock.now();
    const interrupt = messenger.interrupt();
    expect(sent.at(-1)).toMatchObject({ atMs: before, message: { pld: { cmd: 'interrupt' } } });
    ack(1);
    ack(sent.length - 1);
    await Promise.all([params, interrupt]);
    // What was being said is not finished after the interrupt.
    await expect(chat).resolves.toMatchObject({ name: 'AbortError' });
    await clock.advance(5_000);
    expect(sent.at(-1)?.message.pld).toEqual({ cmd: 'interrupt' });
    expect(clock.pending).toBe(0);
  });

  it('stops a chat that is aborted half-way, and no other', async () => {
    const { clock, sent, messenger } = setUp();
    const aborting = new AbortController();
    const first = outcome(messenger.chat('a'.repeat(9_000), { signal: aborting.signal }));
    const second = messenger.chat('b');
    await clock.advance(100);
    aborting.abort();
    await expect(first).resolves.toMatchObject({ name: 'AbortError' });
    await clock.advance(1_000);
    await second;
    expect(sent.at(-1)?.message.pld).toEqual({ text: 'b' });
    await expect(messenger.chat('c', { signal: aborting.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('drops the rest of a chat when the channel refuses a part, and says what the channel said', async () => {
    let count = 0;
    const { clock, messenger } = setUp({ send: () => (++count === 2 ? Promise.reject(new Error('not joined')) : Promise.resolve()) });
    const chat = outcome(messenger.chat('a'.repeat(9_000)));
    await clock.advance(10_000);
    await expect(chat).resolves.toMatchObject({ message: 'not joined' });
    expect(count).toBe(2);
    await messenger.chat('and on');
  });

  it('does not wait for a channel that is closed before it has taken the message', async () => {
    const { messenger } = setUp({ send: () => new Promise(() => {}) });
    const chat = outcome(messenger.chat('a'));
    messenger.close();
    await expect(chat).resolves.toMatchObject({ reason: 'connection-lost' });
  });

  it('turns a channel that throws at once into a rejection', async () => {
    const { messenger } = setUp({ send: () => { throw new Error('gone'); } });
    await expect(messenger.chat('a')).rejects.toThrow('gone');
  });

  it.each([
    ['total and id', { total: 3, id: 1, text: 'x' }],
    ['a _type of the SDK', { _type: 'publish' }],
  ])('refuses keys that Agora keeps to itself: %s', async (_name, message) => {
    const sent: Uint8Array[] = [];
    const queue = createPacedQueue({ send: (payload) => void sent.push(payload), clock: createManualClock(), bytesPerSecond: 6_000, maxMessageBytes: 950 });
    const bytes = new TextEncoder().encode(JSON.stringify(message));
    await expect(queue.enqueue([bytes], { priority: 'chat' })).rejects.toMatchObject({ reason: 'message-invalid' });
    await expect(queue.enqueue([new Uint8Array(951)], { priority: 'chat' })).rejects.toMatchObject({ reason: 'message-too-large' });
    expect(sent).toEqual([]);
    await queue.enqueue([new TextEncoder().encode('{"id":1}')], { priority: 'chat' });
    expect(sent).toHaveLength(1);
  });
});

describe('acks', () => {
  it('are matched by mid, also under the old type cmd', async () => {
    const { messenger, sent, receive, clock } = setUp();
    const first = messenger.setParams({ lang: 'en' });
    const second = messenger.setAction({ action: 'nod' });
    await clock.advance(0);
    receive({ v: 2, type: 'cmd', mid: sent[1]?.message.mid, pld: { cmd: 'set-action', code: 1000, msg: 'OK' } });
    await second;
    receive({ v: 2, type: 'command', mid: sent[0]?.message.mid, pld: { cmd: 'set-params', code: 1000 } });
    await first;
    expect(clock.pending).toBe(0);
  });

  it('settle the oldest command of their name when they have no mid', async () => {
    const { messenger, receive } = setUp();
    const params = messenger.setParams({ lang: 'en' });
    receive({ v: 2, type: 'command', pld: { cmd: 'set-params', code: 1000, msg: 'OK' } });
    await params;
  });

  it('of another code reject with the code and what the avatar said', async () => {
    const { messenger, ack } = setUp();
    const params = outcome(messenger.setParams({ lang: 'xx' }));
    ack(0, 1003, 'unknown language');
    await expect(params).resolves.toMatchObject({ reason: 'avatar-refused', retryable: false, context: { code: 1003, command: 'set-params' }, message: expect.stringContaining('unknown language') });
  });

  it('that do not come are given up after 10 s', async () => {
    const { messenger, clock } = setUp();
    const params = outcome(messenger.setParams({ lang: 'en' }));
    await clock.advance(9_999);
    expect(clock.pending).toBe(1);
    await clock.advance(1);
    await expect(params).resolves.toMatchObject({ reason: 'avatar-timeout', retryable: true });
    expect(clock.pending).toBe(0);
  });

  it('are no longer waited for once aborted or closed', async () => {
    const { messenger, clock } = setUp();
    const aborting = new AbortController();
    const aborted = outcome(messenger.setParams({ lang: 'en' }, { signal: aborting.signal }));
    const closed = outcome(messenger.interrupt());
    await clock.advance(0);
    aborting.abort();
    await expect(aborted).resolves.toMatchObject({ name: 'AbortError' });
    messenger.close();
    await expect(closed).resolves.toMatchObject({ reason: 'connection-lost' });
    await expect(messenger.chat('hello')).rejects.toMatchObject({ reason: 'connection-lost' });
    expect(clock.pending).toBe(0);
  });
});

describe('what the avatar sends', () => {
  it('becomes text and speaking', () => {
    const { receive, events } = setUp();
    receive({ v: 2, type: 'event', mid: 'e', pld: { event: 'audio_start' } });
    receive({ v: 2, type: 'chat', mid: 'b', idx: 0, fin: true, pld: { from: 'bot', text: 'Hi.' } });
    receive({ v: 2, type: 'event', mid: 'e', pld: { event: 'audio_end' } });
    expect(events.filter(({ type }) => type !== 'message')).toEqual([
      { type: 'speaking', speaking: true },
      { type: 'text', mid: 'b', from: 'bot', text: 'Hi.', final: true },
      { type: 'speaking', speaking: false },
    ]);
  });

  it.each([
    ['another version', { v: 1, type: 'chat', mid: 'm', pld: { from: 'bot', text: 'old' } }],
    ['an unknown type', { v: 2, type: 'weather', pld: {} }],
    ['an unknown event', { v: 2, type: 'event', pld: { event: 'blink' } }],
    ['a sender that is neither', { v: 2, type: 'chat', pld: { from: 'ghost', text: 'boo' } }],
    ['a payload of another shape', { v: 2, type: 'chat', pld: 'text' }],
  ])('is passed on and otherwise ignored when it is %s', (_name, message) => {
    const { receive, events } = setUp();
    receive(message);
    expect(events).toEqual([{ type: 'message', message }]);
  });

  it.each([['{"v":2,'], ['[]'], ['null'], ['']])('is reported, not thrown, when it is %j', (text) => {
    const { receive, events } = setUp();
    receive(text);
    expect(events).toMatchObject([{ type: 'error', error: { reason: 'message-invalid' } }]);
  });
});
