import { isAbort } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { AKOOL_DISCOVERY_PATH } from '../../services/akool-streaming/messages.js';
import { readBoundedText } from '../readBoundedText.js';
import type { AvatarServerConfig } from '../resolveServerOptions.js';
import type { AvatarNode } from './avatarNode.js';
import { keyRejected, parseDiscovery } from './parseDiscovery.js';

const MAX_BODY_BYTES = 1_048_576;

/**
 * Asks the vendor which avatar nodes there are.
 *
 * @param timeoutMs how long to wait for the whole answer.
 * @throws `discovery-failed`, `key-rejected`, `avatar-busy` or `reconnect-too-soon`.
 */
export async function discoverNodes(config: AvatarServerConfig, signal: AbortSignal, timeoutMs: number): Promise<AvatarNode[]> {
  const timeout = new AbortController();
  const cancelTimeout = config.clock.schedule(() => timeout.abort(), timeoutMs);
  try {
    const response = await fetch(discoveryRequestUrl(config.akool), {
      headers: { api_key: config.akool.apiKey, 'content-type': 'application/json' },
      // A redirect would carry the key to wherever it points.
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout.signal]),
    });
    // The body is read in every case: left unread, it would hold its connection.
    const text = await readBoundedText(response.body, MAX_BODY_BYTES);
    if (response.status === 401 || response.status === 403) throw keyRejected();
    if (response.status !== 200) throw failed({ status: response.status });
    if (text === null) throw failed({ status: 200, tooLarge: true });
    return parseDiscovery(parseJson(text));
  } catch (cause) {
    if (AvatarError.isInstance(cause)) throw cause;
    if (signal.aborted && isAbort(cause)) throw cause;
    // The cause is left out: its message can hold the URL.
    throw failed({ timedOut: timeout.signal.aborted });
  } finally {
    cancelTimeout();
  }
}

function discoveryRequestUrl(akool: AvatarServerConfig['akool']): URL {
  const url = new URL(AKOOL_DISCOVERY_PATH, akool.discoveryUrl);
  if (akool.env === 'test') url.searchParams.set('group_name', 'WEBSOCKET_GROUP_TEST');
  return url;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw failed({ notJson: true }); // The syntax error would quote the vendor's text.
  }
}

function failed(context: AvatarError['context']): AvatarError {
  return new AvatarError('discovery-failed', { message: 'The list of avatars could not be fetched. Try again shortly.', context });
}
