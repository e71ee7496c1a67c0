import { createServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Clock } from '../../clock/clock.js';
import { AKOOL_CODE, AKOOL_WS_PATH } from '../../services/akool-streaming/messages.js';
import type { Stage } from '../avatar/stage.js';
import { scopeFits, type FaultRequest, type Faults } from '../faults/createFaults.js';
import { closeServer, listen } from '../http/listen.js';
import { readTarget } from '../http/readTarget.js';
import { refuseUpgrade } from '../http/refuseUpgrade.js';
import type { SessionLog } from '../sessions/createSessionLog.js';
import { awaitAuth } from './awaitAuth.js';
import { createNodeConnection, type NodeConnection } from './createNodeConnection.js';

/** Two minutes of audio in one message is more than any client should send at once. */
const MAX_MESSAGE_BYTES = 1024 * 1024;
const POLICY_VIOLATION = 1008;

export interface NodeOptions {
  readonly index: number;
  readonly host: string;
  readonly port: number;
  readonly apiKey: string;
  /** How soon after its last session the node may be opened again. */
  readonly reconnectCooldownMs: number;
  readonly stage: Stage;
  readonly sessions: SessionLog;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** One machine of the vendor: it serves one session at a time. */
export interface EmulatedNode {
  readonly index: number;
  readonly port: number;
  readonly occupied: boolean;
  /** Lets a fault happen to the live connection. @returns whether it struck. */
  strike(fault: FaultRequest): boolean;
  close(): Promise<void>;
}

/** Who asks to be let in. */
interface Introduction {
  readonly key: unknown;
  readonly sessionId: string | null;
  readonly avatarId: string | null;
  readonly forms: 'v2' | 'readme';
}

/** Starts a node on a port of its own. */
export async function createNode(options: NodeOptions): Promise<EmulatedNode> {
  const { index, apiKey, reconnectCooldownMs, stage, sessions, faults, clock, log } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  let current: NodeConnection | null = null;
  let freedAtMs = Number.NEGATIVE_INFINITY;
  let unnamed = 0;

  /** The vendor's client looks for these as HTTP statuses, where a 4xxx cannot be: they are close codes. */
  function refusalOf(key: unknown): { code: number; reason: string } | null {
    if (key !== apiKey) return { code: AKOOL_CODE.badKey, reason: 'invalid or missing api_key' };
    if (current) return { code: AKOOL_CODE.occupied, reason: 'service occupied, only one connection allowed' };
    if (clock.now() - freedAtMs < reconnectCooldownMs) return { code: AKOOL_CODE.tooSoon, reason: 'reconnection too soon, please wait' };
    return null;
  }

  // A refused socket may still send, or break; neither is of interest.
  function refuse(socket: WebSocket, code: number, reason: string): void {
    socket.on('error', () => socket.terminate());
    socket.close(code, reason);
  }

  function accept(socket: WebSocket, request: IncomingMessage, query: URLSearchParams): void {
    const fault = faults.take('refuse-node', { vendor: 'akool-streaming', node: index, ...sessionOf(query) });
    if (fault) return refuse(socket, fault.code ?? AKOOL_CODE.occupied, 'fault refuse-node');
    const key = request.headers['api_key'];
    const sessionId = query.get('session_id');
    const avatarId = query.get('avatar_id');
    if (key !== undefined) return open(socket, { key, sessionId, avatarId, forms: 'v2' });
    // The README has the key in a first message.
    awaitAuth(socket, clock, (auth) => open(socket, { key: auth?.token, sessionId: sessionId ?? `readme-${++unnamed}`, avatarId: avatarId ?? auth?.avatarId ?? null, forms: 'readme' }));
  }

  function open(socket: WebSocket, { key, sessionId, avatarId, forms }: Introduction): void {
    const refusal = refusalOf(key);
    if (refusal) {
      log(`node ${index}: refused a connection with ${refusal.code} (${refusal.reason})`);
      return refuse(socket, refusal.code, refusal.reason);
    }
    if (!sessionId || !avatarId) return refuse(socket, POLICY_VIOLATION, 'session_id and avatar_id are required');
    log(`node ${index}: session ${sessionId} opened`);
    const record = sessions.open({ vendor: 'akool-streaming', id: sessionId, node: index, avatarId });
    current = createNodeConnection({ socket, sessionId, node: index, forms, record, stage, faults, clock, log });
    socket.once('close', () => {
      current = null;
      freedAtMs = clock.now();
    });
  }

  function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const { path, query } = readTarget(request);
    if (path !== AKOOL_WS_PATH) return refuseUpgrade(stream, 404, `The streaming socket is at ${AKOOL_WS_PATH}.`);
    const fault = faults.find('refuse-node', { node: index, ...sessionOf(query) });
    if (fault && fault.code === undefined) {
      faults.take('refuse-node', { node: index, ...sessionOf(query) });
      return refuseUpgrade(stream, 503, 'fault refuse-node');
    }
    sockets.handleUpgrade(request, stream, head, (socket) => accept(socket, request, query));
  }

  const server = createServer((_request, response) => {
    response.writeHead(426, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ code: 426, msg: `This is node ${index} of the visavis emulator; open a WebSocket at ${AKOOL_WS_PATH}.` }));
  });
  server.on('upgrade', upgrade);
  const port = await listen(server, options.host, options.port);

  return {
    index,
    port,
    get occupied() {
      return current !== null;
    },
    strike(fault) {
      if (!current || !scopeFits(fault, { vendor: 'akool-streaming', node: index, session: current.sessionId })) return false;
      current.strike(fault);
      return true;
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await closeServer(server);
    },
  };
}

function sessionOf(query: URLSearchParams): { session?: string } {
  const session = query.get('session_id');
  return session ? { session } : {};
}
