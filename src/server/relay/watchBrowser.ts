import type { WebSocket } from 'ws';
import type { Clock } from '../../clock/clock.js';

const HEARTBEAT_MS = 20_000;

/**
 * Notices a browser that is gone without a word, such as a laptop that was closed: TCP alone would take many minutes.
 *
 * @param isReading false while nothing is read from the browser, when an answer could not be seen.
 * @param onBeat runs at each beat.
 * @returns stops watching.
 */
export function watchBrowser(browser: WebSocket, clock: Clock, isReading: () => boolean, onBeat: () => void): () => void {
  let isAlive = true;
  const markAlive = (): void => void (isAlive = true);
  browser.on('pong', markAlive);
  browser.on('message', markAlive);

  let cancel = clock.schedule(beat, HEARTBEAT_MS);
  function beat(): void {
    if (!isAlive && isReading()) return browser.terminate();
    isAlive = false;
    browser.ping();
    cancel = clock.schedule(beat, HEARTBEAT_MS);
    onBeat();
  }

  return () => {
    cancel();
    browser.off('pong', markAlive);
    browser.off('message', markAlive);
  };
}
