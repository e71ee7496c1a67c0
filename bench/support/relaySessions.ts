import { connect, type Socket } from 'node:net';
import { stampedFrame, type RelayForm } from './relayForms.js';
import type { RelayVendor } from './relayVendor.js';

/** Where sessions go, and what each shows to be let in. */
export interface Route {
  readonly port: number;
  readonly path: string;
  /** Subprotocols of one session; null for none. */
  subprotocols(form: RelayForm): Promise<readonly string[]> | null;
}

/** Sessions that are open, each with a socket of its own. */
export interface RelaySessions {
  /**
   * Has each session send one message in each of its intervals, evenly spread over all sessions.
   *
   * @returns how many were sent, and whether the sender kept its pace.
   */
  speak(durationMs: number, nowUs: () => number): Promise<{ readonly sent: number; readonly lateMs: number }>;
  close(): Promise<void>;
}

const OPENED_AT_ONCE = 20;
const TICK_MS = 2;
const SENT_AT_ONCE = 50;

/** Opens sessions through a route, and waits until all of them have reached the vendor. */
export async function openRelaySessions(route: Route, form: RelayForm, count: number, vendor: RelayVendor): Promise<RelaySessions> {
  const before = vendor.connections;
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const next = Array.from({ length: Math.min(OPENED_AT_ONCE, count - sockets.length) }, () => openSession(route, form));
    sockets.push(...(await Promise.all(next)));
  }
  await until(() => vendor.connections === before + count, `Only ${vendor.connections - before} of ${count} sessions reached the vendor.`);
  const numbers = new Array<number>(count).fill(0);

  return {
    async speak(durationMs, nowUs) {
      numbers.fill(0);
      const perMs = count / form.messageMs;
      const total = Math.floor(perMs * durationMs);
      const startedAtMs = performance.now();
      let sent = 0;
      let lateMs = 0;
      while (sent < total) {
        const elapsedMs = performance.now() - startedAtMs;
        const due = Math.min(total, Math.floor(elapsedMs * perMs));
        lateMs = Math.max(lateMs, (due - sent) / perMs);
        // A few at a time, so that what arrives is read in between.
        for (const until = Math.min(due, sent + SENT_AT_ONCE); sent < until; sent += 1) {
          const session = sent % count;
          const number = numbers[session] ?? 0;
          numbers[session] = number + 1;
          sockets[session]?.write(stampedFrame(form, number, nowUs()));
        }
        if (sent < due) await new Promise((resolve) => setImmediate(resolve));
        else await new Promise((resolve) => setTimeout(resolve, TICK_MS));
      }
      return { sent, lateMs };
    },
    async close() {
      const open = vendor.connections;
      for (const socket of sockets) socket.destroy();
      await until(() => vendor.connections <= open - count, 'Sessions that were closed are still open at the vendor.');
    },
  };
}

async function openSession({ port, path, subprotocols }: Route, form: RelayForm): Promise<Socket> {
  const offered = await subprotocols(form);
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const lines = [`GET ${path} HTTP/1.1`, 'Host: bench', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='];
  if (offered !== null) lines.push(`Sec-WebSocket-Protocol: ${offered.join(', ')}`);
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const answer = await new Promise<Buffer>((resolve, reject) => socket.once('data', resolve).once('error', reject).once('close', () => reject(new Error('The upgrade was not answered.'))));
  if (!answer.toString('latin1').startsWith('HTTP/1.1 101')) throw new Error(`The upgrade was refused: ${answer.toString('latin1').split('\r\n')[0]}`);
  socket.on('error', () => undefined);
  socket.resume();
  return socket;
}

/** Waits for what no event announces. */
export async function until(condition: () => boolean, complaint: string, timeoutMs = 20_000): Promise<void> {
  const giveUpAtMs = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > giveUpAtMs) throw new Error(complaint);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
