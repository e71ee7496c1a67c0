import type { Clock } from '../clock/clock.js';
import { PCM_CHUNK_BYTES } from '../dsp/pcmChunk.js';
import { readPlaybackReport } from '../dsp/playbackReport.js';
import { AvatarError } from '../errors/AvatarError.js';
import { notify } from '../events/notify.js';
import { createStore } from '../store/createStore.js';
import pcmPlaybackSource from '../../worklets/pcm-playback.ts?worklet';
import { assertSpeech } from './assertSpeech.js';
import { createChunkPool } from './createChunkPool.js';
import { createPlaybackPosition } from './createPlaybackPosition.js';
import { openPlayback, type PlaybackOutput } from './openPlayback.js';
import type { Playback } from './Playback.js';
import type { PlaybackFeed } from './PlaybackFeed.js';
import { initialPlaybackState, type PlaybackState } from './playbackState.js';

export type { Playback } from './Playback.js';

export interface PlaybackOptions {
  /** Which output device; the system's default when left out. */
  readonly deviceId?: string;
  /** 0 to 1. Default 1. */
  readonly volume?: number;
  /** Where the application serves `visavis/worklets/pcm-playback.js`; needed where the CSP forbids `blob:` scripts. */
  readonly workletUrl?: string;
  readonly clock?: Clock;
}

/**
 * Makes a playback for speech that arrives as PCM, in pieces of any length, at any rate, evenly or not.
 *
 * Speech is gathered for 70 ms before the first sound (more where it arrives unevenly) and then played without gaps. It goes out
 * through an audio element, so that the browser's echo canceller keeps it out of the microphone; straight to the loudspeaker where the
 * browser has none.
 *
 * @throws AvatarError `invalid-options`
 * @example
 * ```ts
 * const playback = createPlayback();
 * button.onclick = () => playback.start();
 * socket.onmessage = ({ data }) => playback.push(new Int16Array(data), 24_000);
 * ```
 */
export function createPlayback(
  options: PlaybackOptions = {},
  // At the hardware's own rate: the worklet converts.
  createContext: () => AudioContext = () => new AudioContext({ latencyHint: 'interactive' }),
  /** False: only `mediaStreamTrack` carries the sound. */
  audible = true,
): Playback {
  const store = createStore<PlaybackState>(initialPlaybackState);
  const levelListeners = new Set<(level: number) => void>();
  const positionListeners = new Set<(playedMs: number) => void>();
  const feedListeners = new Set<(feed: PlaybackFeed) => void>();
  const pool = createChunkPool();
  const position = createPlaybackPosition(() => output?.timeSeconds ?? 0);
  // Raised by every start and stop: what an older start still brings is thrown away.
  let generation = 0;
  let starting: Promise<void> | null = null;
  let output: PlaybackOutput | null = null;
  /** What was pushed while the output was being opened. */
  let waiting: (ArrayBuffer | 'end')[] = [];
  let volume = checkedVolume(options.volume ?? 1);
  let deviceId = options.deviceId ?? '';

  const patch = (change: Partial<PlaybackState>) => store.set({ ...store.get(), ...change });

  function setActivity(activity: PlaybackState['activity']): void {
    if (store.get().activity !== activity) patch({ activity });
  }

  function onMessage(buffer: ArrayBuffer): void {
    if (buffer.byteLength === PCM_CHUNK_BYTES) return pool.give(buffer);
    const report = readPlaybackReport(buffer);
    output?.post(buffer);
    if (!position.accept(report)) return;
    setActivity(report.state === 'playing' || report.state === 'waiting' ? 'playing' : 'idle');
    notify(levelListeners, report.level);
    notify(positionListeners, position.playedMs);
  }

  function post(message: ArrayBuffer | 'end'): void {
    if (output) output.post(message);
    else if (starting) waiting.push(message);
  }

  function release(): void {
    generation++;
    starting = null;
    waiting = [];
    position.settle();
    output?.stop();
    output = null;
    notify(levelListeners, 0);
  }

  async function open(current: number): Promise<void> {
    try {
      const opened = await openPlayback({
        code: { source: pcmPlaybackSource, url: options.workletUrl },
        volume,
        deviceId,
        clock: options.clock,
        audible,
        onMessage: (buffer) => {
          if (current === generation) onMessage(buffer);
        },
        onBlockedChange: (blocked) => {
          if (current === generation) patch({ blocked });
        },
        createContext,
      });
      if (current !== generation) return opened.stop();
      output = opened;
      opened.setVolume(volume);
      for (const message of waiting.splice(0)) opened.post(message);
      for (const listener of feedListeners) listener(feedOf(opened));
      patch({ status: 'on' });
    } catch (cause) {
      if (current !== generation) return;
      const error = AvatarError.isInstance(cause)
        ? cause
        : new AvatarError('sound-unavailable', { message: 'The browser could not open an audio output. Try again, or use a current browser.', cause });
      release();
      store.set({ ...initialPlaybackState, status: 'failed', error });
      throw error;
    }
  }

  function feedOf(opened: PlaybackOutput): PlaybackFeed {
    return {
      port: opened.openPort(),
      onPush(durationMs) {
        if (opened === output) position.push(durationMs);
      },
      onClear() {
        if (opened !== output) return;
        position.settle();
        position.clear();
        setActivity('idle');
      },
    };
  }

  return {
    start() {
      if (!starting) {
        position.reset();
        store.set({ ...initialPlaybackState, status: 'opening' });
        starting = open(++generation);
      }
      return starting;
    },
    push(samples, sampleRateHz) {
      assertSpeech(samples, sampleRateHz);
      if (!starting) return;
      position.push((samples.length / sampleRateHz) * 1000);
      pool.cut(samples, sampleRateHz, post);
    },
    end: () => post('end'),
    clear() {
      const playedMs = position.settle();
      waiting = [];
      if (output) {
        output.post('clear');
        position.clear();
      } else {
        position.reset();
      }
      setActivity('idle');
      return playedMs;
    },
    get playedMs() {
      return position.playedMs;
    },
    get bufferedMs() {
      return position.bufferedMs;
    },
    get jitter() {
      const { targetMs, underruns } = position.report;
      return { targetMs, underruns };
    },
    get mediaStreamTrack() {
      return output?.track ?? null;
    },
    setVolume(next) {
      volume = checkedVolume(next);
      output?.setVolume(volume);
    },
    async setSinkId(next) {
      await output?.setSinkId(next);
      deviceId = next;
    },
    async resume() {
      // A failed start has told of itself.
      await starting?.catch(() => undefined);
      await output?.resume();
    },
    stop() {
      release();
      // A failed playback stays so until it is started again: why it failed is still to be read.
      if (store.get().status !== 'failed' && store.get().status !== 'off') store.set(initialPlaybackState);
    },
    subscribeFeeds(listener) {
      if (output) listener(feedOf(output));
      return addListener(feedListeners, listener);
    },
    subscribe: store.subscribe,
    getSnapshot: store.get,
    subscribeLevel: (listener) => addListener(levelListeners, listener),
    subscribePosition: (listener) => addListener(positionListeners, listener),
  };
}

function addListener<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function checkedVolume(volume: number): number {
  if (volume >= 0 && volume <= 1) return volume;
  throw new AvatarError('invalid-options', { message: `A volume of ${String(volume)} cannot be set; use 0 to 1.` });
}
