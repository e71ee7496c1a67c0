import { WebSocket } from 'ws';
import type { DveServerOptions } from '../../server.js';
import { findingsOf, type Finding, type Findings } from './finding.js';

const SUBPROTOCOL = 'proto';
/** A service that opens a socket to everybody closes that of a stranger soon. */
const REFUSAL_MS = 300;
const KEY_FIX = 'Check DVE_API_KEY, and that it belongs to this voice service.';

/**
 * Opens the voice service's socket with the key and closes it again. Nothing is sent.
 *
 * @param url where it is.
 */
export function checkDve({ apiKey, assistantId }: DveServerOptions, url: URL, signal: AbortSignal): Promise<Finding> {
  const findings = findingsOf('voice');
  if (assistantId === undefined) return Promise.resolve(findings.warn('No assistant is named, so that the key was not tried.', 'Set DVE_ASSISTANT_ID, or see that every page names its assistant.'));
  const address = new URL(url);
  address.searchParams.set('assistant_id', assistantId);
  let socket: WebSocket;
  try {
    socket = new WebSocket(address, [SUBPROTOCOL, apiKey], { perMessageDeflate: false, followRedirects: false });
  } catch {
    return Promise.resolve(findings.fail('DVE_API_KEY holds characters that a WebSocket subprotocol may not.', 'A key has letters, digits, dots, dashes and underscores. Copy it again, without blanks and quotes.'));
  }
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const done = (finding: Finding): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.terminate();
      resolve(finding);
    };
    const onAbort = (): void => done(findings.fail('The voice service did not answer in time.', 'See the check of its address, and try again.'));
    signal.addEventListener('abort', onAbort);
    // A listener must stay, also for the socket that was given up.
    socket.on('error', () => done(findings.fail('The voice service cannot be spoken to.', 'See the check of its address, and that the address is that of a WebSocket.')));
    // The library refuses a server that selects none of what was offered; the relay does not mind.
    socket.once('upgrade', ({ headers }) => (headers['sec-websocket-protocol'] ??= SUBPROTOCOL));
    socket.once('unexpected-response', (_request, { statusCode = 0 }) => done(ofStatus(findings, statusCode)));
    socket.once('close', (code) => done(ofClose(findings, code)));
    socket.once('open', () => (timer = setTimeout(() => done(findings.ok('The voice service takes the key.')), REFUSAL_MS)));
  });
}

function ofStatus({ fail }: Findings, status: number): Finding {
  if (status === 401 || status === 403) return fail('The voice service rejects the key.', KEY_FIX);
  if (status === 400 || status === 404) return fail(`The voice service knows no such assistant or address (${status}).`, 'Check DVE_ASSISTANT_ID.');
  return fail(`The voice service answers with status ${status}.`, 'Try again shortly. If it stays so, ask the vendor.');
}

function ofClose({ fail, warn }: Findings, code: number): Finding {
  if ([4001, 4401, 4403, 1008].includes(code)) return fail('The voice service rejects the key.', KEY_FIX);
  return warn(`The voice service closes the socket at once (${code}).`, 'Check DVE_ASSISTANT_ID, and the limits of the account.');
}
