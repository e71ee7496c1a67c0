import { describe, expect, it } from 'vitest';
import { AvatarError } from '../../../src/errors/AvatarError.js';
import { backoffDelay, waitAskedFor } from '../../../src/session/backoffDelay.js';

describe('backoffDelay', () => {
  it('doubles up to a limit, and spreads by half', () => {
    expect([1, 2, 3, 10].map((attempt) => backoffDelay(attempt, 1, 0))).toEqual([250, 500, 1000, 8000]);
    expect(backoffDelay(3, 0, 0)).toBe(500);
  });

  it('waits as long as it was asked to, when that is longer', () => {
    expect(backoffDelay(1, 0.5, 7000)).toBe(7000);
    expect(backoffDelay(10, 1, 7000)).toBe(8000);
  });
});

describe('waitAskedFor', () => {
  const error = (reason: AvatarError['reason'], context = {}): AvatarError => new AvatarError(reason, { message: 'No.', context });

  it('is what a server that is asked too often says, up to a minute', () => {
    expect(waitAskedFor(error('rate-limited', { retryAfterMs: 7000 }))).toBe(7000);
    expect(waitAskedFor(error('rate-limited', { retryAfterMs: 3_600_000 }))).toBe(60_000);
    expect(waitAskedFor(error('rate-limited'))).toBe(0);
  });

  it('is a moment for an avatar that was asked too soon, and nothing for anything else', () => {
    expect(waitAskedFor(error('reconnect-too-soon'))).toBe(1000);
    expect(waitAskedFor(error('no-avatar-available', { retryAfterMs: 2000 }))).toBe(0);
  });
});
