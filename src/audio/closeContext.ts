import { systemClock } from '../clock/clock.js';

/** Within this the audio thread comes by at least once, also on a machine that is busy. */
const LAST_RENDER_MS = 200;

/**
 * Closes a context whose worklet has been told to stop. Chrome keeps a worklet's node, its port and its context for as long as the page
 * lives when the context closes before `process()` has answered that it is done.
 */
export function closeContext(context: AudioContext): void {
  const close = () => void context.close().catch(() => undefined); // closing twice is harmless
  if (context.state === 'running') systemClock.schedule(close, LAST_RENDER_MS);
  else close();
}
