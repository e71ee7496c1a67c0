import { abortReason } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { VoiceConnection, VoiceConnectOptions } from '../service.js';
import { createListener } from './createListener.js';
import { createReply, type Reply, type ReplyOptions } from './createReply.js';
import type { PipelineMessage, PipelineSettings, PipelineTurn } from './pipeline.js';
import { conversationOver, sayText } from './sayText.js';

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
            // In voice mode as well: something may have begun to be said after the user did.
            giveWay();
            if (settings.respond) unanswered = `${unanswered} ${text}`.trim();
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
    settle(stopped.spokenText(), stopped.unspokenText());
  }

  function settle(text: string, unheard = ''): void {
    if (text !== '') remember({ role: 'assistant', text });
    if (text !== '' || unheard !== '') onEvent({ type: 'transcript', role: 'assistant', text, final: true, ...(unheard === '' ? {} : { unheard }) });
  }

  /** The user speaks: a reply that was heard is cut off; one that was not yet is written anew, to all that the user says. */
  function giveWay(): void {
    if (reply?.turn && !audible) {
      unanswered = reply.turn.text;
      history = reply.turn.history;
      reply.stop();
      reply = null;
    }
    hush();
  }

  /** Ends what is being said, and has what was delivered of it fall silent. The application's own text is dropped also before it sounds. */
  function hush(): void {
    const wasSaying = reply?.turn === null;
    stopReply();
    if (!audible && !wasSaying) return;
    audible = false;
    onEvent({ type: 'interrupt' });
  }

  function startTurn(text: string): void {
    const { respond } = settings;
    if (closed || !respond) return; // closed by one who heard of the interrupt
    unanswered = '';
    const turn = { text, turnId: ++turnId, history };
    begin(turn, (writing) => respond(turn, writing));
    remember({ role: 'user', text });
  }

  function begin(turn: PipelineTurn | null, write: ReplyOptions['write']): Reply {
    const started = createReply({
      settings,
      turn,
      write,
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
    return started;
  }

  /** Ends one before its end, if nothing else has. What was delivered must not wait for more of it. */
  function cutShort(cut: Reply): void {
    if (reply !== cut) return;
    stopReply();
    onEvent({ type: 'speech-end' });
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
      if (closed) throw conversationOver();
      if (!settings.respond) throw new AvatarError('not-ready', { message: 'This pipeline has no respond() to answer a text. Have one said with session.speak(text).' });
      const said = text.trim();
      if (said === '') throw new AvatarError('invalid-options', { message: 'There is no text to send.' });
      hush();
      onEvent({ type: 'transcript', role: 'user', text: said, final: true });
      startTurn(said);
    },
    sayText: (text, { signal: stop }) =>
      sayText({ text, signal: stop, present: () => reply, isClosed: () => closed, begin: (write) => begin(null, write), stop: cutShort }),
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
