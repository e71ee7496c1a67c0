import { AvatarError } from '../../errors/AvatarError.js';
import type { AgoraEncryptionMode } from './agoraClient.js';

/** How everybody in a room encrypts sound and picture. All members need the same. */
export interface ChannelEncryption {
  /** Of Agora's names. The `gcm2` modes are the ones to choose for something new. */
  readonly mode: AgoraEncryptionMode;
  /** 1 to 62 characters of ASCII. It is in the page's hands, so let the server give it to this session alone. */
  readonly secret: string;
  /** Uint8Array [32]; needed for the `gcm2` modes and refused for the others. */
  readonly salt?: Uint8Array<ArrayBuffer>;
  /** Encrypts data messages too; `gcm2` modes only. A message then holds at most 991 bytes. Default false. */
  readonly encryptDataStream?: boolean;
}

const MODES: ReadonlySet<string> = new Set<AgoraEncryptionMode>([
  'aes-128-xts', 'aes-256-xts', 'aes-128-ecb', 'sm4-128-ecb', 'aes-128-gcm', 'aes-256-gcm', 'aes-128-gcm2', 'aes-256-gcm2', 'none',
]);
const SALT_BYTES = 32;
const MAX_SECRET_CHARACTERS = 62;

/**
 * Refuses a configuration that Agora would take and then not work with.
 *
 * @throws AvatarError `invalid-options`; its message never holds the secret
 */
export function assertEncryption({ mode, secret, salt, encryptDataStream = false }: ChannelEncryption): void {
  const derivesKey = mode === 'aes-128-gcm2' || mode === 'aes-256-gcm2';
  if (!MODES.has(mode)) throw invalid(`encryption.mode must be one of ${[...MODES].join(', ')}.`);
  if (!isSecret(secret, mode)) {
    throw invalid(`encryption.secret must be 1 to ${MAX_SECRET_CHARACTERS} printable ASCII characters.`);
  }
  if (derivesKey && salt?.length !== SALT_BYTES) throw invalid(`encryption.salt must be exactly ${SALT_BYTES} bytes for the mode ${mode}.`);
  if (!derivesKey && salt) throw invalid(`encryption.salt belongs to the gcm2 modes only; leave it out for ${mode}.`);
  if (!derivesKey && encryptDataStream) throw invalid(`encryption.encryptDataStream works in the gcm2 modes only, not in ${mode}.`);
}

function isSecret(secret: string, mode: AgoraEncryptionMode): boolean {
  if (mode === 'none' && secret === '') return true;
  return secret.length <= MAX_SECRET_CHARACTERS && /^[\x20-\x7e]+$/.test(secret);
}

function invalid(message: string): AvatarError {
  return new AvatarError('invalid-options', { message });
}
