import { assertSendable } from '../channel/assertSendable.js';
import type { Channel, ChannelEvent, ChannelJoinOptions, ChannelStats } from '../channel/channel.js';
import { abortReason } from '../errors/abort.js';
import { AvatarError } from '../errors/AvatarError.js';

/** A room without a network, for tests and stories. */
export interface FakeChannel extends Channel {
  /** Names of what was called, in order: `join`, `leave`, `volume 0`, `speaker ID`, `renew TOKEN`, `resume`, `send`, `publish audio`, `unpublish audio`. */
  readonly calls: readonly string[];
  readonly joined: boolean;
  /** Data messages that were sent, as text. */
  readonly sent: readonly string[];
  /** Tracks that are published now. */
  readonly published: readonly MediaStreamTrack[];
  /** Plays an event of the room to whoever is joined. An avatar that comes while nobody is will be met by the next one to join. */
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
  /** Avatars that came while nobody was joined. */
  let early: readonly ChannelEvent[] = [];
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
      if (!current && event.type === 'avatar-join') early = [...early, event];
      const listening = current;
      if (event.type === 'disconnect') {
        current = null;
        published = [];
      }
      listening?.onEvent(event);
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
      const isGone = () => current !== options;
      const unpublish = (track: MediaStreamTrack) => {
        if (isGone() || !published.includes(track)) return;
        calls.push(`unpublish ${track.kind}`);
        published = published.filter((other) => other !== track);
      };
      options.onEvent({ type: 'connect' });
      for (const event of early) options.onEvent(event);
      early = [];
      return {
        native: null,
        async resumePlayback() {
          calls.push('resume');
          options.onEvent({ type: 'playback-start' });
        },
        setVolume: (volume) => void calls.push(`volume ${volume}`),
        setSpeaker: async (deviceId) => void calls.push(`speaker ${deviceId}`),
        async renewToken(token) {
          calls.push(`renew ${token}`);
        },
        async send(payload) {
          assertSendable(payload);
          if (isGone()) throw lost('The data message was not sent: the channel is not joined.');
          calls.push('send');
          sent.push(new TextDecoder().decode(payload));
        },
        async publish(track) {
          if (isGone()) throw lost('The track was not published: the channel is not joined.');
          if (track.kind === 'video') for (const other of published) if (other.kind === 'video') unpublish(other);
          calls.push(`publish ${track.kind}`);
          published = [...published, track];
          return async () => unpublish(track);
        },
        getStats: async () => NO_STATS,
        async leave() {
          calls.push('leave');
          if (isGone()) return;
          published = [];
          current = null;
        },
      };
    },
  };
}

const lost = (message: string) => new AvatarError('connection-lost', { message });
