import { WebSocket, type RawData } from 'ws';
import type { Clock } from '../../clock/clock.js';
import { randomId } from '../randomId.js';
import { closeSocket } from './closeSocket.js';
import { frameText } from './frameText.js';

const LEAVE_ACK_MS = 1_000;

export interface SentLeave {
  readonly mid: string;
  readonly isAcknowledged: boolean;
}

/**
 * Takes leave of an avatar node on behalf of a browser that is gone: nobody shall pay for a closed tab.
 * Resolves when the socket is gone.
 *
 * @param sent the leave that the browser itself has sent; null when it sent none.
 */
export async function leaveUpstream(upstream: WebSocket, sent: SentLeave | null, clock: Clock): Promise<void> {
  if (upstream.readyState === WebSocket.CONNECTING) {
    const gone = new Promise<void>((resolve) => upstream.once('close', () => resolve()));
    upstream.terminate();
    return gone;
  }
  if (upstream.readyState === WebSocket.OPEN && sent?.isAcknowledged !== true) await awaitLeaveAck(upstream, sent, clock);
  await closeSocket(upstream, 1_000, '', clock);
}

function awaitLeaveAck(upstream: WebSocket, sent: SentLeave | null, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const mid = sent?.mid ?? `event-leave-${randomId()}`;
    const cancel = clock.schedule(finish, LEAVE_ACK_MS);
    const onMessage = (data: RawData): void => {
      if (isAckOf(frameText(data), mid)) finish();
    };
    function finish(): void {
      cancel();
      upstream.off('message', onMessage);
      upstream.off('close', finish);
      resolve();
    }
    upstream.on('message', onMessage);
    upstream.once('close', finish);
    upstream.resume();
    if (sent === null)
      upstream.send(JSON.stringify({ v: 2, type: 'event', mid, pld: { event: 'leave_channel', reason: 'client_disconnect' } }));
  });
}

/** True for the acknowledgement of the message `mid`. */
export function isAckOf(text: string, mid: string): boolean {
  return text.includes('"ack"') && text.includes(JSON.stringify(mid));
}
