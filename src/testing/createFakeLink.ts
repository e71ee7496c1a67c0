import { abortReason } from '../errors/abort.js';
import type { AvatarError } from '../errors/AvatarError.js';
import type { Grant } from '../grant/grant.js';
import type { ConnectionInfo } from '../services/service.js';

/** What every fake service can be asked and told. */
export interface FakeService<Event> {
  /** Names of what was called, in order, `connect` and `close` among them. */
  readonly calls: readonly string[];
  readonly connected: boolean;
  /** Everything that `sendAudio` was given on the present connection: Int16Array [samples]. */
  received(): Int16Array;
  /** Plays an event of the service. A `disconnect` also ends the connection. */
  emit(event: Event): void;
  /** The next attempts to connect reject with these, one each. */
  refuseNext(...errors: AvatarError[]): void;
}

interface ConnectOptions<Event> {
  readonly grant: Grant;
  readonly signal: AbortSignal;
  readonly onEvent: (event: Event) => void;
}

/** One connection of a fake service: what both ports have in common. */
export interface FakeConnection {
  readonly isCurrent: () => boolean;
  readonly inputFormat: { readonly sampleRateHz: 16_000; readonly channels: 1 };
  sendAudio(chunk: Int16Array): number;
  flushAudio(): void;
  info(): ConnectionInfo;
  close(): Promise<void>;
}

/** The inside of a fake service: it lets one connection in at a time, and keeps a record. */
export function createFakeLink<Event extends { readonly type: string }>(): {
  readonly service: FakeService<Event>;
  readonly note: (call: string) => void;
  readonly admit: (options: ConnectOptions<Event>) => Promise<FakeConnection>;
} {
  const calls: string[] = [];
  const refusals: AvatarError[] = [];
  let samples: number[] = [];
  let current: ConnectOptions<Event> | null = null;
  const note = (call: string) => void calls.push(call);

  return {
    note,
    service: {
      calls,
      get connected() {
        return current !== null;
      },
      received: () => Int16Array.from(samples),
      emit(event) {
        const target = current;
        if (event.type === 'disconnect') current = null;
        target?.onEvent(event);
      },
      refuseNext: (...errors) => void refusals.push(...errors),
    },
    async admit(options) {
      note('connect');
      await Promise.resolve();
      if (options.signal.aborted) throw abortReason(options.signal);
      const refusal = refusals.shift();
      if (refusal) throw refusal;
      current = options;
      samples = [];
      const isCurrent = () => current === options;
      return {
        isCurrent,
        inputFormat: { sampleRateHz: 16_000, channels: 1 },
        sendAudio(chunk) {
          if (!isCurrent()) return chunk.length / 16;
          for (const sample of chunk) samples.push(sample);
          return 0;
        },
        flushAudio: () => note('flush'),
        info: () => ({
          service: 'fake',
          connected: isCurrent(),
          ready: isCurrent(),
          sessionId: options.grant.sessionId,
          avatarId: options.grant.avatar?.avatarId ?? '',
          channelId: options.grant.channel?.channel ?? null,
          roundTripMs: null,
          sentAudioMs: samples.length / 16,
        }),
        async close() {
          note('close');
          if (isCurrent()) current = null;
        },
      };
    },
  };
}
