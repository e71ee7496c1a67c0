import { inflateSync } from 'node:zlib';
import { createHmac } from 'node:crypto';

export interface AgoraTokenContent {
  readonly appId: string;
  readonly expireSeconds: number;
  readonly channel: string;
  readonly uid: string;
  readonly privileges: Readonly<Record<number, number>>;
  readonly isSignedBy: (certificate: string) => boolean;
}

/**
 * Reads an AccessToken2 ("007") with an RTC service, written from the description of the format alone and sharing no
 * code with the builder.
 */
export function readAgoraToken(token: string): AgoraTokenContent {
  if (!token.startsWith('007')) throw new Error('Not a 007 token.');
  const bytes = inflateSync(Buffer.from(token.slice(3), 'base64'));
  let offset = 0;
  const u16 = (): number => bytes.readUInt16LE((offset += 2) - 2);
  const u32 = (): number => bytes.readUInt32LE((offset += 4) - 4);
  const data = (): Buffer => {
    const length = u16();
    return bytes.subarray(offset, (offset += length));
  };
  const signature = data();
  const signed = bytes.subarray(offset);
  const appId = data().toString();
  const issuedAt = u32();
  const expireSeconds = u32();
  const salt = u32();
  if (u16() !== 1 || u16() !== 1) throw new Error('Expected exactly one service, RTC.');
  const privileges: Record<number, number> = {};
  for (let left = u16(); left > 0; left -= 1) {
    const privilege = u16();
    privileges[privilege] = u32();
  }
  const channel = data().toString();
  const uid = data().toString();
  if (offset !== bytes.length) throw new Error('Bytes are left over.');

  const le = (value: number): Buffer => {
    const buffer = Buffer.alloc(4);
    buffer.writeUInt32LE(value);
    return buffer;
  };
  const hmac = (key: Buffer, message: Buffer | string): Buffer => createHmac('sha256', key).update(message).digest();
  return {
    appId,
    expireSeconds,
    channel,
    uid,
    privileges,
    isSignedBy: (certificate) => hmac(hmac(le(salt), hmac(le(issuedAt), certificate)), signed).equals(signature),
  };
}
