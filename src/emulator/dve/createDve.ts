import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Clock } from '../../clock/clock.js';
import { scopeFits, type FaultRequest, type Faults } from '../faults/createFaults.js';
import { refuseUpgrade } from '../http/refuseUpgrade.js';
import type { SessionLog } from '../sessions/createSessionLog.js';
import { createDveConnection, type DveCharacter, type DveConnection } from './createDveConnection.js';

export const DVE_PATH = '/dve/ws';
const SUBPROTOCOL = 'proto';
/** Room for a picture. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

export interface DveOptions {
  readonly apiKey: string;
  readonly sessions: SessionLog;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** The emulated DaVinci Voice Engine, with two assistants: `echo` repeats what it heard, `host` answers with clips. */
export interface EmulatedDve {
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
  /** Lets a fault happen to the live connections. @returns how many it struck. */
  strike(fault: FaultRequest): number;
  close(): void;
}

/** Makes the voice socket. A connection is known by its `assistant_id`, also in faults. */
export function createDve({ apiKey, sessions, faults, clock, log }: DveOptions): EmulatedDve {
  // `proto` is selected always: a client that offered it would close a socket without.
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false, handleProtocols: () => SUBPROTOCOL });
  const connections = new Set<DveConnection>();

  function accept(socket: WebSocket, id: string, character: DveCharacter, closeCode: number | undefined): void {
    if (closeCode !== undefined) {
      socket.on('error', () => socket.terminate());
      return socket.close(closeCode, 'fault refuse-voice');
    }
    log(`dve ${id}: opened as ${character}`);
    const record = sessions.open({ vendor: 'dve', id, node: null, avatarId: id });
    const connection = createDveConnection({ socket, id, character, record, faults, clock, log });
    connections.add(connection);
    socket.once('close', () => connections.delete(connection));
  }

  return {
    upgrade(request, stream, head) {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://emulator');
      if (pathname !== DVE_PATH) return refuseUpgrade(stream, 404, `The voice socket is at ${DVE_PATH}.`);
      const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((value) => value.trim());
      if (!offered.includes(SUBPROTOCOL) || !offered.includes(apiKey)) {
        log('dve: refused a connection without a valid key');
        return refuseUpgrade(stream, 401, `Offer two subprotocols: ${SUBPROTOCOL} and the API key.`);
      }
      const id = searchParams.get('assistant_id');
      if (!id) return refuseUpgrade(stream, 400, 'assistant_id is required.');
      const fault = faults.take('refuse-voice', { session: id, vendor: 'dve' });
      if (fault && fault.code === undefined) return refuseUpgrade(stream, 503, 'fault refuse-voice');
      const character = (searchParams.get('character') ?? id) === 'echo' ? 'echo' : 'host';
      sockets.handleUpgrade(request, stream, head, (socket) => accept(socket, id, character, fault?.code));
    },
    strike: (fault) =>
      [...connections].filter((connection) => scopeFits(fault, { session: connection.id, vendor: 'dve' }) && connection.strike(fault)).length,
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
