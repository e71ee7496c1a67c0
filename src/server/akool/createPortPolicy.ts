import { misconfigured } from '../optionChecks.js';

/** Which ports the server may be sent to by what discovery answers: a node is no mail server and no database. */
export interface PortPolicy {
  permitsPort(port: number): boolean;
}

const FIRST_FREE_PORT = 1_024;
/** Where nodes may well be among the ports that only a system's own programs open. */
const WEB_PORTS: ReadonlySet<number> = new Set([80, 443]);
/**
 * Of programs that take a stranger's bytes for commands, or that serve whoever is inside: proxies, databases, queues, desktops, and what
 * runs clusters. Each in its own registry or documentation.
 */
const INSIDE_PORTS: readonly number[] = [
  1080, 1433, 1521, 2049, 2181, 2375, 2376, 2379, 2380, 3128, 3306, 3389, 5432, 5671, 5672, 5900, 5984, 5985, 5986, 6000, 6066,
  6379, 6380, 6443, 6660, 6661, 6662, 6663, 6664, 6665, 6666, 6667, 6668, 6669, 6697, 9042, 9092, 9200, 9300, 10_080, 10_250,
  10_255, 11_211, 15_672, 26_379, 27_017, 27_018, 27_019,
];

/**
 * @param refusedPorts instead of the built-in list; none of them for an empty one.
 * @throws `server-misconfigured` when an entry is no port.
 */
export function createPortPolicy(refusedPorts: readonly number[] | undefined): PortPolicy {
  for (const port of refusedPorts ?? []) {
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw misconfigured('akool.refusedPorts holds an entry that is no port. Write numbers from 1 to 65535, such as [22, 25, 6379].');
  }
  const refused = new Set(refusedPorts ?? INSIDE_PORTS);
  if (refusedPorts !== undefined) return { permitsPort: (port) => !refused.has(port) };
  return { permitsPort: (port) => (port >= FIRST_FREE_PORT || WEB_PORTS.has(port)) && !refused.has(port) };
}
