import type { AudioBypass } from '../audio/AudioBypass.js';
import type { Playback } from '../audio/Playback.js';
import type { Clock } from '../clock/clock.js';
import type { Emitter } from '../events/createEmitter.js';
import type { Grant } from '../grant/grant.js';
import type { VoiceConnection, VoiceService, VoiceServiceEvent } from '../services/service.js';
import type { SessionEventMap } from './AvatarSession.js';
import { createAvatarOutput } from './createAvatarOutput.js';
import type { SessionEvent } from './SessionEvent.js';
import type { SpeechOutput } from './SpeechOutput.js';
import type { AvatarMouth } from './tapSpeech.js';

export interface VoiceLinkOptions {
  readonly service: VoiceService;
  /** The avatar that says the speech; null while there is none. */
  readonly avatar: () => AvatarMouth | null;
  /** Loads what says the speech where there is no avatar; null where there is one. */
  readonly loadPlayback: (() => Promise<Playback>) | null;
  /** Ways past the page that do not depend on the playback. */
  readonly bypass: Omit<AudioBypass, 'subscribePlayback'> | null;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly emitter: Emitter<SessionEventMap>;
  readonly dispatch: (event: SessionEvent) => void;
  /** The service heard the user begin to speak: everything of the present reply must fall silent. */
  readonly onBargeIn: () => void;
  readonly onReplySpeech: () => void;
}

/** The voice service of a run, and the way of its speech to whoever says it. */
export interface VoiceLink {
  readonly connection: VoiceConnection | null;
  /** Where the speech goes. */
  readonly output: SpeechOutput;
  /** Null until it has been loaded, and where an avatar speaks. */
  readonly playback: Playback | null;
  /** @param grant null for a service that needs nothing from a server */
  open(grant: Grant | null): Promise<void>;
  close(): Promise<void>;
}

/** For a voice service that needs nothing from a server. */
const NO_GRANT: Grant = { version: 1, sessionId: 'local', expiresAt: Number.MAX_SAFE_INTEGER };

/** Makes a link with nothing open. */
export function createVoiceLink(options: VoiceLinkOptions): VoiceLink {
  const { service, avatar, loadPlayback, bypass, clock, signal, emitter, dispatch, onBargeIn, onReplySpeech } = options;
  let connection: VoiceConnection | null = null;
  let playback: Playback | null = null;
  let stopWatching = () => {};
  /** True while everybody is told of an interrupt after which the playback may hold the next reply already. */
  let isCleared = false;
  const output = loadPlayback ? pageOutput(() => playback, () => isCleared) : createAvatarOutput({ clock, connection: avatar });

  function onEvent(event: VoiceServiceEvent): void {
    if (signal.aborted) return;
    switch (event.type) {
      case 'connect':
        return emitter.emit('voice-connect', {});
      case 'speech':
        onReplySpeech();
        return output.push(event.samples, event.sampleRateHz);
      case 'speech-pass':
        return onReplySpeech();
      case 'speech-end':
        return output.end();
      case 'interrupt':
        isCleared = event.isCleared === true;
        onBargeIn();
        isCleared = false;
        return;
      case 'audio-lose':
        return dispatch({ type: 'audio-lose', lostMs: Math.round(event.lostMs) });
      case 'transcript':
        return dispatch(event);
      case 'message':
        return emitter.emit('voice-message', { message: event.message });
      case 'error':
        return emitter.emit('error', { error: event.error });
      case 'disconnect':
        connection = null;
        // Half a sentence is better than none, but there is no other half.
        output.end();
        emitter.emit('voice-disconnect', { error: event.error });
        dispatch({ type: 'part-fail', part: 'voice', error: event.error });
        if (event.unsentAudioMs > 0) dispatch({ type: 'audio-lose', lostMs: event.unsentAudioMs });
    }
  }

  function onPlaybackChange(): void {
    const { status, blocked, error } = playback?.getSnapshot() ?? {};
    if (signal.aborted || status === undefined) return;
    if (status === 'failed' && error) return emitter.emit('error', { error });
    if (status === 'on') dispatch({ type: blocked ? 'playback-block' : 'playback-start' });
  }

  async function openPlayback(load: () => Promise<Playback>): Promise<void> {
    playback ??= await load();
    if (signal.aborted) return;
    stopWatching();
    stopWatching = playback.subscribe(onPlaybackChange);
    await playback.start();
    onPlaybackChange();
  }

  return {
    output,
    get connection() {
      return connection;
    },
    get playback() {
      return playback;
    },
    async open(grant) {
      if (loadPlayback) await openPlayback(loadPlayback);
      const opened = await service.connect({ grant: grant ?? NO_GRANT, signal, clock, bypass: bypass && { ...bypass, subscribePlayback: playback?.subscribeFeeds ?? null }, onEvent });
      if (signal.aborted) return opened.close();
      connection = opened;
    },
    async close() {
      const closing = connection;
      connection = null;
      stopWatching();
      output.clear();
      playback?.stop();
      if (!closing) return;
      await closing.close();
      emitter.emit('voice-disconnect', { error: null });
    },
  };
}

/** Speech from the page itself. */
function pageOutput(playback: () => Playback | null, isCleared: () => boolean): SpeechOutput {
  return {
    push: (samples, sampleRateHz) => playback()?.push(samples, sampleRateHz),
    end: () => playback()?.end(),
    clear() {
      if (!isCleared()) playback()?.clear();
    },
  };
}
