import type { Clock } from '../../clock/clock.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { createAckWaiter } from './createAckWaiter.js';
import { createPacedQueue } from './createPacedQueue.js';
import { createReassembler, type LiveText } from './createReassembler.js';
import { encodeChat } from './encodeChat.js';
import { encodeCommand } from './encodeCommand.js';
import { AKOOL_LIVE_LIMITS, type AkoolLiveCommand, type AkoolLiveParamsData } from './messages.js';
import { parseLiveMessage, type ParsedLiveMessage } from './parseLiveMessage.js';

export type LiveMessengerEvent =
  /** Something that the user was heard to say, or that the avatar says; again whenever it grows. */
  | ({ readonly type: 'text' } & LiveText)
  | { readonly type: 'speaking'; readonly speaking: boolean }
  /** A message that could not be read. */
  | { readonly type: 'error'; readonly error: AvatarError }
  /** Every message as it was parsed, known or not. */
  | { readonly type: 'message'; readonly message: unknown };

export interface LiveMessengerOptions {
  /** Hands one data message to the channel. */
  readonly send: (payload: Uint8Array<ArrayBuffer>) => void | Promise<void>;
  readonly clock: Clock;
  readonly onEvent: (event: LiveMessengerEvent) => void;
  /** Default 950; TRTC and Agora carry 1,024. */
  readonly maxMessageBytes?: number;
  /** Default 6,000. */
  readonly bytesPerSecond?: number;
  /** How long the avatar may take to acknowledge a command, from the moment it has left. Default 10,000. */
  readonly ackTimeoutMs?: number;
}

export interface LiveSendOptions {
  readonly signal?: AbortSignal;
}

/** Speaks the hosted avatar's message protocol over any channel that carries bytes. */
export interface LiveMessenger {
  /** Says a text to the avatar, in parts when it is long. Resolves once the channel has all of it. */
  chat(text: string, options?: LiveSendOptions): Promise<void>;
  setParams(data: AkoolLiveParamsData, options?: LiveSendOptions): Promise<void>;
  /** Silences the avatar. Chat that has not left yet is dropped: it belongs to what is being interrupted. */
  interrupt(options?: LiveSendOptions): Promise<void>;
  setAction(data: Extract<AkoolLiveCommand, { cmd: 'set-action' }>['data'], options?: LiveSendOptions): Promise<void>;
  /** Takes one data message of the avatar. Never throws. */
  receive(payload: Uint8Array): void;
  /** How long the latest acknowledgement took, in milliseconds; null before the first. */
  readonly roundTripMs: number | null;
  /** Rejects what waits with `connection-lost`. Idempotent. */
  close(): void;
}

/**
 * Makes the messenger of one connection.
 *
 * @throws AvatarError `invalid-options` when a limit is not above 0.
 *
 * @example
 * ```ts
 * const messenger = createLiveMessenger({ clock: systemClock, send: (payload) => connection.send(payload), onEvent: console.log });
 * await messenger.setParams({ mode: 2, lang: 'en' });
 * await messenger.chat('What is the weather like?');
 * ```
 */
export function createLiveMessenger(options: LiveMessengerOptions): LiveMessenger {
  const { send, clock, onEvent, ackTimeoutMs = 10_000 } = options;
  const { maxMessageBytes = AKOOL_LIVE_LIMITS.maxMessageBytes, bytesPerSecond = AKOOL_LIVE_LIMITS.bytesPerSecond } = options;
  checkPositive({ maxMessageBytes, bytesPerSecond, ackTimeoutMs });
  const queue = createPacedQueue({ send, clock, bytesPerSecond, maxMessageBytes });
  const acks = createAckWaiter(clock, ackTimeoutMs);
  const reassembler = createReassembler({ clock, onText: (text) => onEvent({ type: 'text', ...text }) });
  let count = 0;
  // The vendor's client names messages by the millisecond, so that two in one share a name; the counter keeps ours apart.
  const newMid = (kind: string) => `${kind}-${Date.now()}-${++count}`;

  async function command(value: AkoolLiveCommand, { signal }: LiveSendOptions = {}): Promise<void> {
    const mid = newMid(value.cmd);
    const bytes = encodeCommand(value, { mid, maxMessageBytes });
    const ack = acks.expect(mid, value.cmd);
    try {
      await queue.enqueue([bytes], { priority: value.cmd === 'interrupt' ? 'interrupt' : 'command', signal, onLeave: ack.leave });
      await ack.arrives(signal);
    } finally {
      ack.forget();
    }
  }

  return {
    async chat(text, { signal } = {}) {
      await queue.enqueue(encodeChat(text, { mid: newMid('chat'), maxMessageBytes }), { priority: 'chat', signal });
    },
    setParams: (data, sendOptions) => command({ cmd: 'set-params', data }, sendOptions),
    setAction: (data, sendOptions) => command({ cmd: 'set-action', data }, sendOptions),
    interrupt(sendOptions) {
      queue.drop('chat');
      return command({ cmd: 'interrupt' }, sendOptions);
    },
    receive(payload) {
      let parsed: ParsedLiveMessage;
      try {
        parsed = parseLiveMessage(payload);
      } catch (error) {
        if (!AvatarError.isInstance(error)) throw error;
        return onEvent({ type: 'error', error });
      }
      onEvent({ type: 'message', message: parsed.raw });
      switch (parsed.known?.type) {
        case 'chat':
          return reassembler.push(parsed.known);
        case 'ack':
          return acks.settle(parsed.known);
        case 'event':
          return onEvent({ type: 'speaking', speaking: parsed.known.event === 'audio_start' });
        default:
          return;
      }
    },
    get roundTripMs() {
      return acks.roundTripMs;
    },
    close() {
      queue.close();
      acks.rejectAll(new AvatarError('connection-lost', { message: 'The channel closed before the avatar acknowledged. Start the session again.' }));
      reassembler.close();
    },
  };
}

function checkPositive(values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!(value > 0)) throw new AvatarError('invalid-options', { message: `${name} must be a number above 0.`, context: { option: name } });
  }
}
