import { WebSocket } from 'ws';
import type { Emulator } from '../../src/emulator.js';

export interface ServerMessage {
  readonly v: number;
  readonly type: string;
  readonly mid: string;
  readonly pld: Record<string, unknown>;
}

export interface NodeClient {
  readonly socket: WebSocket;
  readonly messages: readonly ServerMessage[];
  /** Resolves with the next message not yet taken that fits. */
  next(fits: (message: ServerMessage) => boolean): Promise<ServerMessage>;
  send(message: unknown): void;
  readonly closed: Promise<{ code: number; reason: string }>;
}

export const isAck = (mid: string) => (message: ServerMessage) => message.type === 'ack' && message.pld['original_mid'] === mid;
export const isType = (type: string) => (message: ServerMessage) => message.type === type;
export const isStatus = (status: string) => (message: ServerMessage) => message.pld['status'] === status;

/** A plain `ws` client of a node: an independent speaker of the protocol. */
export function openNode(port: number, options: { session?: string; avatar?: string; key?: string | null } = {}): NodeClient {
  const { session = 's-1', avatar = 'a-1', key = 'emulator-key' } = options;
  const query = new URLSearchParams({ session_id: session, avatar_id: avatar });
  const socket = new WebSocket(`ws://127.0.0.1:${port}/streamingAvatar/ws/v1?${query}`, { headers: key === null ? {} : { api_key: key } });
  const messages: ServerMessage[] = [];
  const untaken: ServerMessage[] = [];
  const waiting = new Set<() => void>();
  // A refused upgrade is an error first; its close follows.
  socket.on('error', () => undefined);
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  socket.on('message', (data) => {
    let message: ServerMessage;
    try {
      message = JSON.parse(String(data));
    } catch {
      message = { v: 0, type: 'not-json', mid: '', pld: {} };
    }
    messages.push(message);
    untaken.push(message);
    for (const check of [...waiting]) check();
  });
  return {
    socket,
    messages,
    closed,
    next: (fits) =>
      new Promise((resolve) => {
        const check = () => {
          const index = untaken.findIndex(fits);
          if (index < 0) return;
          waiting.delete(check);
          resolve(untaken.splice(index, 1)[0] ?? fail());
        };
        waiting.add(check);
        check();
      }),
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
  };
}

function fail(): never {
  throw new Error('unreachable');
}

const agoraData = { appid: 'app', channel_id: 'room-1', token: 'tok', uid: '7001' };

export function setParams(mid: string, change: { data?: object; agora?: object | null } = {}): unknown {
  return {
    v: 2,
    type: 'command',
    mid,
    pld: {
      cmd: 'set-params',
      data: { vid: '', lang: 'en', mode: 3, bgurl: '', ...change.data },
      ...(change.agora === null ? {} : { metadata: { agora_data: { ...agoraData, ...change.agora } } }),
    },
  };
}

export const chat = (samples: Int16Array, mid = 'audio-1') => ({
  v: 2,
  type: 'chat',
  mid,
  pld: { audio: Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).toString('base64') },
});

export const interrupt = (mid: string) => ({ v: 2, type: 'command', mid, pld: { cmd: 'interrupt' } });
export const leave = (mid: string) => ({ v: 2, type: 'event', mid, pld: { event: 'leave_channel', reason: 'client_disconnect' } });

export interface Instance {
  readonly ip: string;
  readonly port: number;
  readonly avatar_id: string;
  readonly status: string;
  readonly healthy: boolean;
  readonly index: number;
}

export async function discover(emulator: Emulator): Promise<Instance[]> {
  const response = await fetch(emulator.discoveryUrl, { headers: { api_key: emulator.apiKey } });
  const body = await response.json();
  return body.data.instances;
}

export async function postFault(emulator: Emulator, fault: object): Promise<{ struck: number; armed: boolean }> {
  const response = await fetch(`${emulator.url}/_emulator/faults`, { method: 'POST', body: JSON.stringify(fault) });
  return response.json();
}

/** Opens a node and brings the avatar into the room. */
export async function joinNode(port: number, options: Parameters<typeof openNode>[1] & { agora?: object } = {}): Promise<NodeClient> {
  const client = openNode(port, options);
  await client.next(isStatus('websocket_connected'));
  client.send(setParams('p-1', { agora: options.agora ?? {} }));
  await client.next(isStatus('agora_connected'));
  return client;
}
