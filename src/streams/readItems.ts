import { abortable } from './abortable.js';

/** One value, or several in order, now or later: whatever an SDK or `fetch` happens to return. */
export type Streamed<T> = T | AsyncIterable<T> | ReadableStream<T>;

export interface ReadOptions<T> {
  readonly isItem: (value: unknown) => value is T;
  /** The error for a value that is no item. */
  readonly refuse: (value: unknown) => Error;
  readonly signal: AbortSignal;
}

/** Reads what a function of the application gives. When the reader stops or the signal is aborted, the source is told to stop. */
export async function* readItems<T>(give: () => Streamed<T> | PromiseLike<Streamed<T>>, options: ReadOptions<T>): AsyncGenerator<T, void> {
  const { isItem, refuse, signal } = options;
  const source: unknown = await abortable(giveLater(give), signal);
  if (isItem(source)) {
    yield source;
    return;
  }
  const iterator = iteratorOf(source);
  if (!iterator) throw refuse(source);
  let finished = false;
  try {
    for (;;) {
      const result = await abortable(iterator.next(), signal).catch((error: unknown) => {
        finished = !signal.aborted;
        throw error;
      });
      if (result.done) {
        finished = true;
        return;
      }
      if (!isItem(result.value)) throw refuse(result.value);
      yield result.value;
    }
  } finally {
    // Not waited for: a generator that hangs in its own `await` answers only when that is over.
    if (!finished) iterator.return?.().catch(() => undefined);
  }
}

async function giveLater(give: () => unknown): Promise<unknown> {
  return give();
}

interface ItemIterator {
  next(): Promise<IteratorResult<unknown, unknown>>;
  return?(): Promise<unknown>;
}

function iteratorOf(source: unknown): ItemIterator | null {
  if (typeof source !== 'object' || source === null) return null;
  if (Symbol.asyncIterator in source) {
    const iterator = (source as AsyncIterable<unknown>)[Symbol.asyncIterator](); // by the check above; every item is checked
    return { next: async () => iterator.next(), return: async () => iterator.return?.() };
  }
  // Safari's ReadableStream is not iterable.
  if (!('getReader' in source)) return null;
  const reader = (source as ReadableStream<unknown>).getReader(); // by the check above; every item is checked
  return { next: () => reader.read(), return: () => reader.cancel() };
}
