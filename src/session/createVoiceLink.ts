import type { Clock } from '../clock/clock.js';
import type { Emitter } from '../events/createEmitter.js';
import type { Grant } from '../grant/grant.js';
import type { VoiceConnection, VoiceService, VoiceServiceEvent } from '../services/service.js';
import type { SessionEventMap } from './AvatarSession.js';
import type { SessionEvent } from './reduceSession.js';
import type { SpeechOutput } from './SpeechOutput.js';

export interface VoiceLinkOptions {
  readonly service: VoiceService;
  readonly output: SpeechOutput;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly emitter: Emitter<SessionEventMap>;
  readonly dispatch: (event: SessionEvent) => void;
  /** The service heard the user begin to speak: everything of the present reply must fall silent. */
  readonly onBargeIn: () => void;
}

/** The voice service of a run, and the way of its speech to whoever says it. */
export interface VoiceLink {
  readonly connection: VoiceConnection | null;
  open(grant: Grant): Promise<void>;
  close(): Promise<void>;
}

/** Makes a link with nothing open. */
export function createVoiceLink(options: VoiceLinkOptions): VoiceLink {
  const { service, output, clock, signal, emitter, dispatch, onBargeIn } = options;
  let connection: VoiceConnection | null = null;

  function onEvent(event: VoiceServiceEvent): void {
    if (signal.aborted) return;
    switch (event.type) {
      case 'connect':
        return emitter.emit('voice-connect', {});
      case 'speech':
        return output.push(event.samples, event.sampleRateHz);
      case 'speech-end':
        return output.end();
      case 'interrupt':
        return onBargeIn();
      case 'transcript':
        return dispatch({ type: 'transcript', role: event.role, text: event.text, final: event.final });
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

  return {
    get connection() {
      return connection;
    },
    async open(grant) {
      const opened = await service.connect({ grant, signal, clock, onEvent });
      if (signal.aborted) return opened.close();
      connection = opened;
    },
    async close() {
      const closing = connection;
      connection = null;
      output.clear();
      if (!closing) return;
      await closing.close();
      emitter.emit('voice-disconnect', { error: null });
    },
  };
}
