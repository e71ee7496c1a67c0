import { once } from 'node:events';
import { vi } from 'vitest';
import { WebSocket } from 'ws';
import type { AkoolSessionCredentials } from '../../src/server.js';

export interface LiveRoom {
  /** Data messages of the avatar, as they came. */
  readonly received: readonly Record<string, unknown>[];
  send(payload: Uint8Array): void;
  until(condition: () => boolean): Promise<void>;
  close(): void;
}

/** Joins the room of a hosted session with data messages only: no media engine is needed for what is said. */
export async function joinLiveRoom(channelUrl: string, credentials: AkoolSessionCredentials | null, onPayload: (payload: Uint8Array) => void = () => {}): Promise<LiveRoom> {
  if (credentials?.type !== 'agora') throw new Error('the session has no room');
  const { appId, channel, token, uid } = credentials;
  const socket = new WebSocket(channelUrl);
  await once(socket, 'open');
  const received: Record<string, unknown>[] = [];
  let requests = 0;
  const request = (message: object) => socket.send(JSON.stringify({ request: ++requests, ...message }));
  const joined = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.type === 'done' && message.request === 1) resolve();
      if (message.type !== 'message') return;
      const payload = Buffer.from(message.payload, 'base64');
      received.push(JSON.parse(payload.toString()));
      onPayload(new Uint8Array(payload));
    });
  });
  request({ type: 'join', appId, channel, token, uid });
  await joined;
  return {
    received,
    send: (payload) => request({ type: 'message', payload: Buffer.from(payload).toString('base64') }),
    until: (condition) => vi.waitFor(() => { if (!condition()) throw new Error('not yet'); }, { timeout: 10_000, interval: 5 }),
    close: () => socket.terminate(),
  };
}
