import type { Clock } from '../../clock/clock.js';
import type { TurnMetric } from './TurnMetrics.js';

/** What each figure is called on the browser's timeline. */
const LABEL: Readonly<Record<TurnMetric, string>> = {
  turnSentMs: 'turn sent',
  replyAudioMs: 'reply audio',
  heardMs: 'reply heard',
  videoFrameMs: 'reply seen',
  interruptToSilenceMs: 'interrupt to silence',
};

/**
 * Shows a figure on the timeline of the browser's developer tools, as `visavis turn 3: reply heard`.
 *
 * @see https://www.w3.org/TR/user-timing/
 */
export function measureTurn(clock: Clock, metric: TurnMetric, turnId: number, fromMs: number, untilMs: number): void {
  if (typeof performance === 'undefined' || typeof performance.measure !== 'function') return;
  // The session's clock need not be the browser's.
  const shiftMs = performance.now() - clock.now();
  const start = Math.max(0, fromMs + shiftMs);
  performance.measure(`visavis turn ${turnId}: ${LABEL[metric]}`, { start, end: Math.max(start, untilMs + shiftMs) });
}
