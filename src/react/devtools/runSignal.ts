import type { AvatarSession } from '../../session/AvatarSession.js';
import { loudness } from '../loudness.js';
import { createTrace, drawSignal } from './drawSignal.js';

/** Four seconds each: of 10 ms frames, and of levels that come every 20 ms. */
const SENT_POINTS = 400;
const HEARD_POINTS = 200;
/** How often it is drawn for somebody who wants less motion. */
const CALM_MS = 500;

/**
 * Draws what the microphone gives and how loud the answer is, until the returned function is called. What was not sent, because the
 * session was not live or held it back, is drawn in the quiet colour. Nothing renders.
 */
export function runSignal(session: AvatarSession, canvas: HTMLCanvasElement): () => void {
  const sent = createTrace(SENT_POINTS);
  const heard = createTrace(HEARD_POINTS);
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)');
  let drawnMs = -Infinity;
  let frame = 0;
  const draw = (timeMs: number): void => {
    frame = 0;
    if (calm.matches && timeMs - drawnMs < CALM_MS) return;
    drawnMs = timeMs;
    drawSignal(canvas, sent, heard);
  };
  const changed = (): void => {
    frame ||= requestAnimationFrame(draw);
  };
  const offs = [
    session.microphone.subscribeFrames(({ peak }) => {
      const { status, inputHeld } = session.getSnapshot();
      sent.push(loudness(peak / 2), status === 'live' && !inputHeld);
      changed();
    }),
    session.subscribeSpeechLevel((level) => {
      heard.push(loudness(level), true);
      changed();
    }),
  ];
  const resize = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(changed);
  resize?.observe(canvas);
  changed();
  return () => {
    for (const off of offs) off();
    resize?.disconnect();
    cancelAnimationFrame(frame);
  };
}
