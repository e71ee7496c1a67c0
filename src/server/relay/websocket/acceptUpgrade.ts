import type { IncomingMessage } from 'node:http';
import { acceptKey } from './acceptKey.js';

export type UpgradeAnswer =
  | { readonly ok: true; readonly head: string; readonly offered: readonly string[]; readonly selected: string | null }
  | { readonly ok: false; readonly status: 400 | 405 | 426 };

const KEY = /^[+/0-9A-Za-z]{22}==$/;
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * Checks a handshake and writes the answer to it. No extension is ever accepted: compression would let a few bytes from a
 * browser become many here.
 *
 * @param subprotocol selected when it is offered. A browser that offered others alone closes by itself.
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-4.2
 */
export function acceptUpgrade({ method, httpVersion, headers }: IncomingMessage, subprotocol: string): UpgradeAnswer {
  if (method !== 'GET') return { ok: false, status: 405 };
  const key = headers['sec-websocket-key'];
  if (headers.upgrade?.toLowerCase() !== 'websocket' || httpVersion === '1.0' || key === undefined || !KEY.test(key)) return { ok: false, status: 400 };
  if (headers['sec-websocket-version'] !== '13') return { ok: false, status: 426 };
  const offered = headers['sec-websocket-protocol']?.split(',').map((value) => value.trim()) ?? [];
  if (!offered.every((value) => TOKEN.test(value)) || new Set(offered).size < offered.length) return { ok: false, status: 400 };
  const selected = offered.includes(subprotocol) ? subprotocol : null;
  const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${acceptKey(key)}`];
  if (selected !== null) lines.push(`Sec-WebSocket-Protocol: ${selected}`);
  return { ok: true, head: `${lines.join('\r\n')}\r\n\r\n`, offered, selected };
}
