import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AvatarServerOptions } from '../AvatarServerOptions.js';
import { trimSlashes } from '../handler/trimSlashes.js';
import { resolveServerOptions } from '../resolveServerOptions.js';
import { safeLog } from '../safeLog.js';
import type { RelayCore } from './startRelayCore.js';

/** The WebSocket half of the server: browsers on one side, avatar nodes on the other. Node only. */
export interface Relay {
  /**
   * Takes an HTTP upgrade whose path ends in `/relay`.
   *
   * @returns false when the path is another; the request is then untouched and yours.
   */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Refuses new connections, closes the live ones with "draining" so that they connect elsewhere, and resolves when all are gone: within `relayDrainTimeoutMs`. Idempotent. */
  close(): Promise<void>;
  /** Relay connections that are open now. */
  readonly connections: number;
}

/**
 * Makes the relay. It checks ticket and origin, adds the vendor key, and forwards both ways with limits and back-pressure.
 *
 * It begins where a handshake is whole. Callers that send half of one are the business of `node:http`: leave its `headersTimeout` on.
 *
 * @param options the same object that `createAvatarHandler` got.
 * @throws `server-misconfigured` at once when an option is missing or wrong.
 * @example
 * ```ts
 * const relay = createRelay(options);
 * server.on('upgrade', (request, socket, head) => {
 *   if (!relay.handleUpgrade(request, socket, head)) socket.destroy();
 * });
 * ```
 */
export function createRelay(options: AvatarServerOptions): Relay {
  const resolved = resolveServerOptions(options);
  const config = { ...resolved, log: safeLog(resolved.log) };
  // Loaded late, so that an edge server may import this entry for the handler without meeting `node:` modules.
  let core: RelayCore | null = null;
  const coreLoaded = import('./startRelayCore.js').then(({ startRelayCore }) => (core = startRelayCore(config)));
  coreLoaded.catch(() => {
    // Reported at the first upgrade, below.
  });

  return {
    handleUpgrade(request, socket, head) {
      if (!isRelayPath(request.url ?? '')) return false;
      if (core !== null) {
        core.handleUpgrade(request, socket, head);
        return true;
      }
      const onEarlyError = (): void => void socket.destroy();
      socket.on('error', onEarlyError);
      coreLoaded.then(
        (loaded) => {
          socket.off('error', onEarlyError);
          loaded.handleUpgrade(request, socket, head);
        },
        () => {
          config.log({ level: 'error', event: 'relay-fail', message: 'The relay could not load. It needs Node.', context: {} });
          socket.destroy();
        },
      );
      return true;
    },
    close: () => coreLoaded.then((loaded) => loaded.close()),
    get connections() {
      return core?.connections ?? 0;
    },
  };
}

/** Looks at the path's end alone, so that the relay works under any prefix. */
function isRelayPath(url: string): boolean {
  const [path = ''] = url.split('?', 1);
  return trimSlashes(path).endsWith('/relay');
}
