import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { WebSocketServer } from 'ws';
import { systemClock } from '../clock/clock.js';
import { AvatarError } from '../errors/AvatarError.js';
import { AKOOL_DISCOVERY_PATH } from '../services/akool-streaming/messages.js';
import { createLiveApi } from './akool-live/createLiveApi.js';
import { createLiveSessions } from './akool-live/createLiveSessions.js';
import { createDiscovery } from './akool-streaming/createDiscovery.js';
import { createNode, type EmulatedNode } from './akool-streaming/createNode.js';
import { createStage } from './avatar/createStage.js';
import { createControl } from './control/createControl.js';
import { createDve, DVE_PATH } from './dve/createDve.js';
import { createFaults, type FaultRequest } from './faults/createFaults.js';
import { closeServer, listen } from './http/listen.js';
import { readTarget } from './http/readTarget.js';
import { refuseUpgrade } from './http/refuseUpgrade.js';
import { toLogLine } from './http/toLogLine.js';
import { createRooms } from './rooms/createRooms.js';
import { createSessionLog } from './sessions/createSessionLog.js';

const CHANNEL_PATH = '/channel';
const AKOOL_API_PATH = '/akool';
const MAX_SIGNAL_BYTES = 256 * 1024;
const MAX_NODES = 64;

export interface EmulatorOptions {
  /** Address to listen on. Default `127.0.0.1`: keep it there unless the network is yours. */
  readonly host?: string;
  /** Port of control, discovery and rooms. Default 0: a free one. */
  readonly port?: number;
  /** How many streaming nodes, each serving one session at a time. Default 2. */
  readonly nodes?: number;
  /** One port per node. Default: free ones. */
  readonly nodePorts?: readonly number[];
  /** The vendor key that clients must show. Default `emulator-key`. */
  readonly apiKey?: string;
  /** How soon after a session a node may be opened again without a 4004. Default 250. */
  readonly reconnectCooldownMs?: number;
  /** How long a hosted session is queueing, and then processing. Default 200. */
  readonly liveSessionStepMs?: number;
  /** Takes one line per event. Default: silent. Lines hold no key and no token. */
  readonly log?: (line: string) => void;
}

/** Where a running emulator is. */
export interface EmulatorInfo {
  /** Base of the control routes. */
  readonly url: string;
  /** Akool streaming's service discovery. */
  readonly discoveryUrl: string;
  /** Base of Akool's REST API for hosted avatars; takes `x-api-key`, or a token of an id and the key. */
  readonly akoolApiUrl: string;
  /** The DVE voice socket. Its assistants are `echo`, which repeats what it heard, and `host`, which answers. */
  readonly dveUrl: string;
  /** Signalling socket of the rooms. */
  readonly channelUrl: string;
  readonly apiKey: string;
}

export interface Emulator extends EmulatorInfo {
  /** Closes every socket, room and server. Idempotent. A process in which an avatar has appeared needs `process.exit` to end. */
  close(): Promise<void>;
}

/**
 * Starts stand-ins for the vendors on this machine: streaming nodes with discovery, a voice, and rooms in which the avatar appears.
 *
 * @param options - see {@link EmulatorOptions}; all optional.
 * @returns the running emulator with its addresses.
 * @throws AvatarError `invalid-options` when an option is out of range or a port is taken.
 *
 * @example
 * ```ts
 * const emulator = await startEmulator();
 * console.log(emulator.discoveryUrl);
 * await emulator.close();
 * ```
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { host = '127.0.0.1', port = 0, nodes: nodeCount = 2, nodePorts = [], apiKey = 'emulator-key', reconnectCooldownMs = 250, liveSessionStepMs = 200 } = options;
  const log = (line: string) => options.log?.(toLogLine(line));
  checkOptions(nodeCount, nodePorts, apiKey);

  const clock = systemClock;
  const faults = createFaults();
  const sessions = createSessionLog();
  const rooms = createRooms({ faults, clock, log });
  const stage = createStage({ rooms, faults, clock, log });
  const liveSessions = createLiveSessions({ stage, faults, clock, stepMs: liveSessionStepMs, log });
  const dve = createDve({ apiKey, sessions, faults, clock, log });
  const nodes: EmulatedNode[] = [];
  const signalling = new WebSocketServer({ noServer: true, maxPayload: MAX_SIGNAL_BYTES, perMessageDeflate: false });
  const app = new Hono();
  // The global Request and Response are the app's, not ours to replace.
  const serve = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void serve(request, response));

  async function close(): Promise<void> {
    for (const socket of signalling.clients) socket.terminate();
    signalling.close();
    dve.close();
    liveSessions.close();
    await Promise.all([...nodes.map((node) => node.close()), closeServer(server)]);
  }

  server.on('upgrade', (request, stream, head) => {
    const { path } = readTarget(request);
    if (path === CHANNEL_PATH) return signalling.handleUpgrade(request, stream, head, (socket) => rooms.accept(socket));
    if (path.startsWith('/dve')) return dve.upgrade(request, stream, head);
    refuseUpgrade(stream, 404, `There is no WebSocket here. Rooms are at ${CHANNEL_PATH}; streaming nodes have ports of their own, see discovery.`);
  });

  try {
    for (let index = 0; index < nodeCount; index++) {
      nodes.push(await createNode({ index, host, port: nodePorts[index] ?? 0, apiKey, reconnectCooldownMs, stage, sessions, faults, clock, log }));
    }
    const info = describe(host, await listen(server, host, port), apiKey);

    function strike(fault: FaultRequest): number {
      if (fault.fault !== 'drop-channel' && fault.fault !== 'token-expire') return nodes.filter((node) => node.strike(fault)).length + dve.strike(fault);
      const browsers = rooms.browsers();
      for (const browser of browsers) {
        if (fault.fault === 'drop-channel') browser.drop();
        else browser.warnOfExpiry();
      }
      return browsers.length;
    }

    app.route('/', createDiscovery({ apiKey, ip: reachableHost(host), nodes, faults, clock }));
    app.route(AKOOL_API_PATH, createLiveApi({ apiKey, sessions: liveSessions, chatRoomUrl: `${info.akoolApiUrl.replace(/^http/, 'ws')}/chat`, faults, clock }));
    app.all('/dve/*', (context) => context.json({ code: 426, msg: `Open a WebSocket at ${DVE_PATH}.` }, 426));
    app.route('/', createControl({ host, info: () => ({ ready: true, ...info }), sessions, faults, strike }));
    return { ...info, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function describe(host: string, port: number, apiKey: string): EmulatorInfo {
  const name = reachableHost(host);
  const authority = `${name.includes(':') ? `[${name}]` : name}:${port}`;
  return {
    url: `http://${authority}`,
    discoveryUrl: `http://${authority}${AKOOL_DISCOVERY_PATH}`,
    akoolApiUrl: `http://${authority}${AKOOL_API_PATH}`,
    dveUrl: `ws://${authority}${DVE_PATH}`,
    channelUrl: `ws://${authority}${CHANNEL_PATH}`,
    apiKey,
  };
}

/** "Every address" is nothing that a client could connect to. */
function reachableHost(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}

function checkOptions(nodeCount: number, nodePorts: readonly number[], apiKey: string): void {
  const invalid = (message: string) => new AvatarError('invalid-options', { message });
  if (!Number.isInteger(nodeCount) || nodeCount < 1 || nodeCount > MAX_NODES) throw invalid(`nodes must be 1 to ${MAX_NODES}.`);
  if (nodePorts.length > 0 && nodePorts.length !== nodeCount) {
    throw invalid(`nodePorts names ${nodePorts.length} ports for ${nodeCount} nodes; give one per node, or none.`);
  }
  if (apiKey === '') throw invalid('apiKey must not be empty.');
}
