import type { Channel, ChannelConnection, ChannelEvent } from '../channel/channel.js';
import type { Clock } from '../clock/clock.js';
import { withTimeout } from '../clock/withTimeout.js';
import { AvatarError, type AvatarErrorReason } from '../errors/AvatarError.js';
import type { GrantRequest } from '../grant/createGrantSource.js';
import type { ChannelGrant, Grant } from '../grant/grant.js';
import type { AudioStream } from '../audio/AudioStream.js';
import type { Playback } from '../audio/Playback.js';
import type { AvatarConnection, AvatarParams, AvatarServiceEvent } from '../services/service.js';
import type { Emitter } from '../events/createEmitter.js';
import type { SessionEventMap } from './AvatarSession.js';
import { createVoiceLink, type VoiceLink } from './createVoiceLink.js';
import type { SessionEvent, SessionPart } from './reduceSession.js';
import type { SessionWiring } from './sessionWiring.js';

export interface SessionRunOptions {
  readonly wiring: SessionWiring;
  readonly channel: Channel;
  /** Loads what says the voice service's speech where there is no avatar; null where there is one. */
  readonly loadPlayback: (() => Promise<Playback>) | null;
  readonly microphone: AudioStream;
  readonly clock: Clock;
  readonly emitter: Emitter<SessionEventMap>;
  readonly dispatch: (event: SessionEvent) => void;
  /** The voice service heard the user begin to speak. */
  readonly onBargeIn: () => void;
  /** Read at each connection, so that a reconnect re-sends what was set last. */
  readonly params: () => AvatarParams;
  /** 0 to 1 */
  readonly volume: () => number;
}

/** The connections of a session between one start and its end. */
export interface SessionRun {
  open(part: SessionPart): void;
  readonly avatar: AvatarConnection | null;
  /** Null where the microphone speaks to the avatar itself. */
  readonly voice: VoiceLink | null;
  readonly channel: ChannelConnection | null;
  /** Closes everything that is open or being opened. Idempotent, never rejects. */
  close(options?: { readonly leaving: boolean }): Promise<void>;
}

/** The server hears of the end in the background; the next start waits for it no longer than this. */
const END_TIMEOUT_MS = 5000;

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
  const { wiring, microphone, clock, emitter, dispatch, params } = options;
  const controller = new AbortController();
  const { signal } = controller;
  let grant: Grant | null = null;
  let avatar: AvatarConnection | null = null;
  let channel: ChannelConnection | null = null;
  let closing: Promise<void> | null = null;
  let asking: Promise<void> | null = null;
  const voice = wiring.voice && createVoiceLink({ ...options, service: wiring.voice, avatar: () => avatar, signal });

  /** A token that is about to expire and a lost connection may ask at the same time: one grant serves both. */
  function openGrant(): Promise<void> {
    asking ??= askForGrant(grant ? 'renew' : 'start').finally(() => {
      asking = null;
    });
    return asking;
  }

  async function askForGrant(purpose: GrantRequest['purpose']): Promise<void> {
    const { source } = wiring;
    if (!source) return;
    const previous = grant;
    const fresh = await source.request({ purpose, previous, wishes: wiring.wishes, signal });
    // A fresh channel token leaves the rest as it is.
    grant = purpose === 'renew-channel' ? { ...previous, ...fresh } : fresh;
    // Ended while the server answered: it has to hear that too.
    if (signal.aborted) return void source.end(fresh, { leaving: false });
    dispatch({ type: 'session-name', sessionId: fresh.sessionId });
    if (!channel || !fresh.channel) return;
    if (!isSameSeat(previous?.channel, fresh.channel)) {
      throw new AvatarError('grant-invalid', {
        message: 'The renewed grant is for another room than the one that was joined. Answer the purpose renew with a grant of the same session.',
      });
    }
    // The room is kept over a reconnect; its token should not be the old one. Not waited for: with the old one it goes on for now.
    channel.renewToken(fresh.channel.token).catch((cause: unknown) => {
      if (signal.aborted) return;
      emitter.emit('error', { error: new AvatarError('channel-failed', { message: 'The channel did not take the renewed token.', cause }) });
    });
  }

  async function openChannel(): Promise<void> {
    if (!grant?.channel) throw new AvatarError('grant-invalid', { message: 'The grant admits to no channel. Check the channel option of the server.' });
    const opened = await options.channel.join({ grant: grant.channel, signal, clock, onEvent: onChannelEvent });
    if (signal.aborted) return opened.leave();
    opened.setVolume(options.volume());
    channel = opened;
  }

  async function openAvatar(): Promise<void> {
    if (!grant || !wiring.avatar) return;
    const given = params();
    const opened = await wiring.avatar.connect({ grant, params: given, signal, clock, onEvent: onAvatarEvent });
    if (signal.aborted) return opened.close();
    avatar = opened;
    // Set while it connected.
    if (params() !== given) opened.setParams(params()).catch(reportUnexpected('avatar'));
  }

  const openers: Record<SessionPart, () => Promise<void>> = {
    grant: openGrant,
    microphone: () => microphone.start(),
    channel: openChannel,
    avatar: openAvatar,
    voice: async () => voice?.open(grant),
  };

  function onAvatarEvent(event: AvatarServiceEvent): void {
    if (signal.aborted) return;
    switch (event.type) {
      case 'connect':
        return emitter.emit('avatar-connect', {});
      case 'join':
        return emitter.emit('avatar-join', { channelId: event.channelId });
      case 'message':
        return emitter.emit('avatar-message', { message: event.message });
      case 'error':
        return emitter.emit('error', { error: event.error });
      case 'disconnect':
        avatar = null;
        emitter.emit('avatar-disconnect', { error: event.error });
        dispatch({ type: 'part-fail', part: 'avatar', error: event.error });
        if (event.unsentAudioMs > 0) dispatch({ type: 'audio-lose', lostMs: event.unsentAudioMs });
    }
  }

  function onChannelEvent(event: ChannelEvent): void {
    if (signal.aborted) return;
    switch (event.type) {
      case 'video':
        return dispatch({ type: 'video-change', video: event.video });
      case 'audio':
        return dispatch({ type: 'audio-change', audio: event.audio });
      case 'playback-block':
      case 'playback-start':
        return dispatch({ type: event.type });
      case 'message':
        return emitter.emit('channel-message', { uid: event.uid, payload: event.payload });
      case 'error':
        return emitter.emit('error', { error: event.error });
      case 'token-expire':
        return void renewChannelToken();
      case 'disconnect':
        channel = null;
        dispatch({ type: 'part-fail', part: 'channel', error: event.error });
    }
  }

  async function renewChannelToken(): Promise<void> {
    // A whole grant that is on its way brings a token as well.
    await (asking ?? askForGrant('renew-channel')).catch(reportUnexpected('grant'));
  }

  function reportUnexpected(part: SessionPart): (cause: unknown) => void {
    return (cause) => {
      if (!signal.aborted) emitter.emit('error', { error: asAvatarError(cause, part) });
    };
  }

  async function tellEnd(last: Grant, leaving: boolean): Promise<void> {
    const told = wiring.source?.end(last, { leaving }) ?? Promise.resolve();
    await withTimeout(told, clock, END_TIMEOUT_MS, () => new Error('The server did not answer.')).catch(() => undefined); // it notices by itself
  }

  return {
    get avatar() {
      return avatar;
    },
    voice,
    get channel() {
      return channel;
    },
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
        microphone.stop();
        const told = grant ? tellEnd(grant, leaving) : undefined;
        // A port of the application's own may reject all the same.
        await Promise.allSettled([voice?.close(), avatar?.close(), channel?.leave()]);
        if (avatar) emitter.emit('avatar-disconnect', { error: null });
        avatar = null;
        channel = null;
        await told;
      })();
      return closing;
    },
  };
}

function isSameSeat(before: ChannelGrant | undefined, after: ChannelGrant): boolean {
  return before?.kind === after.kind && before.appId === after.appId && before.channel === after.channel && before.avatarUid === after.avatarUid;
}

function asAvatarError(cause: unknown, part: SessionPart): AvatarError {
  if (AvatarError.isInstance(cause)) return cause;
  return new AvatarError(UNEXPECTED[part], { message: 'Something unexpected went wrong while connecting; the cause is attached.', retryable: false, cause });
}
