import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { WebSocket as NodeWebSocket, WebSocketServer, type WebSocket as ServerSocket } from 'ws';
import { systemClock } from '../../../src/clock/clock.js';
import type { Grant } from '../../../src/grant/grant.js';
import { RELAY_SUBPROTOCOL } from '../../../src/grant/relayProtocol.js';
import type { AvatarServiceEvent } from '../../../src/services/service.js';
import { akoolStreaming, type AkoolStreamingOptions } from '../../../src/services/akool-streaming/akoolStreaming.js';

export interface Received {
  readonly v?: number;
  readonly type: string;
  readonly mid: string;
  readonly pld: { readonly cmd?: string; readonly audio?: string; readonly event?: string; readonly reason?: string; readonly data?: unknown };
}
export type Script = (message: Received, reply: (message: unknown) => void, socket: ServerSocket) => void;

export const ack = (message: Received, status = 'success') => ({ v: 2, type: 'ack', mid: 'a', pld: { original_mid: message.mid, status } });
export const joined = { v: 2, type: 'system', mid: 's', pld: { status: 'agora_connected', channel_id: 'room' } };

/** A service that does everything right. */
export const polite: Script = (message, reply) => {
  if (message.type === 'ping') reply({ v: 2, type: 'pong', mid: message.mid, pld: {} });
  if (message.type === 'command' || message.type === 'event') reply(ack(message));
  if (message.pld.cmd === 'set-params') reply(joined);
};

const cleanUps: (() => Promise<unknown> | void)[] = [];

/** Stops every server that a test has started. Goes into `afterEach`. */
export async function stopScriptedAvatars(): Promise<void> {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
}

/** Starts a scripted avatar service and a client for it. */
export async function startScriptedAvatar(script: Script = polite, options: AkoolStreamingOptions = {}, greet = true) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => RELAY_SUBPROTOCOL });
  await once(server, 'listening');
  const received: Received[] = [];
  const offered: string[][] = [];
  const sockets: ServerSocket[] = [];
  server.on('connection', (socket, request) => {
    sockets.push(socket);
    offered.push((request.headers['sec-websocket-protocol'] ?? '').split(',').map((value) => value.trim()));
    const reply = (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message));
    if (greet) reply({ v: 2, type: 'system', mid: 'w', pld: { status: 'websocket_connected' } });
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as Received; // our own client wrote it
      received.push(message);
      script(message, reply, socket);
    });
  });
  cleanUps.push(() => {
    for (const socket of sockets) socket.terminate();
    server.close();
  });
  const controller = new AbortController();
  const events: AvatarServiceEvent[] = [];
  const grant: Grant = {
    version: 1,
    sessionId: 'session-1',
    expiresAt: 4e12,
    avatar: {
      service: 'akool-streaming',
      avatarId: 'anna',
      url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/relay`, // it listens on TCP
      ticket: 'the-ticket',
      ticketExpiresAt: 4e12,
    },
  };
  // ws implements the browser's interface, but its types are its own.
  const service = akoolStreaming({ WebSocket: NodeWebSocket as unknown as typeof WebSocket, ...options });
  const connect = (onEvent: (event: AvatarServiceEvent) => unknown = (event) => events.push(event)) =>
    service.connect({ grant, params: { voiceId: 'v1', language: 'de' }, room: () => Promise.reject(new Error('no room')), keepLease: null, signal: controller.signal, clock: systemClock, onEvent });
  return { connect, controller, events, received, offered, sockets, types: () => received.map((message) => message.pld.cmd ?? message.pld.event ?? message.type) };
}

export const until = (check: () => void) => expect.poll(() => {
  try {
    check();
    return 'ok';
  } catch (error) {
    return String(error);
  }
}, { timeout: 5000, interval: 5 }).toBe('ok');
