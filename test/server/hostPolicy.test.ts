import { describe, expect, it } from 'vitest';
import { createHostPolicy } from '../../src/server/akool/createHostPolicy.js';

const PUBLIC_DISCOVERY = 'http://discovery.example.com:8051';
const LOCAL_DISCOVERY = 'http://127.0.0.1:7300';

describe('which hosts discovery may name', () => {
  it.each([
    '127.0.0.1', '127.1', '0x7f.0.0.1', '2130706433', '0177.0.0.1', 'localhost', 'LOCALHOST.', 'a.localhost', '0.0.0.0',
    '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '224.0.0.1', '255.255.255.255',
    '::1', '[::1]', '::', '::ffff:127.0.0.1', '::ffff:a00:1', '::127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', '::ffff:0:7f00:1', 'fe80::1', 'fd00::1', 'ff02::1', '3fff::1', '5f00::1',
    '127.0.0.1.', '0x7f000001', '017700000001', '0x7f.1.', '0300.0250.1.1', '0xa9fea9fe', '10.1', '0', '4294967295', '08.8.8.8',
    '::ffff:7f00:1', '[::ffff:169.254.169.254]', '::ffff:0x7f.1', '0:0:0:0:0:ffff:10.0.0.1', '[fe80::1%25eth0]', '[::1]:80', '[::1', '::1]', '[[::1]]',
    '１２７.0.0.1', 'ⓛocalhost', 'ｌｏｃａｌｈｏｓｔ', 'nodes。example。com', 'bücher.example', '127.0.0.1\u0000.example.com',
    'example.com:80', '.', '..', '.example.com', 'a..example.com', '127.0.0.1..', 'localhost..', 'example.com\n',
    '', 'a b', '8.8.8.8:80', '8.8.8.8/', 'user@8.8.8.8', '8.8.8.8#', 'x?y', '%6c', 'fe80::1%eth0', 'intranet', '1:2:3',
  ])('refuses %j when discovery is public', (host) => {
    expect(createHostPolicy(PUBLIC_DISCOVERY, undefined).permitsHost(host)).toBe(false);
  });

  it.each(['8.8.8.8', '172.15.255.255', '172.32.0.1', '2606:4700::1111', '[2606:4700::1111]', 'node-1.example.com', 'node-1.example.com.', 'xn--bcher-kva.example', '0x8080808', '::ffff:8.8.8.8'])(
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

  it('permits what a list names in any spelling, and nothing that only looks like it', () => {
    const policy = createHostPolicy(PUBLIC_DISCOVERY, ['0x0a010000/16', '::ffff:192.0.2.0/120', 'Nodes.Internal.']);
    const permitted = ['10.1.0.1', '0x0a010001', '::ffff:10.1.0.1', '192.0.2.9', 'nodes.internal', 'nodes.internal.'];
    const refused = ['nodes.internal..', 'nodes.internal:80', 'nodes.internal.evil.example', 'xnodes.internal', '10.2.0.1', '192.0.3.1', '::a01:1', '10.1.0.1.evil.example'];
    expect([...permitted, ...refused].filter((host) => policy.permitsHost(host))).toEqual(permitted);
  });

  it('lets a name of a list lead anywhere, and no other name, even one that leads to a listed address', () => {
    const policy = createHostPolicy(PUBLIC_DISCOVERY, ['10.1.0.0/16', 'nodes.internal']);
    expect(policy.permitsAddress('10.9.9.9', 'NODES.internal.')).toBe(true);
    expect(policy.permitsHost('rebind.example.com')).toBe(false);
    expect(policy.permitsAddress('10.1.0.1', 'rebind.example.com')).toBe(false);
  });

  it.each(['10.0.0.0/33', '10.0.0.0/', 'http://x', '10.0.0.0/8/8', '', '*.example.com', 'fe80::1%eth0', '10.0.0.1:80', '::/129'])('does not start with the unreadable entry %j', (entry) => {
    expect(() => createHostPolicy(PUBLIC_DISCOVERY, [entry])).toThrow(expect.objectContaining({ reason: 'server-misconfigured' }));
  });
});
