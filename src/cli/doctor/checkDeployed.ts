import { isLoopbackHost } from '../../server/akool/createHostPolicy.js';
import { checkUpgrade } from './checkUpgrade.js';
import { findingsOf, type Finding } from './finding.js';

/** Nobody's, by RFC 2606. */
const FOREIGN_ORIGIN = 'https://visavis-doctor.invalid';

/**
 * Looks at a running server from outside, as a browser does.
 *
 * @param url base of its routes, without a slash at its end.
 * @param origins pages that may ask.
 */
export async function checkDeployed(url: URL, origins: readonly string[], signal: () => AbortSignal): Promise<Finding[]> {
  const health = await checkHealth(url, signal());
  // Whatever else is asked would fail for the same reason.
  if (health.status === 'fail') return [health];
  return [
    checkScheme(url),
    health,
    await checkReady(url, signal()),
    ...(await Promise.all(origins.map((origin) => checkPreflight(url, origin, signal())))),
    await checkForeign(url, signal()),
    await checkUpgrade(url, origins[0] ?? null, signal()),
  ];
}

function checkScheme(url: URL): Finding {
  const { ok, fail } = findingsOf('url');
  if (url.protocol === 'https:' || isLoopbackHost(url.hostname)) return ok(`${url.origin} is an address that a page with a microphone may ask.`);
  return fail(`${url.origin} is not https: a page on https may neither ask it nor open its relay.`, 'Put a proxy in front that ends TLS, or have the balancer do it.');
}

async function ask(url: URL, path: string, init: RequestInit): Promise<Response | null> {
  try {
    const response = await fetch(url.href.replace(/\/+$/, '') + path, { ...init, redirect: 'manual' });
    await response.body?.cancel();
    return response;
  } catch {
    return null; // There is one answer to all that can go wrong here: the fix says where to look.
  }
}

async function checkHealth(url: URL, signal: AbortSignal): Promise<Finding> {
  const { ok, fail } = findingsOf('health');
  const response = await ask(url, '/health', { signal });
  if (response === null) return fail(`${url.host} does not answer.`, `Check name, port and certificate: curl -v ${url.href}/health`);
  if (response.status === 200 && response.headers.get('content-type')?.includes('json') === true) return ok('The server answers.');
  if (response.status >= 300 && response.status < 400) return fail('The server sends elsewhere.', 'Give the address that it sends to; a WebSocket follows no redirect.');
  if (response.status >= 502) return fail(`The proxy answers ${response.status}: it does not reach the server.`, 'Check the proxy’s upstream: host and port of visavis serve.');
  return fail(`There is no session route (status ${response.status}).`, 'Give the whole base, such as https://app.example.com/api/avatar, and see that the proxy passes its path on unchanged.');
}

async function checkReady(url: URL, signal: AbortSignal): Promise<Finding> {
  const { ok, warn } = findingsOf('ready');
  const response = await ask(url, '/ready', { signal });
  if (response?.status === 200) return ok('The server is ready.');
  return warn(`The server is not ready (status ${response?.status ?? 'none'}).`, 'It is stopping, or Redis does not answer it: see its log for server-drain and ledger-lost.');
}

function preflight(url: URL, origin: string, signal: AbortSignal): Promise<Response | null> {
  return ask(url, '/session', {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' },
    signal,
  });
}

async function checkPreflight(url: URL, origin: string, signal: AbortSignal): Promise<Finding> {
  const { ok, fail } = findingsOf('cors');
  const response = await preflight(url, origin, signal);
  if (response === null) return fail(`The question whether ${origin} may ask was not answered.`, 'See that the proxy lets OPTIONS through.');
  if (response.status === 403) return fail(`The server refuses ${origin}.`, `Start it with --origin ${origin}`);
  const { headers } = response;
  const mayAsk = headers.get('access-control-allow-origin') === origin && headers.get('access-control-allow-methods')?.includes('POST') === true;
  if (!response.ok || !mayAsk) return fail(`A browser would not let ${origin} ask (status ${response.status}).`, 'See that the proxy answers no OPTIONS itself, and passes Access-Control-* headers on unchanged.');
  return ok(`A browser lets ${origin} ask.`);
}

async function checkForeign(url: URL, signal: AbortSignal): Promise<Finding> {
  const { ok, fail } = findingsOf('cors');
  const allowed = (await preflight(url, FOREIGN_ORIGIN, signal))?.headers.get('access-control-allow-origin');
  if (allowed === FOREIGN_ORIGIN || allowed === '*') return fail('Any page may ask: a foreign origin was allowed.', 'Take the Access-Control-* headers out of the proxy; the server sets its own.');
  return ok('A foreign page may not ask.');
}
