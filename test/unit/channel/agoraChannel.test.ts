import { describe, expect, it } from 'vitest';
import { agoraChannel, type AgoraChannelOptions } from '../../../src/channel/agora/agoraChannel.js';
import { lacksAiClientMode } from '../../../src/channel/agora/lacksAiClientMode.js';

const salt = new Uint8Array(32);
const SECRET = 'Correct-Horse-1';

describe('agoraChannel', () => {
  it.each<[string, AgoraChannelOptions['encryption']]>([
    ['a mode that Agora does not have', { mode: 'aes-512' as 'none', secret: SECRET }],
    ['no secret', { mode: 'aes-128-gcm', secret: '' }],
    ['a secret of 63 characters', { mode: 'aes-128-gcm', secret: 'x'.repeat(63) }],
    ['a secret outside ASCII', { mode: 'aes-128-gcm', secret: 'Schlüssel' }],
    ['a gcm2 mode without a salt', { mode: 'aes-256-gcm2', secret: SECRET }],
    ['a salt of 31 bytes', { mode: 'aes-256-gcm2', secret: SECRET, salt: new Uint8Array(31) }],
    ['a salt for another mode', { mode: 'aes-256-xts', secret: SECRET, salt }],
    ['encrypted data messages in another mode', { mode: 'sm4-128-ecb', secret: SECRET, encryptDataStream: true }],
  ])('refuses encryption with %s, and does not repeat the secret', (_, encryption) => {
    const create = () => agoraChannel({ encryption });
    expect(create).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
    expect(create).not.toThrow(SECRET);
  });

  it.each<NonNullable<AgoraChannelOptions['encryption']>>([
    { mode: 'aes-128-xts', secret: SECRET },
    { mode: 'aes-256-xts', secret: SECRET },
    { mode: 'aes-128-ecb', secret: SECRET },
    { mode: 'sm4-128-ecb', secret: SECRET },
    { mode: 'aes-128-gcm', secret: SECRET },
    { mode: 'aes-256-gcm', secret: 'x'.repeat(62) },
    { mode: 'aes-128-gcm2', secret: SECRET, salt },
    { mode: 'aes-256-gcm2', secret: SECRET, salt, encryptDataStream: true },
    { mode: 'none', secret: '' },
  ])('takes encryption with $mode', (encryption) => {
    expect(agoraChannel({ encryption }).kind).toBe('agora');
  });

  it.each<[string, AgoraChannelOptions]>([
    ['a codec for a client that has one', { client: {} as NonNullable<AgoraChannelOptions['client']>, codec: 'vp9' }],
    ['levels every millisecond', { volumeIndicatorIntervalMs: 1 }],
    ['levels at no interval', { volumeIndicatorIntervalMs: Number.NaN }],
    ['a negative bit rate', { audioProfile: { bitrateKbps: -1 } }],
  ])('refuses %s', (_, options) => {
    expect(() => agoraChannel(options)).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
  });

  it.each([
    ['4.24.2', true],
    ['4.23.9', true],
    ['4.24.8', false],
    ['4.25.0', false],
    ['5.0.0-beta', false],
    ['', true],
  ])('knows whether SDK %s lacks the mode for voice agents: %s', (version, lacks) => {
    expect(lacksAiClientMode(version)).toBe(lacks);
  });
});
