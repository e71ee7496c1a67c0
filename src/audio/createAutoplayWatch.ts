import type { Clock } from '../clock/clock.js';

/** Keeps a context and its element sounding, and tells when the browser will not let them. */
export interface AutoplayWatch {
  /** Tries to make them sound; resolves when they do, or when it is clear that the browser waits for a click. */
  resume(): Promise<void>;
  stop(): void;
}

export interface AutoplayWatchOptions {
  readonly context: Pick<AudioContext, 'state' | 'resume' | 'suspend' | 'addEventListener' | 'removeEventListener'>;
  readonly element: Pick<HTMLAudioElement, 'play'>;
  readonly clock: Clock;
  readonly onBlockedChange: (blocked: boolean) => void;
}

/** A context that is allowed to run does so within this; one that is not stays silent without a word. */
const GRACE_MS = 500;

/** Starts to watch. Until `stop()`, a context that is suspended by anything but the autoplay policy is resumed. */
export function createAutoplayWatch({ context, element, clock, onBlockedChange }: AutoplayWatchOptions): AutoplayWatch {
  let stopped = false;
  let blocked = false;
  /** The element was refused. The context is then held as well: it would play into nothing. */
  let refused = false;

  function judge(): void {
    const next = refused || context.state !== 'running';
    if (stopped || next === blocked) return;
    blocked = next;
    onBlockedChange(blocked);
  }

  async function playElement(): Promise<void> {
    try {
      await element.play();
    } catch (error) {
      // Any other refusal means that the element was stopped meanwhile.
      if (stopped || !(error instanceof Error && error.name === 'NotAllowedError')) return;
      refused = true;
      await context.suspend();
    }
  }

  function attempt(): Promise<unknown> {
    return Promise.all([context.resume(), playElement()]).catch(() => undefined); // a context that is closed meanwhile
  }

  async function resume(): Promise<void> {
    refused = false;
    // A `resume()` of a context that is blocked stays pending until the click comes.
    let cancelGrace = (): void => undefined;
    const grace = new Promise<void>((resolve) => {
      cancelGrace = clock.schedule(resolve, GRACE_MS);
    });
    await Promise.race([attempt(), grace]);
    cancelGrace();
    judge();
  }

  function onStateChange(): void {
    if (context.state === 'running') judge();
    // A phone call or a lost device suspends a context.
    else if (!refused && context.state !== 'closed') void resume();
  }

  context.addEventListener('statechange', onStateChange);
  return {
    resume,
    stop() {
      stopped = true;
      context.removeEventListener('statechange', onStateChange);
    },
  };
}
