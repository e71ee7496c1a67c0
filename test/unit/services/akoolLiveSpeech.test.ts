import { describe, expect, it } from 'vitest';
import { akoolLive } from '../../../src/services/akool-live/akoolLive.js';
import type { AvatarParams } from '../../../src/services/service.js';
import { createFakeGrant } from '../../../src/testing/createFakeGrant.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';
import { createFakeRoom, obedient } from './createFakeRoom.js';

const grant = createFakeGrant({ avatar: { service: 'akool-live', avatarId: 'anna', keepIntervalMs: 30_000, endsAt: 4e12 } });
const outcome = (promise: Promise<unknown> | undefined) => Promise.resolve(promise).then(() => 'done', (error: unknown) => error);

async function setUp(mode: AvatarParams['mode'] | null = 'retelling') {
  const clock = createManualClock();
  const room = createFakeRoom(obedient);
  room.enter();
  const connection = await akoolLive(mode ? { mode } : {}).connect({ grant, params: {}, clock, signal: new AbortController().signal, room: async () => room, keepLease: null, onEvent: () => undefined });
  const speaking = (is: boolean) => room.say({ v: 2, type: 'event', mid: 'e', pld: { event: is ? 'audio_start' : 'audio_end' } });
  return {
    clock,
    room,
    connection,
    texts: () => room.sent.flatMap(({ pld }) => (pld.text === undefined ? [] : [pld.text])),
    commands: () => room.sent.flatMap(({ pld }) => (pld.cmd ? [pld.cmd] : [])),
    async speak(lastsMs: number) {
      speaking(true);
      await clock.advance(lastsMs);
      speaking(false);
      await clock.advance(400);
    },
    speaking,
  };
}

/** Text that is written while it is being said. */
function createPen() {
  const pieces: (string | Error | null)[] = [];
  let wake = () => {};
  let returned = false;
  const put = (piece: string | Error | null) => {
    pieces.push(piece);
    wake();
  };
  async function* write(): AsyncGenerator<string> {
    try {
      for (;;) {
        while (pieces.length === 0) await new Promise<void>((resolve) => (wake = resolve));
        const piece = pieces.shift();
        if (piece instanceof Error) throw piece;
        if (piece == null) return;
        yield piece;
      }
    } finally {
      returned = true;
    }
  }
  return { text: write(), write: put, end: () => put(null), fail: put, isReturned: () => returned };
}

async function* whole(text: string) {
  yield text;
}

const signal = () => new AbortController().signal;

describe('text that akoolLive says', () => {
  it('is begun with the first sentence, while the rest is still being written', async () => {
    const { connection, clock, texts, speak } = await setUp();
    const pen = createPen();
    const saying = connection.sayText?.(pen.text, { signal: signal() });
    pen.write('One sentence. And ');
    await clock.advance(0);
    expect(texts()).toEqual(['One sentence.']);
    pen.write('another. ');
    pen.write('And a third. The fo');
    await clock.advance(0);
    // A second text would cut off the first.
    expect(texts()).toHaveLength(1);
    await speak(900);
    expect(texts()).toEqual(['One sentence.', 'And another. And a third.']);
    pen.write('urth.');
    pen.end();
    await speak(1_500);
    await saying;
    expect(texts().at(-1)).toBe('The fourth.');
    await connection.close();
    expect(clock.pending).toBe(0);
  });

  it('waits for the text before, and takes a breath for none', async () => {
    const { connection, clock, texts, speaking } = await setUp();
    await connection.sayText?.(whole('First text.'), { signal: signal() });
    const second = connection.sayText?.(whole('Second text.'), { signal: signal() });
    speaking(true);
    await clock.advance(500);
    speaking(false);
    await clock.advance(399);
    speaking(true);
    await clock.advance(500);
    expect(texts()).toEqual(['First text.']);
    speaking(false);
    await clock.advance(400);
    await second;
    expect(texts()).toEqual(['First text.', 'Second text.']);
  });

  it('goes on by its length when the avatar says nothing of its speaking', async () => {
    const { connection, clock, texts } = await setUp();
    await connection.sayText?.(whole('x'.repeat(100)), { signal: signal() });
    const second = connection.sayText?.(whole('Second.'), { signal: signal() });
    await clock.advance(6_900);
    expect(texts()).toHaveLength(1);
    await clock.advance(100);
    await second;
    expect(texts()).toHaveLength(2);
  });

  it('is refused by an avatar that would answer it, with what to do', async () => {
    for (const mode of ['dialogue', null] as const) {
      const { connection, room } = await setUp(mode);
      await expect(connection.sayText?.(whole('Hi.'), { signal: signal() })).rejects.toMatchObject({ reason: 'not-ready', message: expect.stringContaining('retelling') as string });
      expect(room.sent).toEqual([]);
      await connection.setParams({ mode: 'retelling' });
      await connection.sayText?.(whole('Hi.'), { signal: signal() });
      await connection.close();
    }
  });

  it('is cut short by an interrupt, which is sent once', async () => {
    const { connection, clock, commands, texts, speaking } = await setUp();
    const pen = createPen();
    const stop = new AbortController();
    const saying = outcome(connection.sayText?.(pen.text, { signal: stop.signal }));
    pen.write('Once upon a time. There was ');
    await clock.advance(0);
    speaking(true);
    // As a session does it.
    stop.abort();
    const interrupting = connection.interrupt();
    await clock.advance(0);
    await expect(saying).resolves.toBe('done');
    await interrupting;
    expect(commands()).toEqual(['interrupt']);
    await clock.advance(60_000);
    expect(texts()).toEqual(['Once upon a time.']);
    await connection.close();
    expect(clock.pending).toBe(0);
  });

  it('silences the avatar when it is aborted by itself, and tells the source', async () => {
    const { connection, clock, commands } = await setUp();
    const pen = createPen();
    const stop = new AbortController();
    const saying = outcome(connection.sayText?.(pen.text, { signal: stop.signal }));
    pen.write('Once upon a time. There');
    await clock.advance(0);
    stop.abort(new Error('enough'));
    pen.write(' was');
    await clock.advance(0);
    await expect(saying).resolves.toBe('done');
    expect(commands()).toEqual(['interrupt']);
    expect(pen.isReturned()).toBe(true);
    // Nothing is being said any more.
    await connection.sayText?.(whole('Next.'), { signal: signal() });
  });

  it('stops with what the source throws, and with the connection', async () => {
    const { connection, clock, texts } = await setUp();
    const pen = createPen();
    const failing = outcome(connection.sayText?.(pen.text, { signal: signal() }));
    pen.write('Half a sen');
    pen.fail(new Error('model is down'));
    await clock.advance(0);
    await expect(failing).resolves.toMatchObject({ message: 'model is down' });
    expect(texts()).toEqual([]);

    const endless = createPen();
    const waiting = outcome(connection.sayText?.(endless.text, { signal: signal() }));
    await clock.advance(0);
    await connection.close();
    await expect(waiting).resolves.toMatchObject({ reason: 'connection-lost' });
    await expect(connection.sayText?.(whole('Hi.'), { signal: signal() })).rejects.toMatchObject({ reason: 'connection-lost' });
    expect(clock.pending).toBe(0);
  });

  it('may be empty, and must be text', async () => {
    const { connection, room } = await setUp();
    await connection.sayText?.(whole('  \n '), { signal: signal() });
    expect(room.sent).toEqual([]);
    async function* numbers() {
      yield 1;
    }
    // @ts-expect-error: JavaScript may say anything
    await expect(connection.sayText?.(numbers(), { signal: signal() })).rejects.toMatchObject({ reason: 'invalid-options' });
  });
});

