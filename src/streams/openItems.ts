/** A stream of the application's, read item by item. */
export interface ItemSource {
  /** Rejects with what the stream throws, as it is. Gives nothing more once cancelled. */
  next(): Promise<IteratorResult<unknown, unknown>>;
  /** Tells the stream to stop, unless it has ended. Idempotent, and waits for nothing: a generator may hang in its own `await`. */
  cancel(): void;
}

const END: IteratorResult<unknown, unknown> = { done: true, value: undefined };

interface ItemIterator {
  next(): Promise<IteratorResult<unknown, unknown>>;
  return?(): Promise<unknown>;
}

/**
 * Takes hold of a stream.
 * @returns null for what is no stream.
 * @throws TypeError when somebody else is reading it.
 */
export function openItems(source: unknown): ItemSource | null {
  const iterator = iteratorOf(source);
  if (!iterator) return null;
  let finished = false;
  return {
    async next() {
      try {
        const result = await iterator.next();
        // A generator may have been hanging when it was told to stop, and have given one more.
        if (finished) return END;
        finished = result.done === true;
        return result;
      } catch (error) {
        finished = true;
        throw error;
      }
    },
    cancel() {
      if (finished) return;
      finished = true;
      iterator.return?.().catch(() => undefined); // it was told; how it takes it is its own affair
    },
  };
}

function iteratorOf(source: unknown): ItemIterator | null {
  if (typeof source !== 'object' || source === null) return null;
  // First, since the iterator of a web stream says `return` only after a pending read, and Safari's has none.
  if ('getReader' in source) {
    const reader = (source as ReadableStream<unknown>).getReader(); // by the check above; every item is checked
    return { next: () => reader.read(), return: () => reader.cancel() };
  }
  if (!(Symbol.asyncIterator in source)) return null;
  const iterator = (source as AsyncIterable<unknown>)[Symbol.asyncIterator](); // by the check above; every item is checked
  return { next: async () => iterator.next(), return: async () => iterator.return?.() };
}
