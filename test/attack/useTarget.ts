import { afterEach, beforeEach } from 'vitest';
import { startTarget, type Target } from './startTarget.js';

/** A target for each test, which must be unharmed after it: it still serves the honest, and no secret has left it. */
export function useTarget(adjust?: Parameters<typeof startTarget>[0]): () => Target {
  let target: Target | undefined;
  beforeEach(async () => void (target = await startTarget(adjust)));
  afterEach(async () => {
    try {
      await target?.expectUnharmed();
    } finally {
      await target?.close();
    }
  });
  return () => {
    if (target === undefined) throw new Error('The target is there while a test runs.');
    return target;
  };
}
