import { isIP } from 'node:net';
import { createHostPolicy } from '../../../src/server/akool/createHostPolicy.js';
import { parseDiscovery } from '../../../src/server/akool/parseDiscovery.js';
import { expectThat, orRefusal, type FuzzTarget } from '../FuzzTarget.js';
import { mutateJson } from '../mutators/mutateJson.js';
import { oddText } from '../mutators/oddText.js';

const SEEDS = [
  '{"code":1000,"data":{"instances":[{"ip":"203.0.114.7","port":8080,"avatar_id":"ava","status":"available","healthy":true},{"ip":"[2606:4700::1]","port":"80","avatar_id":7,"status":"busy","healthy":false}]}}',
  '{"success":true,"data":{"services":[{"host":"node.example.com","port":443,"status":"active"}]}}',
  '{"code":4003,"data":null}',
];
const REFUSALS = ['discovery-failed', 'key-rejected', 'avatar-busy', 'reconnect-too-soon'] as const;
const HOSTS = ['127.0.0.1', '0x7f.1', '2130706433', '[::ffff:10.0.0.1]', '::1', '10.1.2.3', '169.254.169.254', 'localhost', '127.0.0.1.', '0177.0.0.1', 'a.example', '8.8.8.8'];
const policy = createHostPolicy('https://discovery.example/', undefined);

/** Lists of avatar nodes, and where they may lead. */
export const discovery: FuzzTarget = {
  share: 4,
  fuzz(random) {
    const text = mutateJson(random, SEEDS);
    let output = 0;
    try {
      const json: unknown = JSON.parse(text);
      const nodes = orRefusal(REFUSALS, text, () => parseDiscovery(json)) ?? [];
      for (const { host, port } of nodes) expectThat(host !== '' && Number.isInteger(port) && port >= 1 && port <= 65_535, 'A node has no address', text);
      output = JSON.stringify(nodes).length;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
    const host = random.chance(0.5) ? random.pick(HOSTS) + oddText(random) : oddText(random) + random.pick(HOSTS);
    if (orRefusal([], host, () => policy.permitsHost(host))) expectThat(!leadsInside(host), 'A host is permitted that lies inside', host);
    return { input: text.length, output };
  },
};

/** By the parser of URLs, which is what a connection would go by. */
function leadsInside(host: string): boolean {
  const text = host.includes(':') && !host.startsWith('[') ? `http://[${host}]/` : `http://${host}/`;
  if (!URL.canParse(text)) return false;
  const hostname = new URL(text).hostname.replace(/^\[|\]$|\.$/g, '');
  if (isIP(hostname) === 0) return hostname === 'localhost';
  return /^(127\.|10\.|169\.254\.|0\.|192\.168\.|::1$|::ffff:)/.test(hostname);
}
