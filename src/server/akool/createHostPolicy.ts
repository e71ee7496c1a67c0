import { AvatarError } from '../../errors/AvatarError.js';
import { isInBlock, normaliseHost, parseAddress, parseBlock, type AddressBlock } from './ipAddress.js';

/** Which hosts the server may be sent to by what discovery answers: a forged answer must not reach inside the network. */
export interface HostPolicy {
  /** For a host as discovery wrote it. A name that passes is checked again once it is resolved. */
  permitsHost(host: string): boolean;
  /** For an address that a permitted name resolved to. */
  permitsAddress(address: string, name: string): boolean;
}

const LOOPBACK = ['127.0.0.0/8', '::1'];

/** Everything that is not plain public unicast (IANA special-purpose registries for IPv4 and IPv6). */
const NOT_PUBLIC = [
  ...LOOPBACK,
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24',
  '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
  // 64:ff9b, 2002 and ::ffff:0 carry an IPv4 address inside, which could be any of the above.
  '::/96', '::ffff:0:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', '5f00::/16',
  'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8',
];

function toBlocks(texts: readonly string[]): AddressBlock[] {
  return texts.flatMap((text) => parseBlock(text) ?? []);
}

/** True for a loopback address or a name that means one. */
export function isLoopbackHost(host: string): boolean {
  const normal = normaliseHost(host);
  if (normal === null) return false;
  const address = parseAddress(normal);
  if (address === null) return normal === 'localhost' || normal.endsWith('.localhost');
  return toBlocks(LOOPBACK).some((block) => isInBlock(address, block));
}

/**
 * @param discoveryUrl where the list of nodes comes from; on loopback, nodes may be there too.
 * @param allowedHosts names, addresses and CIDR blocks; given, nothing else is permitted.
 * @throws `server-misconfigured` when an entry of `allowedHosts` is none of these.
 */
export function createHostPolicy(discoveryUrl: string, allowedHosts: readonly string[] | undefined): HostPolicy {
  return allowedHosts === undefined ? defaultPolicy(isLoopbackHost(new URL(discoveryUrl).hostname)) : listPolicy(allowedHosts);
}

function listPolicy(allowedHosts: readonly string[]): HostPolicy {
  const names = new Set<string>();
  const blocks: AddressBlock[] = [];
  for (const entry of allowedHosts) {
    const block = parseBlock(entry);
    const name = normaliseHost(entry);
    if (block !== null) blocks.push(block);
    else if (name !== null) names.add(name);
    else
      throw new AvatarError('server-misconfigured', {
        message: 'akool.allowedHosts holds an entry that is no host name, address or CIDR block. Write it like 203.0.113.0/24.',
      });
  }
  return {
    permitsHost(host) {
      const normal = normaliseHost(host);
      if (normal === null) return false;
      const address = parseAddress(normal);
      return address === null ? names.has(normal) : blocks.some((block) => isInBlock(address, block));
    },
    // The operator named the host: where it leads is the operator's business.
    permitsAddress: (_address, name) => names.has(normaliseHost(name) ?? ''),
  };
}

function defaultPolicy(allowLoopback: boolean): HostPolicy {
  const notPublic = toBlocks(NOT_PUBLIC);
  const permitsAddress = (address: string): boolean => {
    const normal = normaliseHost(address);
    const parsed = normal === null ? null : parseAddress(normal);
    if (normal === null || parsed === null) return false;
    if (isLoopbackHost(normal)) return allowLoopback;
    return !notPublic.some((block) => isInBlock(parsed, block));
  };
  return {
    permitsHost(host) {
      const normal = normaliseHost(host);
      if (normal === null) return false;
      if (parseAddress(normal) !== null) return permitsAddress(normal);
      return isLoopbackHost(normal) ? allowLoopback : normal.includes('.');
    },
    permitsAddress: (address) => permitsAddress(address),
  };
}
