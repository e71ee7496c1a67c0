import { AvatarError } from '../errors/AvatarError.js';
import { openVoiceSocket, type LocalVoiceSocket } from './openVoiceSocket.js';
import type { PostedError, VoiceSocketCommand, VoiceSocketFigures, VoiceSocketReport } from './voiceSocketMessages.js';
import type { CreateVoiceWire } from './VoiceWire.js';

/** A voice socket that is spoken to in messages. */
export interface VoiceSocketService<WireSettings> {
  receive(command: VoiceSocketCommand<WireSettings>): void;
}

export interface ServeVoiceSocketOptions<WireSettings> {
  readonly createWire: CreateVoiceWire<WireSettings>;
  readonly post: (report: VoiceSocketReport, transfer?: Transferable[]) => void;
  /** The constructor to use where the platform has none. */
  readonly WebSocket?: typeof WebSocket;
}

/** Figures are for displays, and for the case that nothing can be asked any more. */
const FIGURES_MS = 200;

/** Makes a service that waits for `open`. */
export function serveVoiceSocket<WireSettings>({ createWire, post, WebSocket: Socket }: ServeVoiceSocketOptions<WireSettings>): VoiceSocketService<WireSettings> {
  let socket: LocalVoiceSocket | null = null;
  let lostMs = 0;
  let droppedMs = 0;
  let figuresAtMs = -Infinity;

  function figures(): VoiceSocketFigures {
    return {
      sentAudioMs: socket?.sentAudioMs ?? 0,
      unsentAudioMs: socket?.unsentAudioMs ?? 0,
      queuedMs: socket?.queuedMs ?? 0,
      takenSequence: socket?.reader.takenSequence ?? -1,
      lostMs,
    };
  }

  function tellFigures(atOnce = false): void {
    const nowMs = performance.now();
    if (!atOnce && nowMs - figuresAtMs < FIGURES_MS) return;
    figuresAtMs = nowMs;
    post({ type: 'figures', figures: figures() });
  }

  function open({ settings }: VoiceSocketCommand<WireSettings> & { type: 'open' }): void {
    try {
      const opened = openVoiceSocket({
        settings,
        createWire,
        WebSocket: Socket,
        onFrameTaken: () => tellFigures(),
        events: {
          onMessage: (data) => post({ type: 'message', data }, typeof data === 'string' ? [] : [data]),
          onSpeech(samples, sampleRateHz) {
            const copy = samples.slice();
            post({ type: 'speech', samples: copy, sampleRateHz }, [copy.buffer]);
          },
          onSpeechPass: (durationMs) => post({ type: 'speech-passed', durationMs }),
          onSpeechClear: () => post({ type: 'speech-cleared' }),
          onInterrupt: () => post({ type: 'interrupt' }),
          onCut: (command) => post({ type: 'cut', command }),
          onError: (error) => post({ type: 'error', error: postable(error) }),
          onLose(ms) {
            lostMs += ms;
          },
          onClose: ({ code, reason }) => post({ type: 'closed', code, reason, figures: figures() }),
        },
      });
      socket = opened;
      void opened.opened.then(() => post({ type: 'opened' }));
      post({ type: 'ready' });
    } catch (cause) {
      post({ type: 'failed', error: postable(cause) });
    }
  }

  return {
    receive(command) {
      switch (command.type) {
        case 'open':
          return open(command);
        case 'send':
          return socket?.send(command.data);
        case 'audio':
          lostMs += socket?.sendAudio(command.samples) ?? 0;
          return tellFigures();
        case 'speech':
          droppedMs += socket?.sendSpeech(command.samples) ?? 0;
          return tellFigures();
        case 'settle':
          post({ type: 'settled', droppedMs });
          droppedMs = 0;
          return;
        case 'flush':
          socket?.flushAudio();
          return tellFigures(true);
        case 'start-audio':
          return socket?.startAudio();
        case 'interrupt':
          void socket?.interrupt().then((name) => post({ type: 'interrupted', command: name }));
          return;
        case 'gate':
          socket?.reader.setOpen(command.open, command.fromSequence);
          return tellFigures(true);
        case 'hold':
          return socket?.reader.hold();
        case 'microphone':
          return socket?.reader.attach(command.port);
        case 'cuts':
          return socket?.attachCuts(command.port);
        case 'playback':
          return socket?.attachPlayback(command.port);
        case 'close':
          return socket?.close();
      }
    },
  };
}

function postable(cause: unknown): PostedError {
  const error = AvatarError.isInstance(cause) ? cause : new AvatarError('connection-lost', { message: `The connection could not be made: ${String(cause)}` });
  const { reason, message, retryable, context } = error;
  return { reason, message, retryable, context };
}
