import type { Channel, ChannelConnection, ChannelEvent } from '../channel/channel.js';
import type { Clock } from '../clock/clock.js';
import { createDeferred } from '../clock/createDeferred.js';
import { abortReason } from '../errors/abort.js';
import { AvatarError } from '../errors/AvatarError.js';
import { createEmitter, type Emitter } from '../events/createEmitter.js';
import type { ChannelGrant } from '../grant/grant.js';
import type { AvatarRoom, AvatarRoomEvent } from '../services/service.js';
import type { SessionEventMap } from './AvatarSession.js';
import type { SessionEvent } from './SessionEvent.js';

export interface RoomLinkOptions {
  readonly channel: Channel;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly emitter: Emitter<SessionEventMap>;
  readonly dispatch: (event: SessionEvent) => void;
  /** 0 to 1 */
  readonly volume: () => number;
  /** The output device; an empty string for the system's default. */
  readonly speakerId: () => string;
  readonly onTokenExpire: () => void;
  /** The room was joined, or is gone. */
  readonly onChange: () => void;
}

/** The room of a run, and what an avatar service may use of it. */
export interface RoomLink {
  readonly connection: ChannelConnection | null;
  open(grant: ChannelGrant | undefined): Promise<void>;
  /** Resolves once a room is joined; rejects when the run is over. */
  joined(): Promise<AvatarRoom>;
  /** A fresh grant admits to this room: the same one takes the new token, another one is refused. */
  renew(fresh: ChannelGrant, before: ChannelGrant | undefined): void;
  leave(): Promise<void>;
}

/** Makes a link with no room joined. */
export function createRoomLink(options: RoomLinkOptions): RoomLink {
  const { channel, clock, signal, emitter, dispatch, volume, speakerId, onTokenExpire, onChange } = options;
  let connection: ChannelConnection | null = null;
  let avatarRoom: AvatarRoom | null = null;
  let avatars: ReadonlySet<number> = new Set();
  let audience = createEmitter<{ event: AvatarRoomEvent }>();
  let next = createDeferred<AvatarRoom>();
  /** A join under way; one that the run's end has cut off leaves before it settles. */
  let joining: Promise<void> | null = null;
  signal.addEventListener('abort', () => next.reject(abortReason(signal)), { once: true });

  function tell(event: AvatarRoomEvent): void {
    audience.emit('event', event);
  }

  /** What was joined is gone; who asks for a room waits for the next one. */
  function forget(): void {
    connection = null;
    avatars = new Set();
    if (avatarRoom) next = createDeferred();
    avatarRoom = null;
    audience = createEmitter();
  }

  function onEvent(event: ChannelEvent): void {
    if (signal.aborted) return;
    switch (event.type) {
      case 'video':
        return dispatch({ type: 'video-change', video: event.video });
      case 'audio':
        return dispatch({ type: 'audio-change', audio: event.audio });
      case 'playback-block':
      case 'playback-start':
        return dispatch({ type: event.type });
      case 'connect':
      case 'reconnect':
        return dispatch({ type: 'room-change', room: event.type === 'connect' ? 'joined' : 'reconnecting' });
      case 'network-quality':
        return dispatch({ type: 'network-change', network: { uplink: event.uplink, downlink: event.downlink } });
      case 'volume':
        return emitter.emit('channel-volume', { levels: event.levels });
      case 'message':
        tell(event);
        return emitter.emit('channel-message', { uid: event.uid, payload: event.payload });
      case 'avatar-join':
        avatars = new Set([...avatars, event.uid]);
        return tell(event);
      case 'avatar-leave':
        avatars = new Set([...avatars].filter((uid) => uid !== event.uid));
        return tell(event);
      case 'error':
        return emitter.emit('error', { error: event.error });
      case 'token-expire':
        return onTokenExpire();
      case 'disconnect': {
        const leaving = audience;
        forget();
        onChange();
        dispatch({ type: 'part-fail', part: 'channel', error: event.error });
        leaving.emit('event', { type: 'disconnect', error: event.error });
      }
    }
  }

  function roomOf(opened: ChannelConnection): AvatarRoom {
    const ours = audience;
    return {
      get avatarUid() {
        const [uid = null] = ours === audience ? avatars : [];
        return uid;
      },
      send: (payload) => opened.send(payload),
      subscribe: (listener) => ours.on('event', listener),
    };
  }

  async function join(grant: ChannelGrant): Promise<void> {
    const opened = await channel.join({ grant, signal, clock, onEvent });
    if (signal.aborted) return opened.leave();
    opened.setVolume(volume());
    // Where it is gone by now, the default plays.
    if (speakerId() !== '') opened.setSpeaker?.(speakerId()).catch((cause: unknown) => emitter.emit('error', { error: asSoundError(cause) }));
    connection = opened;
    avatarRoom = roomOf(opened);
    next.resolve(avatarRoom);
    dispatch({ type: 'room-change', room: 'joined' });
    onChange();
  }

  return {
    get connection() {
      return connection;
    },
    joined: () => next.promise,
    async open(grant) {
      if (!grant) throw new AvatarError('grant-invalid', { message: 'The grant admits to no channel. Check the channel option of the server.' });
      const own = join(grant);
      joining = own;
      await own.finally(() => {
        if (joining === own) joining = null;
      });
    },
    renew(fresh, before) {
      if (!connection) return;
      if (!isSameSeat(before, fresh)) {
        throw new AvatarError('grant-invalid', {
          message: 'The renewed grant is for another room than the one that was joined. Answer the purpose renew with a grant of the same session.',
        });
      }
      // The room is kept over a reconnect; its token should not be the old one. Not waited for: with the old one it goes on for now.
      connection.renewToken(fresh.token).catch((cause: unknown) => {
        if (signal.aborted) return;
        emitter.emit('error', { error: new AvatarError('channel-failed', { message: 'The channel did not take the renewed token.', cause }) });
      });
    },
    async leave() {
      const leaving = connection;
      forget();
      onChange();
      await Promise.all([leaving?.leave(), joining?.catch(() => undefined)]); // whoever opened it is told of a failure
    },
  };
}

/** True when a grant leads to where the page is already. */
export function isSameSeat(before: ChannelGrant | undefined, after: ChannelGrant): boolean {
  return before?.kind === after.kind && before.appId === after.appId && before.channel === after.channel && before.avatarUid === after.avatarUid;
}

function asSoundError(cause: unknown): AvatarError {
  return AvatarError.isInstance(cause) ? cause : new AvatarError('sound-unavailable', { message: 'The chosen output device could not be used. The default plays.', cause });
}
