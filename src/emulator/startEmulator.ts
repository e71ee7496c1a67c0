import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { WebSocketServer } from 'ws';
import { systemClock } from '../clock/clock.js';
import { createChatRooms } from './akool-live/createChatRooms.js';
import { createLiveApi } from './akool-live/createLiveApi.js';
import { createLiveSessions } from './akool-live/createLiveSessions.js';
import { createDiscovery } from './akool-streaming/createDiscovery.js';
import { createNode, type EmulatedNode } from './akool-streaming/createNode.js';
import { createStage } from './avatar/createStage.js';
import { createControl } from './control/createControl.js';
import { createDve, DVE_PATH } from './dve/createDve.js';
import { AKOOL_API_PATH, CHANNEL_PATH, describeEmulator, reachableHost, type EmulatorInfo } from './EmulatorInfo.js';
import { checkOptions, type EmulatorOptions } from './EmulatorOptions.js';
import { createFaults, type FaultRequest } from './faults/createFaults.js';
import { closeServer, listen } from './http/listen.js';
import { readTarget } from './http/readTarget.js';
import { refuseUpgrade } from './http/refuseUpgrade.js';
import { toLogLine } from './http/toLogLine.js';
import { createRooms } from './rooms/createRooms.js';
import { createSessionLog } from './sessions/createSessionLog.js';

const CHAT_ROOMS_PATH = `${AKOOL_API_PATH}/chat`;
const MAX_SIGNAL_BYTES = 256 * 1024;

export type { EmulatorInfo, EmulatorOptions };

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
  const { host = '127.0.0.1', port = 0, nodes: nodeCount = 2, nodePorts = [], apiKey = 'emulator-key', reconnectCooldownMs = 250, liveSessionStepMs = 200, discoveryBody = 'instances' } = options;
  const log = (line: string) => options.log?.(toLogLine(line));
  checkOptions(options);

  const clock = systemClock;
  const faults = createFaults();
  const sessions = createSessionLog();
  const rooms = createRooms({ faults, clock, log });
  const stage = createStage({ rooms, faults, clock, log });
  const chatRooms = createChatRooms({ clock, log });
  const liveSessions = createLiveSessions({ stage, records: sessions, faults, clock, stepMs: liveSessionStepMs, log });
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
    chatRooms.close();
    await Promise.all([...nodes.map((node) => node.close()), closeServer(server)]);
  }

  server.on('upgrade', (request, stream, head) => {
    const { path } = readTarget(request);
    if (path === CHANNEL_PATH) return signalling.handleUpgrade(request, stream, head, (socket) => rooms.accept(socket));
    if (path.startsWith(`${CHAT_ROOMS_PATH}/`)) return chatRooms.upgrade(request, stream, head);
    if (path.startsWith('/dve')) return dve.upgrade(request, stream, head);
    refuseUpgrade(stream, 404, `There is no WebSocket here. Rooms are at ${CHANNEL_PATH}; streaming nodes have ports of their own, see discovery.`);
  });

  try {
    for (let index = 0; index < nodeCount; index++) {
      nodes.push(await createNode({ index, host, port: nodePorts[index] ?? 0, apiKey, reconnectCooldownMs, stage, sessions, faults, clock, log }));
    }
    const info = describeEmulator(host, await listen(server, host, port), apiKey);

    function strike(fault: FaultRequest): number {
      if (fault.fault !== 'drop-channel' && fault.fault !== 'token-expire') {
        return nodes.filter((node) => node.strike(fault)).length + dve.strike(fault) + liveSessions.strike(fault);
      }
      const browsers = rooms.browsers().filter(({ channel }) => fault.session === undefined || fault.session === channel);
      for (const browser of browsers) {
        if (fault.fault === 'drop-channel') browser.drop();
        else browser.warnOfExpiry(fault.delayMs);
      }
      return browsers.length;
    }

    app.route('/', createDiscovery({ apiKey, ip: reachableHost(host), body: discoveryBody, nodes, faults, clock }));
    app.route(AKOOL_API_PATH, createLiveApi({ apiKey, sessions: liveSessions, chatRooms, socketBase: info.url.replace(/^http/, 'ws') + CHAT_ROOMS_PATH, faults, clock }));
    app.all('/dve/*', (context) => context.json({ code: 426, msg: `Open a WebSocket at ${DVE_PATH}.` }, 426));
    app.route('/', createControl({ host, info: () => ({ ready: true, ...info }), sessions, faults, strike }));
    return { ...info, close };
  } catch (error) {
    await close();
    throw error;
  }
}
