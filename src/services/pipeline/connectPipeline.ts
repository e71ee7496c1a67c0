import { abortReason } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { VoiceConnection, VoiceConnectOptions } from '../service.js';
import { createListener } from './createListener.js';
import { createReply, type Reply } from './createReply.js';
import type { PipelineMessage, PipelineSettings } from './pipeline.js';

const INPUT_FORMAT = { sampleRateHz: 16_000, channels: 1 } as const;
const SAMPLES_PER_MS = 16;

/** Begins a conversation. There is nothing to reach: it is ready at once. */
export async function connectPipeline(settings: PipelineSettings, options: VoiceConnectOptions): Promise<VoiceConnection> {
  const { grant, signal, clock, onEvent } = options;
  if (signal.aborted) throw abortReason(signal);

  let closed = false;
  let turnId = 0;
  let history: readonly PipelineMessage[] = [];
  let reply: Reply | null = null;
  /** Whether speech was delivered that may still be heard. */
  let audible = false;
  /** What the user said and nobody has begun to answer aloud. */
  let unanswered = '';
  let sentAudioMs = 0;

  const listener = settings.transcribe
    ? createListener({
        transcribe: settings.transcribe,
        sampleRateHz: INPUT_FORMAT.sampleRateHz,
        hangoverMs: settings.hangoverMs,
        clock,
        onSpeechStart() {
          if (settings.bargeIn === 'voice') giveWay();
        },
        onText(text) {
          if (text !== '') {
            onEvent({ type: 'transcript', role: 'user', text, final: true });
            if (settings.bargeIn === 'transcript') giveWay();
            unanswered = `${unanswered} ${text}`.trim();
          }
          // Who goes on speaking after a pause is answered when all has been said.
          if (unanswered !== '' && !listener?.busy) startTurn(unanswered);
        },
        onError: (error) => onEvent({ type: 'error', error }),
      })
    : null;

  function remember(message: PipelineMessage): void {
    history = settings.maxHistory > 0 ? [...history, message].slice(-settings.maxHistory) : [];
  }

  /** Ends the present reply, of which nothing more is delivered. Its text is settled by what was delivered. */
  function stopReply(): void {
    const stopped = reply;
    if (!stopped) return;
    reply = null;
    stopped.stop();
    settle(stopped.spokenText());
  }

  function settle(text: string): void {
    if (text === '') return;
    remember({ role: 'assistant', text });
    onEvent({ type: 'transcript', role: 'assistant', text, final: true });
  }

  /** The user speaks: a reply that was heard is cut off; one that was not yet is written anew, to all that the user says. */
  function giveWay(): void {
    if (reply && !audible) {
      unanswered = reply.turn.text;
      history = reply.turn.history;
      reply.stop();
      reply = null;
    }
    stopReply();
    if (!audible) return;
    audible = false;
    onEvent({ type: 'interrupt' });
  }

  function startTurn(text: string): void {
    if (closed) return; // by one who heard of the interrupt
    unanswered = '';
    const started = createReply({
      settings,
      turn: { text, turnId: ++turnId, history },
      clock,
      onSpeech(samples) {
        audible = true;
        onEvent({ type: 'speech', samples, sampleRateHz: settings.sampleRateHz });
      },
      onText: (soFar) => onEvent({ type: 'transcript', role: 'assistant', text: soFar, final: false }),
      onError: (error) => onEvent({ type: 'error', error }),
      onEnd() {
        reply = null;
        settle(started.spokenText());
        onEvent({ type: 'speech-end' });
      },
    });
    reply = started;
    remember({ role: 'user', text });
  }

  onEvent({ type: 'connect' });
  return {
    inputFormat: INPUT_FORMAT,
    sendAudio(samples) {
      if (closed) return samples.length / SAMPLES_PER_MS;
      sentAudioMs += samples.length / SAMPLES_PER_MS;
      listener?.push(samples);
      return 0;
    },
    flushAudio: () => listener?.flush(),
    async sendText(text) {
      if (closed) throw new AvatarError('connection-lost', { message: 'The conversation has ended, so the text was not sent.' });
      const said = text.trim();
      if (said === '') throw new AvatarError('invalid-options', { message: 'There is no text to send.' });
      stopReply();
      if (audible) onEvent({ type: 'interrupt' });
      audible = false;
      onEvent({ type: 'transcript', role: 'user', text: said, final: true });
      startTurn(said);
    },
    async sendImage() {
      throw new AvatarError('not-ready', { message: 'The pipeline takes no pictures. Give them to your own respond().' });
    },
    async interrupt() {
      if (closed) return;
      stopReply();
      audible = false;
      // Who interrupts by voice is heard out; who does it by a button wants no answer to what is being transcribed either.
      if (!listener?.speaking) {
        listener?.forget();
        unanswered = '';
      }
    },
    info: () => ({
      service: 'pipeline',
      connected: !closed,
      ready: !closed,
      sessionId: grant.sessionId,
      avatarId: '',
      channelId: null,
      roundTripMs: null,
      sentAudioMs,
    }),
    async close() {
      if (closed) return;
      closed = true;
      listener?.close();
      reply?.stop();
      reply = null;
    },
  };
}
