import { abortable } from './abortable.js';
import { openItems } from './openItems.js';

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
  const items = openItems(source);
  if (!items) throw refuse(source);
  try {
    for (;;) {
      const result = await abortable(items.next(), signal);
      if (result.done) return;
      if (!isItem(result.value)) throw refuse(result.value);
      yield result.value;
    }
  } finally {
    items.cancel();
  }
}

async function giveLater(give: () => unknown): Promise<unknown> {
  return give();
}
