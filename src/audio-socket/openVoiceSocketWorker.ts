import type { AudioBypass } from '../audio/AudioBypass.js';
import type { PlaybackFeed } from '../audio/PlaybackFeed.js';
import { systemClock } from '../clock/clock.js';
import { createDeferred, type Deferred } from '../clock/createDeferred.js';
import { withTimeout } from '../clock/withTimeout.js';
import { AvatarError } from '../errors/AvatarError.js';
import { createRemoteGate } from './createRemoteGate.js';
import type { VoiceSocket, VoiceSocketClose, VoiceSocketEvents, VoiceSocketSettings } from './VoiceSocket.js';
import type { PostedError, VoiceSocketCommand, VoiceSocketFigures, VoiceSocketReport } from './voiceSocketMessages.js';

export interface VoiceSocketWorkerOptions<WireSettings> {
  readonly worker: Worker;
  readonly settings: VoiceSocketSettings<WireSettings>;
  readonly bypass: AudioBypass;
  readonly events: VoiceSocketEvents;
  /** The Worker has failed; another one would as well. */
  readonly onCrash: () => void;
}

/** A Worker that has not answered by then is taken for one that never will. */
const OPEN_TIMEOUT_MS = 5000;
/** Longer than the socket itself waits for its peer. */
const CLOSE_TIMEOUT_MS = 1500;
const NO_FIGURES: VoiceSocketFigures = { sentAudioMs: 0, unsentAudioMs: 0, queuedMs: 0, takenSequence: -1, lostMs: 0 };

/**
 * Opens a socket in a Worker, and leads the sound to it past the page.
 *
 * The Worker is ended with the socket, and when this rejects.
 * @throws AvatarError `worklet-blocked` when there can be no Worker; and what the socket itself throws
 */
export async function openVoiceSocketWorker<WireSettings>(options: VoiceSocketWorkerOptions<WireSettings>): Promise<VoiceSocket> {
  const { worker, settings, bypass, events, onCrash } = options;
  const ready = createDeferred();
  const opened = createDeferred();
  const gone = createDeferred();
  const interrupts: Deferred<string | null>[] = [];
  const settlings: Deferred<number>[] = [];
  const undo: (() => void)[] = [];
  let figures = NO_FIGURES;
  let feed: PlaybackFeed | null = null;
  let isReady = false;
  let closing = false;
  let ended = false;
  const post = (command: VoiceSocketCommand<WireSettings>, transfer: Transferable[] = []) => {
    if (!ended) worker.postMessage(command, transfer);
  };
  const gate = createRemoteGate({ post, takenByWorker: () => figures.takenSequence });

  function end(close: VoiceSocketClose): void {
    if (ended) return;
    ended = true;
    for (const step of undo.splice(0).reverse()) step();
    worker.onmessage = worker.onerror = null;
    worker.terminate();
    gate.settle();
    for (const waiting of interrupts.splice(0)) waiting.resolve(null);
    // What became of it nobody can say any more: as on the main thread, what a lost connection had taken counts as sent.
    for (const waiting of settlings.splice(0)) waiting.resolve(0);
    events.onClose(close);
    gone.resolve();
  }

  function update(next: VoiceSocketFigures): void {
    const lostMs = next.lostMs - figures.lostMs;
    figures = next;
    if (lostMs > 0) events.onLose(lostMs);
  }

  function receive(report: VoiceSocketReport): void {
    switch (report.type) {
      case 'ready':
        return ready.resolve();
      case 'failed':
        return ready.reject(asError(report.error));
      case 'figures':
        return update(report.figures);
      case 'interrupted':
        return interrupts.shift()?.resolve(report.command);
      case 'settled':
        return settlings.shift()?.resolve(report.droppedMs);
      case 'closed':
        update(report.figures);
        return end({ code: report.code, reason: report.reason });
    }
    if (!closing) deliver(report);
  }

  function deliver(report: VoiceSocketReport): void {
    switch (report.type) {
      case 'opened':
        return opened.resolve();
      case 'message':
        return events.onMessage(report.data);
      case 'speech':
        return events.onSpeech(report.samples, report.sampleRateHz);
      case 'speech-passed':
        feed?.onPush(report.durationMs);
        return events.onSpeechPass(report.durationMs);
      case 'speech-cleared':
        feed?.onClear();
        return events.onSpeechClear();
      case 'interrupt':
        return events.onInterrupt(feed !== null);
      case 'cut':
        return events.onCut(report.command);
      case 'error':
        return events.onError(asError(report.error));
    }
  }

  worker.onmessage = ({ data }: MessageEvent<VoiceSocketReport>) => receive(data);
  // A policy that refuses the script is told of in this way, and so is a file that is not there.
  worker.onerror = (event) => {
    event.preventDefault();
    // Nobody has a socket yet that could be lost.
    if (!isReady) return ready.reject(blocked(event.message));
    onCrash();
    end({ code: 1006, reason: '', error: crashed() });
  };

  try {
    post({ type: 'open', settings });
    await withTimeout(ready.promise, systemClock, OPEN_TIMEOUT_MS, () => blocked('It did not answer.'));
  } catch (error) {
    ended = true;
    worker.onmessage = worker.onerror = null;
    worker.terminate();
    throw error;
  }
  isReady = true;
  const { subscribeMicrophone, subscribeCuts, subscribePlayback } = bypass;
  if (subscribeMicrophone) undo.push(subscribeMicrophone((port) => post({ type: 'microphone', port }, [port])));
  if (subscribeCuts) undo.push(subscribeCuts((port) => post({ type: 'cuts', port }, [port])));
  if (subscribePlayback) {
    undo.push(
      subscribePlayback((next) => {
        feed = next;
        post({ type: 'playback', port: next.port }, [next.port]);
      }),
    );
  }

  return {
    runsIn: 'worker',
    opened: opened.promise,
    gone: gone.promise,
    send: (data) => post({ type: 'send', data }),
    sendAudio(samples) {
      const copy = samples.slice();
      post({ type: 'audio', samples: copy }, [copy.buffer]);
      // What is dropped there is told of later, by `onLose`.
      return 0;
    },
    sendSpeech(samples) {
      const copy = samples.slice();
      post({ type: 'speech', samples: copy }, [copy.buffer]);
      return 0;
    },
    settleSpeech() {
      const done = createDeferred<number>();
      if (ended) done.resolve(0);
      else settlings.push(done);
      post({ type: 'settle' });
      return done.promise;
    },
    flushAudio: () => post({ type: 'flush' }),
    startAudio: () => post({ type: 'start-audio' }),
    interrupt() {
      const done = createDeferred<string | null>();
      if (ended) done.resolve(null);
      else interrupts.push(done);
      post({ type: 'interrupt' });
      return done.promise;
    },
    get queuedMs() {
      return figures.queuedMs;
    },
    get unsentAudioMs() {
      return figures.unsentAudioMs + gate.missedMs;
    },
    get sentAudioMs() {
      return figures.sentAudioMs;
    },
    microphone: subscribeMicrophone ? gate : null,
    close() {
      if (closing) return;
      closing = true;
      post({ type: 'close' });
      undo.push(systemClock.schedule(() => end({ code: 1006, reason: 'The Worker did not answer the close.' }), CLOSE_TIMEOUT_MS));
    },
  };
}

function asError({ reason, message, retryable, context }: PostedError): AvatarError {
  return new AvatarError(reason, { message, retryable, context });
}

function blocked(why: string): AvatarError {
  return new AvatarError('worklet-blocked', {
    message: `The Worker of the voice could not be started. ${why} Allow blob: in worker-src of the Content-Security-Policy, or serve visavis/worklets/voice-socket.js and pass its address as workerUrl.`,
  });
}

function crashed(): AvatarError {
  return new AvatarError('connection-lost', {
    message: 'The Worker that carried the voice has failed. The connection is made anew, on the main thread.',
    context: { cause: 'worker' },
  });
}
