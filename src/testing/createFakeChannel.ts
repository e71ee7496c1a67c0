import type { Channel, ChannelEvent, ChannelJoinOptions, ChannelStats } from '../channel/channel.js';
import { abortReason } from '../errors/abort.js';
import type { AvatarError } from '../errors/AvatarError.js';

/** A room without a network, for tests and stories. */
export interface FakeChannel extends Channel {
  /** Names of what was called, in order: `join`, `leave`, `volume 0`, `renew TOKEN`, `resume`, `send`, `publish audio`, `unpublish audio`. */
  readonly calls: readonly string[];
  readonly joined: boolean;
  /** Data messages that were sent, as text. */
  readonly sent: readonly string[];
  /** Tracks that are published now. */
  readonly published: readonly MediaStreamTrack[];
  /** Plays an event of the room to whoever is joined. */
  emit(event: ChannelEvent): void;
  /** The next `join` rejects with this. */
  refuseNext(error: AvatarError): void;
}

const NO_STATS: ChannelStats = {
  roundTripMs: null,
  audioDelayMs: null,
  audioLossRate: null,
  videoLossRate: null,
  videoFreezeRate: null,
  sendBitsPerSecond: null,
  receiveBitsPerSecond: null,
};

/** Makes an empty room. */
export function createFakeChannel(): FakeChannel {
  const calls: string[] = [];
  const sent: string[] = [];
  let published: readonly MediaStreamTrack[] = [];
  let current: ChannelJoinOptions | null = null;
  let refusal: AvatarError | null = null;
  return {
    kind: 'fake',
    calls,
    sent,
    get published() {
      return published;
    },
    get joined() {
      return current !== null;
    },
    emit(event) {
      current?.onEvent(event);
      if (event.type === 'disconnect') current = null;
    },
    refuseNext(error) {
      refusal = error;
    },
    async join(options) {
      calls.push('join');
      await Promise.resolve();
      if (options.signal.aborted) throw abortReason(options.signal);
      if (refusal) {
        const error = refusal;
        refusal = null;
        throw error;
      }
      current = options;
      return {
        native: null,
        async resumePlayback() {
          calls.push('resume');
          options.onEvent({ type: 'playback-start' });
        },
        setVolume: (volume) => void calls.push(`volume ${volume}`),
        async renewToken(token) {
          calls.push(`renew ${token}`);
        },
        async send(payload) {
          calls.push('send');
          sent.push(new TextDecoder().decode(payload));
        },
        async publish(track) {
          calls.push(`publish ${track.kind}`);
          published = [...published, track];
          return async () => {
            if (!published.includes(track)) return;
            calls.push(`unpublish ${track.kind}`);
            published = published.filter((other) => other !== track);
          };
        },
        getStats: async () => NO_STATS,
        async leave() {
          calls.push('leave');
          published = [];
          if (current === options) current = null;
        },
      };
    },
  };
}
