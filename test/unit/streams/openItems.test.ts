import { expect, it } from 'vitest';
import { openItems } from '../../../src/streams/openItems.js';
import { readItems } from '../../../src/streams/readItems.js';

it('knows a stream from what is none', () => {
  for (const none of [null, undefined, 5, 'text', {}, new Int16Array(2), [1, 2]]) expect(openItems(none)).toBeNull();
});

it('cancels a web stream at once although a read of it hangs', async () => {
  let cancelled = 0;
  const items = openItems(new ReadableStream({ cancel: () => void cancelled++ }));
  const reading = items?.next();
  items?.cancel();
  items?.cancel();
  expect(cancelled).toBe(1);
  await expect(reading).resolves.toMatchObject({ done: true });
});

it('gives nothing more once cancelled, also of a generator that was hanging', async () => {
  let wake = () => {};
  const items = openItems((async function* () {
    await new Promise<void>((resolve) => (wake = resolve));
    yield 'late';
  })());
  const reading = items?.next();
  items?.cancel();
  wake();
  await expect(reading).resolves.toMatchObject({ done: true });
});

it('does not tell a stream to stop that has ended or failed', async () => {
  let stopped = 0;
  const source = (next: () => Promise<IteratorResult<unknown>>) => ({ [Symbol.asyncIterator]: () => ({ next, return: async () => (stopped++, { done: true as const, value: undefined }) }) });
  const ended = openItems(source(async () => ({ done: true, value: undefined })));
  await ended?.next();
  ended?.cancel();
  const failed = openItems(source(() => Promise.reject(new Error('no'))));
  await expect(failed?.next()).rejects.toThrow('no');
  failed?.cancel();
  expect(stopped).toBe(0);
});

it('ends a download that an aborted reader no longer wants, although nothing of it comes', async () => {
  let cancelled = false;
  const controller = new AbortController();
  const items = readItems(() => new ReadableStream<string>({ cancel: () => void (cancelled = true) }), {
    isItem: (value) => typeof value === 'string',
    refuse: () => new Error('no text'),
    signal: controller.signal,
  });
  const reading = items.next();
  await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  controller.abort();
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  expect(cancelled).toBe(true);
});
