import { abortReason } from '../errors/abort.js';
import { AvatarError } from '../errors/AvatarError.js';
import type { VoiceConnectOptions, VoiceImage, VoiceService, VoiceServiceEvent } from '../services/service.js';

/** A voice service without a network, for tests and stories. */
export interface FakeVoiceService extends VoiceService {
  /** Names of what was called, in order: `connect`, `text ...`, `image png`, `interrupt`, `flush`, `close`. */
  readonly calls: readonly string[];
  readonly connected: boolean;
  /** Everything that `sendAudio` was given: Int16Array [samples]. */
  received(): Int16Array;
  /** Plays an event of the service. A `disconnect` also ends the connection. */
  emit(event: VoiceServiceEvent): void;
  /** The next attempts to connect reject with these, one each. */
  refuseNext(...errors: AvatarError[]): void;
}

export interface FakeVoiceServiceOptions {
  /** What it asks of the session route; null (default): nothing. */
  readonly grantRequest?: Readonly<Record<string, unknown>> | null;
}

/** Makes a service that accepts everything at once and says only what it is told to. */
export function createFakeVoiceService({ grantRequest = null }: FakeVoiceServiceOptions = {}): FakeVoiceService {
  const calls: string[] = [];
  const refusals: AvatarError[] = [];
  let samples: number[] = [];
  let current: VoiceConnectOptions | null = null;

  return {
    kind: 'fake',
    grantRequest,
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
      const note = async (call: string) => {
        if (!isCurrent()) throw new AvatarError('connection-lost', { message: 'The connection is gone.' });
        calls.push(call);
      };
      options.onEvent({ type: 'connect' });
      return {
        inputFormat: { sampleRateHz: 16_000, channels: 1 },
        sendAudio(chunk) {
          if (!isCurrent()) return chunk.length / 16;
          for (const sample of chunk) samples.push(sample);
          return 0;
        },
        flushAudio: () => void calls.push('flush'),
        sendText: (text) => note(`text ${text}`),
        sendImage: ({ format }: VoiceImage) => note(`image ${format}`),
        interrupt: () => note('interrupt'),
        info: () => ({
          service: 'fake',
          connected: isCurrent(),
          ready: isCurrent(),
          sessionId: options.grant.sessionId,
          avatarId: '',
          channelId: null,
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
