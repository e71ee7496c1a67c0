import type { VoiceSocketHost } from '../../audio-socket/createVoiceSocketHost.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { loadPart } from '../../errors/loadPart.js';
import type { AvatarService } from '../service.js';

/** Options of the Akool streaming avatar. Times are the vendor client's own unless said otherwise. */
export interface AkoolStreamingOptions {
  /** Which avatar to ask the server for; the server's default when left out. */
  readonly avatarId?: string;
  /** The vendor's session id, `[A-Za-z0-9_-]{1,64}`; the server makes one when left out. */
  readonly sessionId?: string;
  /** Time for the socket to open. Default 30,000. */
  readonly connectTimeoutMs?: number;
  /** How long to wait for the vendor's `websocket_connected` before going on without. Default 5,000; ours. */
  readonly confirmTimeoutMs?: number;
  /** Time for a command's acknowledgement. Default 10,000. */
  readonly ackTimeoutMs?: number;
  /** Time for the avatar to join the channel. Default 30,000. */
  readonly joinTimeoutMs?: number;
  /** Time for the acknowledgement of leaving. Default 1,000; the vendor's client burns 5,000. */
  readonly leaveTimeoutMs?: number;
  /** Default 30,000. */
  readonly heartbeatIntervalMs?: number;
  /** A ping that stays unanswered this long means that the connection is lost. Default 10,000; the vendor's client has none. */
  readonly pongTimeoutMs?: number;
  /** Length of one audio message, 10 to 1,000. Default 64 (1,024 samples). */
  readonly chunkDurationMs?: number;
  /** Audio waiting in the socket beyond which new audio is dropped and counted. Default 2,000. */
  readonly maxQueuedMs?: number;
  /** Where the application serves `visavis/worklets/voice-socket.js`; needed where the CSP forbids `blob:` workers. */
  readonly workerUrl?: string;
  /** The constructor to use where the platform has none. */
  readonly WebSocket?: typeof WebSocket;
}

/** Options with every default filled in. */
export type AkoolStreamingSettings = Required<Omit<AkoolStreamingOptions, 'avatarId' | 'sessionId' | 'workerUrl' | 'WebSocket'>> & Pick<AkoolStreamingOptions, 'WebSocket'>;

const DEFAULTS = {
  connectTimeoutMs: 30_000,
  confirmTimeoutMs: 5_000,
  ackTimeoutMs: 10_000,
  joinTimeoutMs: 30_000,
  leaveTimeoutMs: 1_000,
  heartbeatIntervalMs: 30_000,
  pongTimeoutMs: 10_000,
  chunkDurationMs: 64,
  maxQueuedMs: 2_000,
};

/**
 * The Akool streaming avatar: what it is sent, it says, in a channel that the server has prepared.
 *
 * @example
 * ```ts
 * const session = createAvatarSession({ grant: '/api/avatar', avatar: akoolStreaming({ avatarId: 'dvp_Tristan_cloth2_1080P' }) });
 * ```
 * @throws AvatarError `invalid-options` when a time is not a positive number.
 * @see `websocket_client.py` and `client.py` of the `akool-streaming-avatar` Python package 0.1.8
 */
export function akoolStreaming(options: AkoolStreamingOptions = {}): AvatarService {
  const { avatarId, sessionId, workerUrl, ...given } = options;
  const settings: AkoolStreamingSettings = { ...DEFAULTS, ...given };
  for (const name of Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[]) { // the object is the literal above
    const value = settings[name];
    if (!(Number.isFinite(value) && value > 0)) {
      throw new AvatarError('invalid-options', { message: `akoolStreaming: ${name} must be a positive number of milliseconds, not ${String(value)}.` });
    }
  }
  if (settings.chunkDurationMs < 10 || settings.chunkDurationMs > 1000) {
    throw new AvatarError('invalid-options', { message: `akoolStreaming: chunkDurationMs must be from 10 to 1,000, not ${settings.chunkDurationMs}.` });
  }
  /** One for all connections: it remembers that a Worker was refused. */
  let sockets: VoiceSocketHost | null = null;
  return {
    kind: 'akool-streaming',
    grantRequest: { service: 'akool-streaming', ...(avatarId ? { avatarId } : {}), ...(sessionId ? { sessionId } : {}) },
    // A Worker that comes from a file of the application's own is loaded by the browser.
    preload: () => Promise.all([load(), workerUrl === undefined ? import('../../audio-socket/voiceSocketSource.js') : null]),
    async connect(connectOptions) {
      const [{ connectAkoolStreaming }, { createVoiceSocketHost }] = await load();
      sockets ??= createVoiceSocketHost({ workerUrl });
      return connectAkoolStreaming(settings, sockets, connectOptions);
    },
  };
}

/** Loaded when it is needed: a page is shown before anybody speaks. */
function load() {
  return loadPart('What talks to the streaming avatar', () => Promise.all([import('./connectAkoolStreaming.js'), import('../../audio-socket/createVoiceSocketHost.js')]));
}
