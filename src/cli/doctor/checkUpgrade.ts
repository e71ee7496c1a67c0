import { WebSocket } from 'ws';
import { RELAY_CLOSE, RELAY_SUBPROTOCOL, relaySubprotocols } from '../../grant/relayProtocol.js';
import { findingsOf, type Finding, type Findings } from './finding.js';

const UPGRADE_FIX = 'Let the proxy pass upgrades on: in nginx, proxy_http_version 1.1 with the headers Upgrade and Connection; see deploy/nginx.conf.';
const PROTOCOL_FIX = 'Let the proxy pass Sec-WebSocket-Protocol on unchanged, in both directions: the ticket travels in it.';

/**
 * Opens the relay's socket with a ticket that is none. A relay that is reached through every proxy refuses it with a code of its own.
 *
 * @param url base of the routes.
 * @param origin page that asks; null for none.
 */
export function checkUpgrade(url: URL, origin: string | null, signal: AbortSignal): Promise<Finding> {
  const findings = findingsOf('relay');
  const address = new URL(`${url.href.replace(/\/+$/, '').replace(/^http/, 'ws')}/relay`);
  const socket = new WebSocket(address, relaySubprotocols('doctor'), { perMessageDeflate: false, followRedirects: false, ...(origin === null ? {} : { origin }) });
  return new Promise((resolve) => {
    const done = (finding: Finding): void => {
      signal.removeEventListener('abort', onAbort);
      socket.terminate();
      resolve(finding);
    };
    const onAbort = (): void => done(findings.fail('The relay did not answer in time.', UPGRADE_FIX));
    signal.addEventListener('abort', onAbort);
    // A listener must stay, also for the socket that was given up.
    socket.on('error', (error) => done(ofError(findings, error)));
    socket.once('unexpected-response', (_request, { statusCode = 0 }) => done(ofStatus(findings, statusCode, origin)));
    socket.once('close', (code) => done(ofClose(findings, code)));
  });
}

function ofError({ fail }: Findings, { message }: Error): Finding {
  // The library's own words for an answer without, or with another, subprotocol.
  if (/subprotocol/i.test(message)) return fail(`The relay's answer does not select ${RELAY_SUBPROTOCOL}.`, PROTOCOL_FIX);
  return fail('The connection to the relay broke in its handshake.', UPGRADE_FIX);
}

function ofStatus({ fail, warn }: Findings, status: number, origin: string | null): Finding {
  if (status === 403) return fail(`The relay refuses ${origin ?? 'a caller without origin'}.`, `Start the server with --origin ${origin ?? 'https://app.example.com'}, and let the proxy pass Origin on unchanged.`);
  if (status === 503) return warn('The relay is full or stops.', 'Add instances, or raise --max-connections.');
  if (status === 502 || status === 504) return fail(`The proxy does not reach the relay (status ${status}).`, UPGRADE_FIX);
  return fail(`The relay is not reached: the upgrade is answered with status ${status}.`, UPGRADE_FIX);
}

function ofClose({ ok, warn, fail }: Findings, code: number): Finding {
  switch (code) {
    case RELAY_CLOSE.ticketRefused:
      return ok('The relay is reached, and refuses a ticket that is none.');
    case RELAY_CLOSE.badRequest:
      return fail('The relay is reached, but not with what was offered.', PROTOCOL_FIX);
    case RELAY_CLOSE.draining:
      return warn('The relay is reached, and stops.', 'Try again when the server has started again.');
    case RELAY_CLOSE.rateLimited:
      return warn('The relay is reached, and full.', 'Add instances, or raise --max-connections.');
    default:
      return warn(`The relay is reached, but closes with ${code}.`, 'See the log of the server for relay-refuse and relay-fail.');
  }
}
