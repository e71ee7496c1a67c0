import { expect, it } from 'vitest';
import { inTurn } from '../../../src/server/hosted/inTurn.js';
import { createMemoryLedger } from '../../../src/server/ledger/createMemoryLedger.js';
import { createManualServerClock } from '../manualServerClock.js';

const taken = (): Error => new Error('taken');

function setUp() {
  const clock = createManualServerClock();
  const ledger = createMemoryLedger({ clock });
  return { clock, ledger, config: { clock, ledger } };
}

/** Work that lasts until it is told otherwise. */
function longWork() {
  let finish = (_value: string): void => undefined;
  const work = () => new Promise<string>((resolve) => (finish = resolve));
  return { work, finish: (value: string) => finish(value) };
}

it('holds others off for as long as the work takes, and no longer', async () => {
  const { clock, config } = setUp();
  const { work, finish } = longWork();
  const first = inTurn(config, 'turn', taken, work);
  for (let passedMs = 0; passedMs < 60_000; passedMs += 1_000) {
    await expect(inTurn(config, 'turn', taken, async () => 'second')).rejects.toThrow('taken');
    clock.advance(1_000);
  }
  expect(await inTurn(config, 'another turn', taken, async () => 'elsewhere')).toBe('elsewhere');
  finish('first');
  expect(await first).toBe('first');
  expect(await inTurn(config, 'turn', taken, async () => 'second')).toBe('second');
  expect(clock.pending).toBe(0);
});

it('gives the turn back when the work fails', async () => {
  const { clock, config } = setUp();
  await expect(inTurn(config, 'turn', taken, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  expect(await inTurn(config, 'turn', taken, async () => 'second')).toBe('second');
  expect(clock.pending).toBe(0);
});

it('keeps others waiting for seconds only when whoever had the turn is dead', async () => {
  const { ledger, clock, config } = setUp();
  const never = { ...clock, schedule: () => () => undefined };
  void inTurn({ ledger, clock: never }, 'turn', taken, longWork().work);
  await expect(inTurn(config, 'turn', taken, async () => 'second')).rejects.toThrow('taken');
  clock.advance(8_000);
  expect(await inTurn(config, 'turn', taken, async () => 'second')).toBe('second');
});

it('loses nothing of what was done when the ledger fails meanwhile', async () => {
  const { ledger, clock } = setUp();
  let isDown = false;
  const failing = { ...ledger, reserveNode: (...args: Parameters<typeof ledger.reserveNode>) => (isDown ? Promise.reject(new Error('down')) : ledger.reserveNode(...args)), releaseNode: () => Promise.reject(new Error('down')) };
  const { work, finish } = longWork();
  const done = inTurn({ ledger: failing, clock }, 'turn', taken, work);
  await Promise.resolve();
  isDown = true;
  clock.advance(10_000);
  finish('done');
  expect(await done).toBe('done');
});
