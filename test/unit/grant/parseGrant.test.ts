import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AvatarError } from '../../../src/errors/AvatarError.js';
import { parseGrant } from '../../../src/grant/parseGrant.js';

const whole = {
  version: 1,
  sessionId: 's',
  expiresAt: 4e12,
  renewal: 'pass',
  avatar: { service: 'akool-streaming', avatarId: 'anna', url: 'wss://example.com/relay', ticket: 't', ticketExpiresAt: 4e12 },
  channel: { kind: 'loopback', appId: 'a', channel: 'c', token: 't', uid: 1, avatarUid: 0xffff_ffff, tokenExpiresAt: 4e12, url: 'ws://127.0.0.1/channel' },
};

describe('parseGrant', () => {
  it('keeps a whole grant, and drops what it does not know', () => {
    expect(parseGrant({ ...whole, surprise: 1, avatar: { ...whole.avatar, secret: 'x' } })).toEqual(whole);
  });

  it.each<[string, unknown]>([
    ['grant', null],
    ['grant', []],
    ['version', { ...whole, version: '1' }],
    ['sessionId', { ...whole, sessionId: '' }],
    ['expiresAt', { ...whole, expiresAt: Number.NaN }],
    ['renewal', { ...whole, renewal: 5 }],
    ['avatar.service', { ...whole, avatar: { ...whole.avatar, service: 'other' } }],
    ['avatar.url', { ...whole, avatar: { ...whole.avatar, url: 'https://example.com' } }],
    ['avatar.url', { ...whole, avatar: { ...whole.avatar, url: 'not a url' } }],
    ['avatar.ticketExpiresAt', { ...whole, avatar: { ...whole.avatar, ticketExpiresAt: -1 } }],
    ['channel.kind', { ...whole, channel: { ...whole.channel, kind: 'other' } }],
    ['channel.uid', { ...whole, channel: { ...whole.channel, uid: 0 } }],
    ['channel.avatarUid', { ...whole, channel: { ...whole.channel, avatarUid: 1.5 } }],
    ['channel.url', { ...whole, channel: { ...whole.channel, url: undefined } }],
  ])('names the field that is wrong: %s', (field, value) => {
    let caught: unknown;
    try {
      parseGrant(value);
    } catch (error) {
      caught = error;
    }
    expect(AvatarError.isInstance(caught)).toBe(true);
    expect(caught).toMatchObject({ reason: 'grant-invalid', message: expect.stringContaining(field) as string });
  });

  it('answers anything with a grant or an AvatarError', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        try {
          parseGrant(value);
        } catch (error) {
          expect(AvatarError.isInstance(error)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
