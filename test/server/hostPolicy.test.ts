import { describe, expect, it } from 'vitest';
import { createHostPolicy } from '../../src/server/akool/createHostPolicy.js';

const PUBLIC_DISCOVERY = 'http://discovery.example.com:8051';
const LOCAL_DISCOVERY = 'http://127.0.0.1:7300';

describe('which hosts discovery may name', () => {
  it.each([
    '127.0.0.1', '127.1', '0x7f.0.0.1', '2130706433', '0177.0.0.1', 'localhost', 'LOCALHOST.', 'a.localhost', '0.0.0.0',
    '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '224.0.0.1', '255.255.255.255',
    '::1', '[::1]', '::', '::ffff:127.0.0.1', '::ffff:a00:1', '::127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', '::ffff:0:7f00:1', 'fe80::1', 'fd00::1', 'ff02::1', '3fff::1', '5f00::1',
    '', 'a b', '8.8.8.8:80', '8.8.8.8/', 'user@8.8.8.8', '8.8.8.8#', 'x?y', '%6c', 'fe80::1%eth0', 'intranet', '1:2:3',
  ])('refuses %j when discovery is public', (host) => {
    expect(createHostPolicy(PUBLIC_DISCOVERY, undefined).permitsHost(host)).toBe(false);
  });

  it.each(['8.8.8.8', '172.15.255.255', '172.32.0.1', '2606:4700::1111', '[2606:4700::1111]', 'node-1.example.com'])(
    'permits %j when discovery is public',
    (host) => {
      expect(createHostPolicy(PUBLIC_DISCOVERY, undefined).permitsHost(host)).toBe(true);
    },
  );

  it('permits loopback, but nothing else inside, when discovery is on loopback', () => {
    const policy = createHostPolicy(LOCAL_DISCOVERY, undefined);
    expect(['127.0.0.1', '::1', 'localhost', '8.8.8.8'].map((host) => policy.permitsHost(host))).toEqual([true, true, true, true]);
    expect(['10.0.0.1', '169.254.169.254'].map((host) => policy.permitsHost(host))).toEqual([false, false]);
  });

  it('refuses a public name that leads inside', () => {
    const policy = createHostPolicy(PUBLIC_DISCOVERY, undefined);
    expect(policy.permitsHost('rebind.example.com')).toBe(true);
    expect(policy.permitsAddress('169.254.169.254', 'rebind.example.com')).toBe(false);
    expect(policy.permitsAddress('::ffff:10.0.0.1', 'rebind.example.com')).toBe(false);
    expect(policy.permitsAddress('93.184.216.34', 'rebind.example.com')).toBe(true);
  });

  it('permits exactly what a list names', () => {
    const policy = createHostPolicy(PUBLIC_DISCOVERY, ['10.1.0.0/16', '2001:db8::/32', 'nodes.internal']);
    const permitted = ['10.1.2.3', '10.2.0.1', '2001:db8::5', '2001:db9::5', 'NODES.internal', 'x.nodes.internal', '8.8.8.8'];
    expect(permitted.filter((host) => policy.permitsHost(host))).toEqual(['10.1.2.3', '2001:db8::5', 'NODES.internal']);
    expect(policy.permitsAddress('10.9.9.9', 'nodes.internal')).toBe(true);
  });

  it.each(['10.0.0.0/33', '10.0.0.0/', 'http://x', '10.0.0.0/8/8'])('does not start with the unreadable entry %j', (entry) => {
    expect(() => createHostPolicy(PUBLIC_DISCOVERY, [entry])).toThrow(expect.objectContaining({ reason: 'server-misconfigured' }));
  });
});
