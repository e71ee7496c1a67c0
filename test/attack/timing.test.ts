import { expect, it, onTestFinished } from 'vitest';
import { createAvatarHandler } from '../../src/server.js';
import { startTarget } from './startTarget.js';
import { renewalOf } from './ticketOf.js';

/** Long, so that a comparison that stops at the first difference would save work that can be measured. */
const LONG_TOKEN = 'k'.repeat(300_000);
const ROUNDS = 400;

/**
 * How often the first of two takes longer than the second: one half when nothing tells them apart, whatever else the machine
 * does meanwhile, since both are measured in turns.
 */
async function shareOfSlower(first: () => Promise<unknown>, second: () => Promise<unknown>): Promise<number> {
  const timesOf = { first: [] as number[], second: [] as number[] };
  const measure = async (work: () => Promise<unknown>, into: number[]): Promise<void> => {
    const startedAt = performance.now();
    await work();
    into.push(performance.now() - startedAt);
  };
  for (let warming = 0; warming < 20; warming += 1) await Promise.all([first(), second()]);
  for (let round = 0; round < ROUNDS; round += 1) {
    // In changing order, so that neither always comes after the other.
    await measure(round % 2 === 0 ? first : second, round % 2 === 0 ? timesOf.first : timesOf.second);
    await measure(round % 2 === 0 ? second : first, round % 2 === 0 ? timesOf.second : timesOf.first);
  }
  const slower = timesOf.first.map((a) => timesOf.second.filter((b) => a > b).length + timesOf.second.filter((b) => a === b).length / 2);
  return slower.reduce((sum, count) => sum + count, 0) / ROUNDS ** 2;
}

/** By chance the share is within 0.02 of one half two times out of three: this is six times as much. */
const expectTheSame = (share: number): void => void expect(Math.abs(share - 0.5)).toBeLessThan(0.12);

it('finds a comparison that stops at the first difference, so that what follows means something', async () => {
  const compare = (given: string): boolean => {
    for (let index = 0; index < LONG_TOKEN.length; index += 1) if (given.charCodeAt(index) !== LONG_TOKEN.charCodeAt(index)) return false;
    return true;
  };
  const [right, wrong] = [`${LONG_TOKEN.slice(0, -1)}x`, `x${LONG_TOKEN.slice(1)}`];
  const share = await shareOfSlower(async () => compare(right), async () => compare(wrong));
  expect(Math.abs(share - 0.5)).toBeGreaterThan(0.3);
});

it('takes as long to refuse an operator\'s token that is wrong at its end as one that is wrong at its start', async () => {
  // As long as one may be.
  const operatorToken = 'k'.repeat(1_024);
  const target = await startTarget();
  onTestFinished(() => target.close());
  const handler = createAvatarHandler({ ...target.options, operatorToken });
  const read = (token: string) => async () => (await handler(new Request('https://app.example.com/metrics', { headers: { authorization: `Bearer ${token}` } }))).status;
  const [atEnd, atStart] = [read(`${operatorToken.slice(0, -1)}x`), read(`x${operatorToken.slice(1)}`)];
  expect([await atEnd(), await atStart(), await read(operatorToken)()]).toEqual([401, 401, 200]);
  expectTheSame(await shareOfSlower(atEnd, atStart));
});

it('takes as long to refuse a pass whose seal is wrong in its last byte as one that is wrong in its first', async () => {
  const target = await startTarget();
  onTestFinished(() => target.close());
  const handler = createAvatarHandler(target.options);
  const parts = renewalOf(await target.grant('mallory')).split('.');
  const withTag = (change: (tag: Buffer) => void): string => {
    const tag = Buffer.from(parts[4] ?? '', 'base64url');
    change(tag);
    return [...parts.slice(0, 4), tag.toString('base64url')].join('.');
  };
  const end = (renewal: string) => async () => (await handler(new Request('https://app.example.com/session/end', { method: 'POST', headers: { origin: 'https://app.example.com' }, body: JSON.stringify({ renewal }) }))).status;
  const [last, first] = [withTag((tag) => tag.writeUInt8(tag.readUInt8(15) ^ 1, 15)), withTag((tag) => tag.writeUInt8(tag.readUInt8(0) ^ 1, 0))];
  expect(await end(last)()).toBe(401);
  expectTheSame(await shareOfSlower(end(last), end(first)));
});

it('takes as long to refuse the pass of a stranger\'s session as one that nobody has', async () => {
  const target = await startTarget();
  onTestFinished(() => target.close());
  const handler = createAvatarHandler(target.options);
  const theirs = renewalOf(await target.grant('ada'));
  const keep = (renewal: string) => async () => (await handler(new Request('https://app.example.com/session/end', { method: 'POST', headers: { origin: 'https://evil.example.com' }, body: JSON.stringify({ renewal }) }))).status;
  expect(await keep(theirs)()).toBe(403);
  // A foreign page learns nothing of whether a pass that it found is any good.
  expectTheSame(await shareOfSlower(keep(theirs), keep(theirs.replace(/[^.]+$/, 'A'.repeat(22)))));
});
