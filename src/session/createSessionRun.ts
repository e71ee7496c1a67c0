import type { Channel, ChannelConnection } from '../channel/channel.js';
import type { Clock } from '../clock/clock.js';
import { AvatarError, type AvatarErrorReason } from '../errors/AvatarError.js';
import type { AudioBypass } from '../audio/AudioBypass.js';
import type { AudioStream } from '../audio/AudioStream.js';
import type { Playback } from '../audio/Playback.js';
import type { AvatarConnection, AvatarParams } from '../services/service.js';
import type { Emitter } from '../events/createEmitter.js';
import type { SessionEventMap } from './AvatarSession.js';
import { bypassOf } from './bypassOf.js';
import { createAvatarLink } from './createAvatarLink.js';
import { createMicrophoneTrack } from './createMicrophoneTrack.js';
import { createRoomLink, isSameSeat } from './createRoomLink.js';
import { createRunGrant } from './createRunGrant.js';
import { createVoiceLink, type VoiceLink } from './createVoiceLink.js';
import type { SessionEvent, SessionPart } from './reduceSession.js';
import type { SessionWiring } from './sessionWiring.js';

export interface SessionRunOptions {
  readonly wiring: SessionWiring;
  readonly channel: Channel;
  /** Loads what says the voice service's speech where there is no avatar; null where there is one. */
  readonly loadPlayback: (() => Promise<Playback>) | null;
  readonly microphone: AudioStream;
  /** Tells of cuts past the page; null where nobody detects turns. */
  readonly subscribeCuts: AudioBypass['subscribeCuts'];
  readonly clock: Clock;
  readonly emitter: Emitter<SessionEventMap>;
  readonly dispatch: (event: SessionEvent) => void;
  /** The voice service heard the user begin to speak. */
  readonly onBargeIn: () => void;
  /** A piece of a reply has come from the voice service. */
  readonly onReplySpeech: () => void;
  /** False while a button has to be held to be heard, and is not. */
  readonly isMicrophoneOpen: () => boolean;
  /** Read at each connection, so that a reconnect re-sends what was set last. */
  readonly params: () => AvatarParams;
  /** 0 to 1 */
  readonly volume: () => number;
  /** The output device; an empty string for the system's default. */
  readonly speakerId: () => string;
}

/** The connections of a session between one start and its end. */
export interface SessionRun {
  open(part: SessionPart): void;
  readonly avatar: AvatarConnection | null;
  /** Null where the microphone speaks to the avatar itself. */
  readonly voice: VoiceLink | null;
  readonly channel: ChannelConnection | null;
  /** Whether the user may be heard has changed. */
  updateMicrophoneTrack(): void;
  /** Closes everything that is open or being opened. Idempotent, never rejects. */
  close(options?: { readonly leaving: boolean }): Promise<void>;
}

/** What is thought of a rejection that is no AvatarError, by the part that rejected. */
const UNEXPECTED: Readonly<Record<SessionPart, AvatarErrorReason>> = {
  grant: 'grant-failed',
  microphone: 'microphone-unsupported',
  channel: 'channel-failed',
  avatar: 'avatar-error',
  voice: 'avatar-error',
};

/** Makes a run with nothing open. */
export function createSessionRun(options: SessionRunOptions): SessionRun {
  const { wiring, microphone, clock, emitter, dispatch } = options;
  const controller = new AbortController();
  const { signal } = controller;
  const livesInRoom = wiring.avatar?.hears === 'room';
  let closing: Promise<void> | null = null;

  const report = (part: SessionPart) => (cause: unknown) => {
    if (!signal.aborted) emitter.emit('error', { error: asAvatarError(cause, part) });
  };
  const grant = createRunGrant({
    source: wiring.source,
    wishes: wiring.wishes,
    clock,
    signal,
    dispatch,
    async onRoom(fresh, before) {
      // A vendor that has opened its session anew may have made a new room for it.
      if (livesInRoom && room.connection && !isSameSeat(before, fresh)) {
        await room.leave();
        await room.open(fresh);
      } else room.renew(fresh, before);
    },
  });
  const room = createRoomLink({ ...options, signal, onTokenExpire: () => void grant.renewChannel().catch(report('grant')), onChange: () => track?.update() });
  const bypass = bypassOf(options);
  const avatar = createAvatarLink({ ...options, service: wiring.avatar, bypass: bypass.avatar, signal, room: room.joined, onSetFail: report('avatar') });
  const voice = wiring.voice && createVoiceLink({ ...options, service: wiring.voice, bypass: bypass.voice, avatar: () => avatar.connection, signal });
  const hearsTrack = livesInRoom && !wiring.voice && !wiring.unused.includes('microphone');
  const track = hearsTrack ? createMicrophoneTrack({ microphone, isOpen: options.isMicrophoneOpen, room: () => room.connection, onFail: report('channel') }) : null;

  const openers: Record<SessionPart, () => Promise<void>> = {
    grant: grant.open,
    microphone: () => microphone.start(),
    channel: () => room.open(grant.current?.channel),
    avatar: () => avatar.open(grant.current, grant.keepLease),
    voice: async () => voice?.open(grant.current),
  };

  return {
    get avatar() {
      return avatar.connection;
    },
    voice,
    get channel() {
      return room.connection;
    },
    updateMicrophoneTrack: () => track?.update(),
    open(part) {
      openers[part]().then(
        () => {
          if (!signal.aborted) dispatch({ type: 'part-open', part });
        },
        (cause: unknown) => {
          // What an end cuts off is not a failure.
          if (signal.aborted) return;
          dispatch({ type: 'part-fail', part, error: asAvatarError(cause, part) });
        },
      );
    },
    close({ leaving } = { leaving: false }) {
      closing ??= (async () => {
        controller.abort();
        track?.stop();
        microphone.stop();
        const told = grant.end(leaving);
        // A port of the application's own may reject all the same.
        await Promise.allSettled([voice?.close(), avatar.close(), room.leave()]);
        await told;
      })();
      return closing;
    },
  };
}

function asAvatarError(cause: unknown, part: SessionPart): AvatarError {
  if (AvatarError.isInstance(cause)) return cause;
  return new AvatarError(UNEXPECTED[part], { message: 'Something unexpected went wrong while connecting; the cause is attached.', retryable: false, cause });
}
