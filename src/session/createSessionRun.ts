import type { Channel, ChannelConnection } from '../channel/channel.js';
import type { Clock } from '../clock/clock.js';
import { withTimeout } from '../clock/withTimeout.js';
import type { AvatarErrorReason } from '../errors/AvatarError.js';
import type { AudioBypass } from '../audio/AudioBypass.js';
import type { AudioStream } from '../audio/AudioStream.js';
import type { Playback } from '../audio/Playback.js';
import type { AvatarConnection, AvatarParams } from '../services/service.js';
import type { Emitter } from '../events/createEmitter.js';
import type { GrantSource } from '../grant/createGrantSource.js';
import { asAvatarError } from './asAvatarError.js';
import type { SessionEventMap } from './AvatarSession.js';
import { bypassOf } from './bypassOf.js';
import { createAvatarLink } from './createAvatarLink.js';
import { createMicrophoneTrack } from './createMicrophoneTrack.js';
import { createRoomLink, isSameSeat } from './createRoomLink.js';
import { createRunGrant } from './createRunGrant.js';
import { createVoiceLink, type VoiceLink } from './createVoiceLink.js';
import { pageDepartures } from './pageDepartures.js';
import type { SessionEvent, SessionPart } from './SessionEvent.js';
import type { SessionWiring } from './sessionWiring.js';
import { tapSpeech, type AvatarMouth, type SpeechTap } from './tapSpeech.js';

export interface SessionRunOptions {
  readonly wiring: SessionWiring;
  /** Null: nothing in this wiring needs a server. */
  readonly source: GrantSource | null;
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
  /** The avatar was given speech, other than the microphone's. */
  readonly onSpeechGiven: SpeechTap;
  /** False while a button has to be held to be heard, and is not. */
  readonly isMicrophoneOpen: () => boolean;
  /** Read at each connection, so that a reconnect re-sends what was set last. */
  readonly params: () => AvatarParams;
  /** 0 to 1 */
  readonly volume: () => number;
  /** The output device; an empty string for the system's default. */
  readonly speakerId: () => string;
}

/** What a run opens. The microphone is the session's own: it is asked for before there is a run. */
export type RunPart = Exclude<SessionPart, 'microphone'>;

/** The connections of a session between one start and its end. */
export interface SessionRun {
  open(part: RunPart): void;
  readonly avatar: AvatarConnection | null;
  /** What of the avatar takes speech. */
  readonly mouth: AvatarMouth | null;
  /** Null where the microphone speaks to the avatar itself. */
  readonly voice: VoiceLink | null;
  readonly channel: ChannelConnection | null;
  /** Whether the user may be heard has changed. */
  updateMicrophoneTrack(): void;
  /** Closes everything that is open or being opened. Idempotent, never rejects. */
  close(options?: { readonly leaving: boolean }): Promise<void>;
}

/** What is thought of a rejection that is no AvatarError, by the part that rejected. */
const UNEXPECTED: Readonly<Record<RunPart, AvatarErrorReason>> = {
  grant: 'grant-failed',
  channel: 'channel-failed',
  avatar: 'avatar-error',
  voice: 'avatar-error',
};

/** What has not been left by then holds up neither the end of this session nor the start of the next one. */
const LEAVE_TIMEOUT_MS = 5000;

/** Makes a run with nothing open. */
export function createSessionRun(options: SessionRunOptions): SessionRun {
  const { wiring, microphone, clock, emitter, dispatch } = options;
  const controller = new AbortController();
  const { signal } = controller;
  const livesInRoom = wiring.avatar?.hears === 'room';
  let closing: Promise<void> | null = null;

  const report = (part: RunPart) => (cause: unknown) => {
    if (!signal.aborted) emitter.emit('error', { error: asAvatarError(cause, UNEXPECTED[part]) });
  };
  const grant = createRunGrant({
    source: options.source,
    wishes: wiring.wishes,
    clock,
    signal,
    dispatch,
    async onRoom(fresh, before) {
      // While the user may still be asked for the microphone. `join` tells of what does not come.
      if (!room.connection) options.channel.preload?.(fresh).catch(() => undefined);
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
  const mouth = () => avatar.connection && tapSpeech(avatar.connection, options.onSpeechGiven);
  const voice = wiring.voice && createVoiceLink({ ...options, service: wiring.voice, bypass: bypass.voice, avatar: mouth, signal });
  const hearsTrack = livesInRoom && !wiring.voice && !wiring.unused.includes('microphone');
  const track = hearsTrack ? createMicrophoneTrack({ microphone, isOpen: options.isMicrophoneOpen, room: () => room.connection, onFail: report('channel') }) : null;

  /** Who was let go leaves first: the server may grant one session at a time, and no page belongs in two rooms. */
  const afterOthers = (open: () => Promise<void>) => async () => {
    // In the same task where there is nobody to wait for: the sooner the server is asked, the sooner somebody is seen.
    if (pageDepartures().isAnyOpen()) await pageDepartures().finish({ clock, signal });
    await open();
  };
  const openers: Record<RunPart, () => Promise<void>> = {
    grant: afterOthers(grant.open),
    channel: afterOthers(() => room.open(grant.current?.channel)),
    avatar: () => avatar.open(grant.current, grant.keepLease),
    voice: async () => voice?.open(grant.current),
  };

  return {
    get avatar() {
      return avatar.connection;
    },
    get mouth() {
      return mouth();
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
          dispatch({ type: 'part-fail', part, error: asAvatarError(cause, UNEXPECTED[part]) });
        },
      );
    },
    close({ leaving } = { leaving: false }) {
      closing ??= (async () => {
        controller.abort();
        track?.stop();
        const told = grant.end(leaving);
        // A port of the application's own may reject all the same, or hang.
        const left = Promise.allSettled([voice?.close(), avatar.close(), room.leave()]);
        await withTimeout(left, clock, LEAVE_TIMEOUT_MS, () => new Error('The session was not left in time.')).catch(() => undefined); // there is nothing more to be done about it
        await told;
      })();
      return closing;
    },
  };
}
