import type { Clock } from '../../clock/clock.js';
import { createDeferred, type Deferred } from '../../clock/createDeferred.js';
import { abortReason } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { checkPayload } from './checkPayload.js';

/** What goes first: an interrupt before commands, commands before chat. */
export type MessagePriority = 'interrupt' | 'command' | 'chat';

const RANK: Readonly<Record<MessagePriority, number>> = { interrupt: 0, command: 1, chat: 2 };

export interface PacedQueueOptions {
  /** Hands one message to the channel. */
  readonly send: (payload: Uint8Array<ArrayBuffer>) => void | Promise<void>;
  readonly clock: Clock;
  readonly bytesPerSecond: number;
  readonly maxMessageBytes: number;
}

export interface EnqueueOptions {
  readonly priority: MessagePriority;
  readonly signal?: AbortSignal | undefined;
  /** The last part is handed to the channel. */
  readonly onLeave?: () => void;
}

/** The one way out of a connection: whoever sends shares its rate. */
export interface PacedQueue {
  /**
   * Sends the parts in order, nothing of lower priority first.
   *
   * @returns resolves once the channel has taken every part. Rejects with the abort reason, with what `send` rejected with,
   * with `connection-lost` after `close`, or with `message-too-large` and `message-invalid` before anything is sent.
   */
  enqueue(parts: readonly Uint8Array<ArrayBuffer>[], options: EnqueueOptions): Promise<void>;
  /** Forgets what waits in that priority; its promises reject with an abort. */
  drop(priority: MessagePriority): void;
  /** Forgets everything and takes nothing more. Idempotent. */
  close(): void;
  readonly waitingBytes: number;
}

interface Job {
  readonly rank: number;
  parts: readonly Uint8Array<ArrayBuffer>[];
  readonly sends: Promise<void>[];
  readonly onLeave: (() => void) | undefined;
  readonly deferred: Deferred<void>;
}

/**
 * Makes a queue that is paced by a token bucket. The bucket holds one message, so that a second carries the rate and one
 * message at most; an interrupt may borrow one more, since every millisecond of it is heard.
 */
export function createPacedQueue({ send, clock, bytesPerSecond, maxMessageBytes }: PacedQueueOptions): PacedQueue {
  const bytesPerMs = bytesPerSecond / 1000;
  let jobs: readonly Job[] = [];
  /** All handed over, not yet all taken: a channel that is left may never say. */
  const flying = new Set<Job>();
  let tokens = maxMessageBytes;
  let countedAtMs = clock.now();
  let cancelWait: (() => void) | null = null;
  let closed = false;

  function remove(job: Job): void {
    jobs = jobs.filter((other) => other !== job);
  }

  function fail(job: Job, error: Error): void {
    remove(job);
    flying.delete(job);
    job.deferred.reject(error);
  }

  function refill(): void {
    const nowMs = clock.now();
    tokens = Math.min(maxMessageBytes, tokens + (nowMs - countedAtMs) * bytesPerMs);
    countedAtMs = nowMs;
  }

  function handOver(job: Job, part: Uint8Array<ArrayBuffer>): void {
    tokens -= part.byteLength;
    job.parts = job.parts.slice(1);
    if (job.parts.length === 0) job.onLeave?.();
    // Not awaited: the gateway's round trip is no reason to hold an interrupt back. Parts carry their place.
    const sent = new Promise<void>((resolve) => resolve(send(part)));
    sent.catch((error: Error) => fail(job, error));
    job.sends.push(sent);
    if (job.parts.length > 0) return;
    remove(job);
    flying.add(job);
    const land = () => {
      flying.delete(job);
      job.deferred.resolve();
    };
    void Promise.all(job.sends).then(land, () => undefined);
  }

  function run(): void {
    cancelWait?.();
    cancelWait = null;
    for (;;) {
      const job = jobs[0];
      const part = job?.parts[0];
      if (!job || !part) return;
      refill();
      const missing = part.byteLength - tokens - (job.rank === RANK.interrupt ? maxMessageBytes : 0);
      if (missing > 0) {
        // Timers may fire a little early, so a whole millisecond is the least to wait.
        cancelWait = clock.schedule(run, Math.max(1, Math.ceil(missing / bytesPerMs)));
        return;
      }
      handOver(job, part);
    }
  }

  return {
    async enqueue(parts, { priority, signal, onLeave }) {
      if (signal?.aborted) throw abortReason(signal);
      if (closed) throw connectionLost();
      for (const part of parts) checkPayload(part, maxMessageBytes);
      if (parts.length === 0) return;
      const job: Job = { rank: RANK[priority], parts, sends: [], onLeave, deferred: createDeferred() };
      const place = jobs.findIndex((other) => other.rank > job.rank);
      jobs = place === -1 ? [...jobs, job] : jobs.toSpliced(place, 0, job);
      const onAbort = () => signal && (fail(job, abortReason(signal)), run());
      signal?.addEventListener('abort', onAbort, { once: true });
      run();
      try {
        await job.deferred.promise;
      } finally {
        signal?.removeEventListener('abort', onAbort);
      }
    },
    drop(priority) {
      for (const job of jobs) if (job.rank === RANK[priority]) fail(job, new DOMException('The message was dropped.', 'AbortError'));
      run();
    },
    close() {
      closed = true;
      for (const job of [...jobs, ...flying]) fail(job, connectionLost());
      run();
    },
    get waitingBytes() {
      return jobs.reduce((sum, job) => sum + job.parts.reduce((bytes, part) => bytes + part.byteLength, 0), 0);
    },
  };
}

function connectionLost(): AvatarError {
  return new AvatarError('connection-lost', { message: 'The channel is closed; the message was not sent. Start the session again.' });
}
