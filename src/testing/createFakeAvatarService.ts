import { abortReason } from '../errors/abort.js';
import type { AvatarError } from '../errors/AvatarError.js';
import type { AvatarConnectOptions, AvatarParams, AvatarService, AvatarServiceEvent } from '../services/service.js';

/** An avatar service without a network, for tests and stories. */
export interface FakeAvatarService extends AvatarService {
  /** Names of what was called, in order: `connect`, `interrupt`, `params {...}`, `flush`, `close`. */
  readonly calls: readonly string[];
  readonly connected: boolean;
  /** Everything that `sendAudio` was given: Int16Array [samples]. */
  received(): Int16Array;
  /** Plays an event of the service. A `disconnect` also ends the connection. */
  emit(event: AvatarServiceEvent): void;
  /** The next attempts to connect reject with these, one each. */
  refuseNext(...errors: AvatarError[]): void;
}

/** Makes a service that accepts everything at once. */
export function createFakeAvatarService(): FakeAvatarService {
  const calls: string[] = [];
  const refusals: AvatarError[] = [];
  let samples: number[] = [];
  let current: AvatarConnectOptions | null = null;

  return {
    kind: 'fake',
    grantRequest: { service: 'fake' },
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
    refuseNext(...errors) {
      refusals.push(...errors);
    },
    async connect(options) {
      calls.push('connect');
      await Promise.resolve();
      if (options.signal.aborted) throw abortReason(options.signal);
      const refusal = refusals.shift();
      if (refusal) throw refusal;
      current = options;
      samples = [];
      const isCurrent = () => current === options;
      options.onEvent({ type: 'connect' });
      options.onEvent({ type: 'join', channelId: options.grant.channel?.channel ?? '' });
      return {
        inputFormat: { sampleRateHz: 16_000, channels: 1 },
        sendAudio(chunk) {
          if (!isCurrent()) return chunk.length / 16;
          for (const sample of chunk) samples.push(sample);
          return 0;
        },
        flushAudio: () => void calls.push('flush'),
        async interrupt() {
          calls.push('interrupt');
        },
        async setParams(params: AvatarParams) {
          calls.push(`params ${JSON.stringify(params)}`);
        },
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
          calls.push('close');
          if (isCurrent()) current = null;
        },
      };
    },
  };
}
