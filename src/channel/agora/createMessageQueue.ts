import { AvatarError } from '../../errors/AvatarError.js';
import { createDeferred, type Deferred } from '../../clock/createDeferred.js';
import { assertSendable } from '../assertSendable.js';
import type { AgoraClient, AgoraConnectionState } from './agoraClient.js';
import { lostError, sendError } from './channelError.js';

/** While the SDK reconnects messages pile up. Nobody wants to hear more than this at once afterwards. */
const MAX_WAITING_MESSAGES = 256;

/** Data messages on their way out, in order, one request at a time. */
export interface MessageQueue {
  /** Resolves when the channel has taken the message. */
  send(payload: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Call it with each state of the connection: the queue waits while the SDK reconnects. */
  onState(state: AgoraConnectionState): void;
  /** The room is gone: rejects what waits, and what comes. */
  close(): void;
}

interface Waiting {
  readonly payload: Uint8Array<ArrayBuffer>;
  readonly done: Deferred<void>;
}

/** Makes an empty queue. `prepare` is awaited before each message. */
export function createMessageQueue(client: Pick<AgoraClient, 'sendStreamMessage'>, prepare: () => Promise<void>): MessageQueue {
  let waiting: Waiting[] = [];
  let current: Waiting | null = null;
  let held = false;
  let closed = false;

  async function transmit({ payload, done }: Waiting): Promise<void> {
    try {
      await prepare();
      await client.sendStreamMessage(payload);
      done.resolve();
    } catch (cause) {
      done.reject(sendError(cause));
    }
  }

  async function pump(): Promise<void> {
    while (!current && !held && !closed) {
      const next = waiting[0];
      if (!next) return;
      waiting = waiting.slice(1);
      current = next;
      await transmit(next);
      current = null;
    }
  }

  return {
    async send(payload) {
      assertSendable(payload);
      if (closed) throw lostError('The data message was not sent: the channel is not joined.');
      if (waiting.length >= MAX_WAITING_MESSAGES) {
        throw new AvatarError('rate-limited', {
          message: `${MAX_WAITING_MESSAGES} data messages are waiting for the channel already. Wait for earlier ones before sending more.`,
        });
      }
      // A copy: it may wait, and the caller may write into its buffer again.
      const entry: Waiting = { payload: payload.slice(), done: createDeferred() };
      waiting = [...waiting, entry];
      void pump();
      return entry.done.promise;
    },
    onState(state) {
      held = state === 'RECONNECTING';
      void pump();
    },
    close() {
      closed = true;
      const error = lostError('The data message was not sent: the channel was left.');
      // The one under way as well: the SDK may never answer.
      current?.done.reject(error);
      for (const { done } of waiting) done.reject(error);
      waiting = [];
    },
  };
}
