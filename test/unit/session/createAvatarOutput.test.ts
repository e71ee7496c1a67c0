import { expect, it } from 'vitest';
import type { AvatarConnection } from '../../../src/services/service.js';
import { createAvatarOutput } from '../../../src/session/createAvatarOutput.js';
import { createFakeAvatarService } from '../../../src/testing/createFakeAvatarService.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';

const grant = { version: 1, sessionId: 's', expiresAt: 4e12 } as const;

async function setUp() {
  const clock = createManualClock();
  const service = createFakeAvatarService();
  const signal = new AbortController().signal;
  const connection = await service.connect({ grant, params: {}, room: () => Promise.reject(new Error('no room')), keepLease: null, signal, clock, onEvent: () => undefined });
  let present: AvatarConnection | null = connection;
  return { clock, service, connect: (back: boolean) => (present = back ? connection : null), output: createAvatarOutput({ clock, connection: () => present }) };
}

it('says the last words of a reply as soon as the avatar is back, not with the next reply', async () => {
  const { clock, service, connect, output } = await setUp();
  output.push(new Int16Array(8000).fill(3), 16_000);
  await clock.advance(100);
  connect(false);
  output.end();
  await clock.advance(3000);
  expect(service.received().length).toBeLessThan(8000);
  connect(true);
  await clock.advance(200);
  expect(service.received()).toHaveLength(8000);
  expect(clock.pending).toBe(0);
});

it('says when all of it is on its way, also when it is dropped', async () => {
  const { clock, output } = await setUp();
  await output.whenSent();
  let sent = 0;
  output.push(new Int16Array(16_000), 16_000);
  void output.whenSent().then(() => sent++);
  await clock.advance(500);
  expect(sent).toBe(0);
  output.end();
  await clock.advance(1000);
  expect(sent).toBe(1);
  output.push(new Int16Array(16_000), 16_000);
  void output.whenSent().then(() => sent++);
  output.clear();
  await clock.advance(0);
  expect([sent, clock.pending]).toEqual([2, 0]);
});
