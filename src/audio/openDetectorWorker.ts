import type { Clock } from '../clock/clock.js';
import { withTimeout } from '../clock/withTimeout.js';
import { AvatarError } from '../errors/AvatarError.js';
import type { DetectorCommand, DetectorReport } from '../turn-taking/detector/detectorMessages.js';

/** Somebody who runs a turn detector, in a Worker or not. */
export interface DetectorRunner {
  readonly kind: 'worker' | 'main-thread';
  post(command: DetectorCommand): void;
  stop(): void;
}

export interface DetectorWorkerOptions {
  /** The script, self-contained. */
  readonly source: string;
  /** Where the application serves the same script. */
  readonly url?: string | undefined;
  readonly open: DetectorCommand & { readonly type: 'open' };
  readonly onReport: (report: DetectorReport) => void;
  readonly clock: Clock;
}

/** A Worker that has not answered by then is taken for one that never will. */
const OPEN_TIMEOUT_MS = 5000;
const CLOSE_TIMEOUT_MS = 1000;

/**
 * Starts a Worker and waits until its detector is ready.
 *
 * @throws AvatarError `worklet-blocked` when there can be no Worker; and the detector's own reasons.
 */
export async function openDetectorWorker({ source, url, open, onReport, clock }: DetectorWorkerOptions): Promise<DetectorRunner> {
  const address = url ?? URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  let worker: Worker | null = null;
  let cancel: () => void = () => undefined;
  const end = () => {
    cancel();
    worker?.terminate();
  };
  try {
    const started = start(address);
    worker = started;
    const ready = new Promise<void>((resolve, reject) => {
      // A policy that refuses the script is told of in this way, and so is a file that is not there.
      started.onerror = (event) => reject(blocked(event.message));
      started.onmessage = ({ data }: MessageEvent<DetectorReport>) => {
        if (data.type === 'ready') resolve();
        else if (data.type === 'failed') reject(new AvatarError(data.reason, { message: data.message }));
        else if (data.type === 'closed') end();
        else onReport(data);
      };
    });
    started.postMessage(open);
    await withTimeout(ready, clock, OPEN_TIMEOUT_MS, () => blocked('It did not answer.'));
    const post = (command: DetectorCommand) => started.postMessage(command, 'port' in command ? [command.port] : []);
    return {
      kind: 'worker',
      post,
      // It lets go of its port first: ended at once, it would leave the audio thread to send frames to nobody.
      stop() {
        post({ type: 'close' });
        cancel = clock.schedule(end, CLOSE_TIMEOUT_MS);
      },
    };
  } catch (error) {
    end();
    throw error;
  } finally {
    if (url === undefined) URL.revokeObjectURL(address);
  }
}

function start(address: string): Worker {
  if (typeof Worker !== 'function') throw blocked('This browser has none.');
  try {
    return new Worker(address, { name: 'visavis-turn-detector' });
  } catch (cause) {
    throw blocked('The page may not make one.', cause);
  }
}

function blocked(why: string, cause?: unknown): AvatarError {
  return new AvatarError('worklet-blocked', {
    message: `The turn detector's Worker could not be started. ${why} Allow blob: in worker-src of the Content-Security-Policy, or serve visavis/worklets/turn-detector.js and pass its address as workerUrl.`,
    cause,
  });
}
