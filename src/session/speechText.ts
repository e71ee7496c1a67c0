import type { ItemSource } from '../streams/openItems.js';
import { speechInvalid, speechMixed } from './speechInvalid.js';

/** Text that is to be said, as it comes. */
export interface SpeechText {
  readonly text: AsyncIterable<string>;
  /** What the application's stream has thrown, whatever the service made of it. */
  readonly failure: { readonly error: unknown } | null;
  /** Aborted with the failure. */
  readonly failed: AbortSignal;
}

/** Text that is all there. */
export function speechFromText(text: string): SpeechText {
  return { text: once(text), failure: null, failed: new AbortController().signal };
}

/** @param first what has been read of the stream already */
export function speechFromTextStream(items: ItemSource, first: string): SpeechText {
  const controller = new AbortController();
  let failure: SpeechText['failure'] = null;

  async function* read(): AsyncGenerator<string, void> {
    try {
      for (let text = first; ; ) {
        yield text;
        const { done, value } = await items.next();
        if (done) return;
        if (value instanceof Int16Array) throw speechMixed('text', 'samples');
        if (typeof value !== 'string') throw speechInvalid(value, 'The stream gave');
        text = value;
      }
    } catch (error) {
      failure = { error };
      controller.abort();
      throw error;
    } finally {
      items.cancel();
    }
  }

  return {
    text: read(),
    get failure() {
      return failure;
    },
    failed: controller.signal,
  };
}

async function* once(text: string): AsyncGenerator<string, void> {
  yield text;
}
