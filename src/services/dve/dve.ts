import type { VoiceSocketHost } from '../../audio-socket/createVoiceSocketHost.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { VoiceService } from '../service.js';
import { DVE_MEMBER } from './codec/frame.js';

/** Options of the DaVinci Voice Engine. */
export interface DveOptions {
  /** Which assistant to ask the server for; the server's default when left out. */
  readonly assistantId?: string;
  /** Lets the assistant look at pictures: `sendImage` works then. Default false. */
  readonly vision?: boolean;
  /**
   * Protobuf number of the image member, 3 to 536,870,911. Default 3.
   * The vendor gives it to customers only; ask for `frames.proto` when pictures are not understood.
   */
  readonly imageFieldNumber?: number;
  /** Whose words a text frame holds. The protocol does not say, so by default it is a `message` event and no transcript. */
  readonly textRole?: 'user' | 'assistant';
  /** Close codes after which another connection is worth a try, such as `[4008]`. Default none: 4008 ends the session. */
  readonly retryableCloseCodes?: readonly number[];
  /** Time for relay and vendor to open. Default 20,000. */
  readonly connectTimeoutMs?: number;
  /** Audio waiting in the socket beyond which new audio is dropped and counted. Default 2,000. */
  readonly maxQueuedMs?: number;
  /** After `interrupt()` speech is dropped until none has come for this long, or the service says that it has heard. Default 700. */
  readonly replyGapMs?: number;
  /** Sends silence while the microphone gives nothing, so that the service hears an utterance end. Default true. */
  readonly fillSilence?: boolean;
  /** Where the application serves `visavis/worklets/voice-socket.js`; needed where the CSP forbids `blob:` workers. */
  readonly workerUrl?: string;
  /** The constructor to use where the platform has none. */
  readonly WebSocket?: typeof WebSocket;
}

/** Options with every default filled in. */
export type DveSettings = Required<Omit<DveOptions, 'assistantId' | 'textRole' | 'workerUrl' | 'WebSocket'>> & Pick<DveOptions, 'textRole' | 'WebSocket'>;

const MAX_FIELD_NUMBER = 2 ** 29 - 1;
/** The format itself keeps these numbers to itself. */
const RESERVED_FIELDS = { first: 19_000, last: 19_999 };

/**
 * The DaVinci Voice Engine: hears the user, answers with speech. The key stays on the server, whose relay adds it.
 *
 * @example
 * ```ts
 * const session = createAvatarSession({ grant: '/api/avatar', voice: dve({ assistantId: 'asst-1' }) });
 * ```
 * @throws AvatarError `invalid-options` when a time or the field number is out of range.
 */
export function dve(options: DveOptions = {}): VoiceService {
  const settings: DveSettings = {
    ...options,
    vision: options.vision ?? false,
    imageFieldNumber: checkFieldNumber(options.imageFieldNumber ?? DVE_MEMBER.image),
    retryableCloseCodes: options.retryableCloseCodes ?? [],
    connectTimeoutMs: checkDuration('connectTimeoutMs', options.connectTimeoutMs ?? 20_000),
    maxQueuedMs: checkDuration('maxQueuedMs', options.maxQueuedMs ?? 2_000),
    replyGapMs: checkDuration('replyGapMs', options.replyGapMs ?? 700),
    fillSilence: options.fillSilence ?? true,
  };
  const { assistantId } = options;
  /** One for all connections: it remembers that a Worker was refused. */
  let sockets: VoiceSocketHost | null = null;
  return {
    kind: 'dve',
    takesText: false,
    grantRequest: { voice: { service: 'dve', ...(assistantId ? { assistantId } : {}), ...(settings.vision ? { vision: true } : {}) } },
    // A Worker that comes from a file of the application's own is loaded by the browser.
    preload: () => Promise.all([loadConnection(), options.workerUrl === undefined ? import('../../audio-socket/voiceSocketSource.js') : null]),
    async connect(connectOptions) {
      const { connectDve, createVoiceSocketHost } = await loadConnection();
      sockets ??= createVoiceSocketHost({ workerUrl: options.workerUrl });
      return connectDve(settings, sockets, connectOptions);
    },
  };
}

function checkDuration(name: string, valueMs: number): number {
  if (Number.isFinite(valueMs) && valueMs > 0) return valueMs;
  throw new AvatarError('invalid-options', { message: `dve: ${name} must be a positive number of milliseconds, not ${String(valueMs)}.` });
}

function checkFieldNumber(value: number): number {
  const isReserved = value >= RESERVED_FIELDS.first && value <= RESERVED_FIELDS.last;
  if (Number.isInteger(value) && value >= DVE_MEMBER.image && value <= MAX_FIELD_NUMBER && !isReserved) return value;
  throw new AvatarError('invalid-options', { message: `dve: imageFieldNumber must be a protobuf field number of 3 or more, not ${String(value)}.` });
}

/** Loaded when it is needed: a page that talks to another vendor never fetches the protobuf codec. */
async function loadConnection() {
  try {
    const [{ connectDve }, { createVoiceSocketHost }] = await Promise.all([import('./connectDve.js'), import('../../audio-socket/createVoiceSocketHost.js')]);
    return { connectDve, createVoiceSocketHost };
  } catch (cause) {
    throw new AvatarError('avatar-unreachable', { message: 'The part of visavis that talks to DVE could not be loaded. Check the network and the deployed files.', cause });
  }
}
