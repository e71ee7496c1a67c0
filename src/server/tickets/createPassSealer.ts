import { CompactEncrypt, compactDecrypt } from 'jose';
import { memoise } from '../memoise.js';
import type { ServerClock } from '../serverClock.js';
import { passSchemas, type PassClaims, type PassPurpose } from './ticketClaims.js';

/** The newest first. */
export type ServerSecrets = readonly [Uint8Array, ...Uint8Array[]];

export type OpenedPass<Claims> = { readonly ok: true; readonly claims: Claims } | { readonly ok: false; readonly why: 'invalid' | 'expired' };

export interface PassSealer<Purpose extends PassPurpose> {
  seal(claims: PassClaims[Purpose]): Promise<string>;
  open(pass: string): Promise<OpenedPass<PassClaims[Purpose]>>;
}

/** A pass is about 1 KB. Anything far longer is not worth decrypting. */
const MAX_PASS_CHARS = 8_192;
/** What is more than a seal needs, such as compression, is refused before anything is decrypted. */
const SEALED_HEADER: readonly string[] = ['alg', 'enc', 'kid'];

/**
 * Seals and opens passes of one purpose: compact JWE, `dir` with A256GCM, so base64url and dots only.
 *
 * Sealed rather than signed, because a pass holds what a browser must not read. Each purpose has its own key, so a pass
 * of one can never be shown as the other. The header names the key, so that keys can be changed while passes are out.
 *
 * @param secrets the first one seals, all of them open.
 * @see https://www.rfc-editor.org/rfc/rfc7516#section-7.1
 */
export function createPassSealer<Purpose extends PassPurpose>(secrets: ServerSecrets, purpose: Purpose, clock: ServerClock): PassSealer<Purpose> {
  const keyOf = async (secret: Uint8Array): Promise<NamedKey> => nameKey(await deriveKey(secret, `visavis pass v1 ${purpose}`));
  const keys = memoise(async (): Promise<readonly [NamedKey, ...NamedKey[]]> => {
    const [newest, ...older] = secrets;
    return Promise.all([keyOf(newest), ...older.map(keyOf)]);
  });
  return {
    async seal(claims) {
      const plaintext = new TextEncoder().encode(JSON.stringify(claims));
      const [{ kid, key }] = await keys();
      return new CompactEncrypt(plaintext).setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid }).encrypt(key);
    },
    async open(pass) {
      if (pass.length > MAX_PASS_CHARS) return { ok: false, why: 'invalid' };
      const known = await keys();
      let claims: PassClaims[Purpose];
      try {
        const find = (header: { readonly kid?: string }): Uint8Array => {
          const named = known.find(({ kid }) => kid === header.kid);
          if (named === undefined || Object.keys(header).some((name) => !SEALED_HEADER.includes(name))) throw new TypeError('The header is none of ours.');
          return named.key;
        };
        const { plaintext } = await compactDecrypt(pass, find, { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] });
        // The schema table is keyed by purpose, which the compiler cannot follow through a type parameter.
        claims = passSchemas[purpose].parse(JSON.parse(new TextDecoder().decode(plaintext))) as PassClaims[Purpose];
      } catch {
        return { ok: false, why: 'invalid' }; // Why it is invalid is of use only to a forger.
      }
      return claims.expiresAt > clock.epochMs() ? { ok: true, claims } : { ok: false, why: 'expired' };
    },
  };
}

interface NamedKey {
  /** Tells keys apart, and nothing about them. */
  readonly kid: string;
  readonly key: Uint8Array;
}

async function nameKey(key: Uint8Array): Promise<NamedKey> {
  const kid = Array.from(await deriveKey(key, 'visavis key name v1')).slice(0, 6);
  return { kid: kid.map((byte) => byte.toString(16).padStart(2, '0')).join(''), key };
}

/** HKDF with SHA-256, 32 bytes. The salt is empty: the secret is high-entropy by contract. */
export async function deriveKey(secret: Uint8Array, info: string): Promise<Uint8Array> {
  const material = await crypto.subtle.importKey('raw', new Uint8Array(secret), 'HKDF', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: new TextEncoder().encode(info) },
    material,
    256,
  );
  return new Uint8Array(bits);
}
