import type { Clock } from '../../clock/clock.js';
import { randomId } from '../randomId.js';
import { OPCODE } from './websocket/frame.js';
import type { Peer } from './websocket/Peer.js';

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
export async function leaveNode(node: Peer, sent: SentLeave | null, clock: Clock): Promise<void> {
  if (node.isOpen() && sent?.isAcknowledged !== true) await awaitLeaveAck(node, sent, clock);
  await node.close(1_000, '');
}

function awaitLeaveAck(node: Peer, sent: SentLeave | null, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const mid = sent?.mid ?? `event-leave-${randomId()}`;
    const cancel = clock.schedule(resolve, LEAVE_ACK_MS);
    const finish = (): void => {
      cancel();
      resolve();
    };
    node.listen({
      onFrame: () => 'read',
      onForward: () => undefined,
      onMessage: (payload) => isAckOf(payload.toString(), mid) && finish(),
      onPing: () => undefined,
      onPong: () => undefined,
      onViolation: finish,
      onClose: finish,
    });
    node.resume();
    if (sent === null) node.send(OPCODE.text, JSON.stringify({ v: 2, type: 'event', mid, pld: { event: 'leave_channel', reason: 'client_disconnect' } }));
  });
}

/** True for the acknowledgement of the message `mid`. */
export function isAckOf(text: string, mid: string): boolean {
  return text.includes('"ack"') && text.includes(JSON.stringify(mid));
}
