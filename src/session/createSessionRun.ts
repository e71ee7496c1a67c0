import type { Channel, ChannelConnection, ChannelEvent } from '../channel/channel.js';
import type { Clock } from '../clock/clock.js';
import { isAbort } from '../errors/abort.js';
import { AvatarError } from '../errors/AvatarError.js';
import type { Grant } from '../grant/grant.js';
import type { AudioStream } from '../audio/AudioStream.js';
import type { Playback } from '../audio/createPlayback.js';
import type { AvatarConnection, AvatarParams, AvatarServiceEvent, VoiceConnection } from '../services/service.js';
import type { Emitter } from '../events/createEmitter.js';
import type { SessionEventMap } from './AvatarSession.js';
import { createAvatarOutput } from './createAvatarOutput.js';
import { createVoiceLink } from './createVoiceLink.js';
import type { SessionEvent, SessionPart } from './reduceSession.js';
import type { SessionWiring } from './sessionWiring.js';
import type { SpeechOutput } from './SpeechOutput.js';

export interface SessionRunOptions {
  readonly wiring: SessionWiring;
  readonly channel: Channel;
  /** Says the voice service's speech where there is no avatar. */
  readonly playback: Playback | null;
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
  readonly voice: VoiceConnection | null;
  /** Where the voice service's speech goes; null without one. */
  readonly output: SpeechOutput | null;
  readonly channel: ChannelConnection | null;
  /** Closes everything that is open or being opened. Idempotent, never rejects. */
  close(options?: { readonly leaving: boolean }): Promise<void>;
}

/** For a voice service that needs nothing from a server. */
const NO_GRANT: Grant = { version: 1, sessionId: 'local', expiresAt: Number.MAX_SAFE_INTEGER };

/** Makes a run with nothing open. */
export function createSessionRun(options: SessionRunOptions): SessionRun {
  const { wiring, playback, microphone, clock, emitter, dispatch, params } = options;
  const { source } = wiring;
  const controller = new AbortController();
  const { signal } = controller;
  let grant: Grant | null = null;
  let avatar: AvatarConnection | null = null;
  let channel: ChannelConnection | null = null;
  let closing: Promise<void> | null = null;
  let stopWatching = () => {};
  const output = wiring.voice ? (playback ?? createAvatarOutput({ clock, connection: () => avatar })) : null;
  const voice =
    wiring.voice && output ? createVoiceLink({ service: wiring.voice, output, clock, signal, emitter, dispatch, onBargeIn: options.onBargeIn }) : null;

  async function openGrant(): Promise<void> {
    if (!source) return;
    grant = await source.request({ purpose: grant ? 'renew' : 'start', previous: grant, wishes: wiring.wishes, signal });
    // Ended while the server answered: it has to hear that too.
    if (signal.aborted) return void source.end(grant, { leaving: false });
    dispatch({ type: 'session-name', sessionId: grant.sessionId });
    // The room is kept over a reconnect; its token should not be the old one.
    if (grant.channel && channel) await channel.renewToken(grant.channel.token);
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
    const opened = await wiring.avatar.connect({ grant, params: params(), signal, clock, onEvent: onAvatarEvent });
    if (signal.aborted) return opened.close();
    avatar = opened;
  }

  function onPlaybackChange(): void {
    const { status, blocked, error } = playback?.getSnapshot() ?? {};
    if (signal.aborted || status === undefined) return;
    if (status === 'failed' && error) return emitter.emit('error', { error });
    if (status === 'on') dispatch({ type: blocked ? 'playback-block' : 'playback-start' });
  }

  async function openVoice(): Promise<void> {
    if (playback) {
      stopWatching = playback.subscribe(onPlaybackChange);
      await playback.start();
      onPlaybackChange();
    }
    await voice?.open(grant ?? NO_GRANT);
  }

  const openers: Record<SessionPart, () => Promise<void>> = {
    grant: openGrant,
    microphone: () => microphone.start(),
    channel: openChannel,
    avatar: openAvatar,
    voice: openVoice,
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
    try {
      await openGrant();
    } catch (cause) {
      if (!signal.aborted) emitter.emit('error', { error: asAvatarError(cause) });
    }
  }

  return {
    get avatar() {
      return avatar;
    },
    get voice() {
      return voice?.connection ?? null;
    },
    output,
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
          if (signal.aborted || isAbort(cause)) return;
          dispatch({ type: 'part-fail', part, error: asAvatarError(cause) });
        },
      );
    },
    close({ leaving } = { leaving: false }) {
      closing ??= (async () => {
        controller.abort();
        microphone.stop();
        const told = grant ? source?.end(grant, { leaving }) : undefined;
        stopWatching();
        playback?.stop();
        await Promise.all([voice?.close(), avatar?.close(), channel?.leave()]);
        if (avatar) emitter.emit('avatar-disconnect', { error: null });
        avatar = null;
        channel = null;
        await told;
      })();
      return closing;
    },
  };
}

function asAvatarError(cause: unknown): AvatarError {
  if (AvatarError.isInstance(cause)) return cause;
  return new AvatarError('grant-failed', { message: 'Something unexpected went wrong while connecting; the cause is attached.', retryable: false, cause });
}
