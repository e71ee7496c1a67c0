import { AvatarError } from '../errors/AvatarError.js';
import type { DiscoveryBody } from './akool-streaming/createDiscovery.js';

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
  /**
   * The shape of discovery's answer: `instances` as the vendor's client reads them, or what the vendor's `readme` shows.
   * Default `instances`.
   */
  readonly discoveryBody?: DiscoveryBody;
  /** Takes one line per event. Default: silent. Lines hold no key and no token. */
  readonly log?: (line: string) => void;
}

/** @throws AvatarError `invalid-options` */
export function checkOptions({ nodes = 2, nodePorts = [], apiKey, discoveryBody = 'instances' }: EmulatorOptions): void {
  const invalid = (message: string) => new AvatarError('invalid-options', { message });
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > MAX_NODES) throw invalid(`nodes must be 1 to ${MAX_NODES}.`);
  if (nodePorts.length > 0 && nodePorts.length !== nodes) {
    throw invalid(`nodePorts names ${nodePorts.length} ports for ${nodes} nodes; give one per node, or none.`);
  }
  if (discoveryBody !== 'instances' && discoveryBody !== 'readme') throw invalid("discoveryBody must be 'instances' or 'readme'.");
  if (apiKey === '') throw invalid('apiKey must not be empty.');
}
