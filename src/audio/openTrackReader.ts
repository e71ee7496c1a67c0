import { systemClock } from '../clock/clock.js';
import { withTimeout } from '../clock/withTimeout.js';
import type { TrackReaderCommand, TrackReaderReport } from '../dsp/trackReaderMessages.js';
import type { WorkletCode } from './loadWorklet.js';

/** A Worker that makes frames of a track without an audio context, which would hold the sound back for a while. */
export interface TrackReader {
  /** Begins to read. Idempotent. */
  start(): void;
  /** A port on which every frame comes straight from the Worker. Anything but a buffer that is posted back ends it. */
  openPort(): MessagePort;
  readonly stop: () => void;
}

/** Chromium's own; nothing else brings a track's sound to another thread. */
declare class MediaStreamTrackProcessor {
  constructor(options: { readonly track: MediaStreamTrack; readonly maxBufferSize: number });
  readonly readable: ReadableStream<AudioData>;
}

/** A Worker that has not answered by then is done without: whoever waits for the microphone waits for it. */
const OPEN_TIMEOUT_MS = 2000;
/** Pieces of 10 ms that wait for a Worker which is late: 10 s, as the frames of a capture. By default the browser drops all but ten. */
const MAX_WAITING = 1000;

/**
 * Starts a Worker for a track. It does not own the track, and ends with `stop()` only.
 *
 * @param code the script of the capture worklet, which is the Worker's as well
 * @param onFail called once when frames no longer come, though the track goes on
 * @returns null where the browser or the page's policy has no such way
 */
export async function openTrackReader(track: MediaStreamTrack, code: WorkletCode, onFail: () => void): Promise<TrackReader | null> {
  if (typeof MediaStreamTrackProcessor !== 'function' || typeof Worker !== 'function') return null;
  const address = code.url ?? URL.createObjectURL(new Blob([code.source], { type: 'text/javascript' }));
  let worker: Worker | null = null;
  try {
    const started = (worker = new Worker(address, { name: 'visavis-microphone' }));
    const ready = new Promise<void>((resolve, reject) => {
      started.onmessage = () => resolve();
      // A policy that refuses the script is told of in this way.
      started.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message));
      };
    });
    await withTimeout(ready, systemClock, OPEN_TIMEOUT_MS, () => new Error('It did not answer.'));
    return leadTrack(track, started, onFail);
  } catch {
    // There is the capture worklet for whoever has no such Worker: it is slower, and no failure.
    worker?.terminate();
    return null;
  } finally {
    if (code.url === undefined) URL.revokeObjectURL(address);
  }
}

function leadTrack(track: MediaStreamTrack, worker: Worker, onFail: () => void): TrackReader {
  let isStarted = false;
  const post = (command: TrackReaderCommand, transfer: Transferable[]) => worker.postMessage(command, transfer);
  const stop = () => {
    worker.onmessage = worker.onerror = null;
    worker.terminate();
  };
  const fail = () => {
    stop();
    onFail();
  };
  worker.onmessage = ({ data }: MessageEvent<TrackReaderReport>) => {
    if (data.type === 'failed') fail();
  };
  worker.onerror = (event) => {
    event.preventDefault();
    fail();
  };
  return {
    start() {
      if (isStarted) return;
      isStarted = true;
      try {
        const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: MAX_WAITING });
        post({ type: 'read', readable }, [readable]);
      } catch {
        // A browser that makes them of pictures alone says so only now.
        fail();
      }
    },
    openPort() {
      const { port1, port2 } = new MessageChannel();
      post({ type: 'port', port: port1 }, [port1]);
      return port2;
    },
    stop,
  };
}
