import type { Channel, ChannelEvent, ChannelJoinOptions } from '../channel/channel.js';
import { abortReason } from '../errors/abort.js';
import type { AvatarError } from '../errors/AvatarError.js';

/** A room without a network, for tests and stories. */
export interface FakeChannel extends Channel {
  /** Names of what was called, in order: `join`, `leave`, `volume 0`, `renew TOKEN`, `resume`. */
  readonly calls: readonly string[];
  readonly joined: boolean;
  /** Plays an event of the room to whoever is joined. */
  emit(event: ChannelEvent): void;
  /** The next `join` rejects with this. */
  refuseNext(error: AvatarError): void;
}

/** Makes an empty room. */
export function createFakeChannel(): FakeChannel {
  const calls: string[] = [];
  let current: ChannelJoinOptions | null = null;
  let refusal: AvatarError | null = null;
  return {
    kind: 'fake',
    calls,
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
        async leave() {
          calls.push('leave');
          if (current === options) current = null;
        },
      };
    },
  };
}
