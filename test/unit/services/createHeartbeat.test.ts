import { expect, it } from 'vitest';
import { createHeartbeat } from '../../../src/services/akool-streaming/createHeartbeat.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';

function setUp() {
  const clock = createManualClock();
  const events: string[] = [];
  const heartbeat = createHeartbeat({
    clock,
    intervalMs: 30_000,
    pongTimeoutMs: 10_000,
    ping: () => events.push('ping'),
    onDead: () => events.push('dead'),
  });
  heartbeat.start();
  return { clock, events, heartbeat };
}

it('gives up when a ping is not answered in time', async () => {
  const { clock, events, heartbeat } = setUp();
  await clock.advance(9_999);
  expect(events).toEqual(['ping']);
  await clock.advance(1);
  expect(events).toEqual(['ping', 'dead']);
  heartbeat.stop();
  expect(clock.pending).toBe(0);
});

it('asks once more after the page has slept: the answer may have come and waits to be read', async () => {
  const { clock, events, heartbeat } = setUp();
  await clock.sleep(20_000);
  expect(events).toEqual(['ping', 'ping']);
  heartbeat.onPong();
  await clock.advance(20_000);
  expect(events).toEqual(['ping', 'ping']);
  await clock.sleep(100_000);
  await clock.advance(10_000);
  expect(events.at(-1)).toBe('dead');
  heartbeat.stop();
  expect(clock.pending).toBe(0);
});
