import { describe, expect, it } from 'vitest';
import { AvatarError } from '../../../src/server.js';
import { describeCause } from '../../../src/server/handler/describeCause.js';

const SECRET = 'hunter2';

class DatabaseError extends Error {}

describe('where a foreign error came from', () => {
  it('is its class and the first places of its stack, also behind an error of ours', () => {
    const described = describeCause(new AvatarError('server-misconfigured', { message: 'm', cause: new DatabaseError(`no ${SECRET}`) }));
    expect(described).toMatch(/^DatabaseError at .*describeCause\.test\.ts:\d+:\d+/);
    expect(described?.match(/:\d+:\d+/g)?.length).toBeLessThanOrEqual(3);
    expect(described).not.toContain(SECRET);
    expect(describeCause(new Error(''))).toContain('describeCause.test.ts');
  });

  it.each<[string, () => unknown]>([
    ['a message of several lines that looks like a stack', () => new Error(`x\n    at ${SECRET} (/app/x.js:1:1)\n    at /app/${SECRET}:1:1`)],
    ['a message that was changed afterwards', () => Object.assign(new Error(`x\n    at ${SECRET} (/app/x.js:1:1)`), { message: 'harmless' })],
    ['a message that was emptied afterwards', () => Object.assign(new Error(`x\n    at ${SECRET} (/app/x.js:1:1)`), { message: '' })],
    ['a name that is none', () => Object.assign(new Error('x'), { name: `postgres://${SECRET}` })],
    ['a stack that was written by hand', () => Object.assign(new Error('x'), { stack: `Error: x\n    at postgres://root:${SECRET}@db:5432:1` })],
    ['a stack that is none', () => Object.assign(new Error('x'), { stack: { text: SECRET } })],
    ['a class of a name made up', () => Object.assign(new Error('x'), { constructor: { name: `${SECRET} of\nmine` } })],
    ['no error at all', () => SECRET],
  ])('is not told by %s', (_case, make) => {
    expect(describeCause(make()) ?? '').not.toContain(SECRET);
  });
});
