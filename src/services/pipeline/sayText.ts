import { AvatarError } from '../../errors/AvatarError.js';
import { abortable } from '../../streams/abortable.js';
import type { Reply, ReplyOptions } from './createReply.js';

export interface SayTextOptions {
  readonly text: AsyncIterable<string>;
  /** Cuts it short. */
  readonly signal: AbortSignal;
  /** What is being said now. */
  readonly present: () => Reply | null;
  readonly isClosed: () => boolean;
  readonly begin: (write: ReplyOptions['write']) => Reply;
  /** Ends a reply before its end, if it is still the present one. */
  readonly stop: (reply: Reply) => void;
}

/**
 * Says text of the application's own, once what is being said has ended: an announcement does not cut off an answer.
 * Resolves when all has been delivered, or when it was cut short. Rejects at once with what the text throws.
 *
 * @throws AvatarError `connection-lost`
 */
export async function sayText({ text, signal, present, isClosed, begin, stop }: SayTextOptions): Promise<void> {
  for (let before = present(); before && !signal.aborted; before = present()) {
    await abortable(before.ended, signal).catch(() => undefined); // seen by the loop
  }
  if (signal.aborted) return;
  if (isClosed()) throw conversationOver();
  const failures: unknown[] = [];
  const reply = begin(() =>
    watched(text, (error) => {
      failures.push(error);
      stop(reply);
    }),
  );
  const cutShort = () => stop(reply);
  signal.addEventListener('abort', cutShort);
  await reply.ended;
  signal.removeEventListener('abort', cutShort);
  if (signal.aborted) return;
  if (failures.length > 0) throw failures[0];
  if (isClosed()) throw conversationOver();
}

/** What an ended conversation answers to text. */
export function conversationOver(): AvatarError {
  return new AvatarError('connection-lost', { message: 'The conversation has ended, so the text was not said or answered.' });
}

/** The same text; tells what it throws. No generator, which would pass on that nobody wants more only when it has more. */
function watched(text: AsyncIterable<string>, onFail: (error: unknown) => void): AsyncIterable<string> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = text[Symbol.asyncIterator]();
      return {
        async next() {
          try {
            return await iterator.next();
          } catch (error) {
            onFail(error);
            throw error;
          }
        },
        return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
      };
    },
  };
}
