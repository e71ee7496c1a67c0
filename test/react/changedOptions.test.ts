import { describe, expect, it } from 'vitest';
import { changedOptions } from '../../src/react/changedOptions.js';
import { akoolStreaming } from '../../src/services/akool-streaming/akoolStreaming.js';
import type { AvatarSessionOptions } from '../../src/session/AvatarSessionOptions.js';
import { createScriptedMicrophone } from '../../src/testing/createScriptedMicrophone.js';

describe('changedOptions', () => {
  it('finds nothing changed in options that mean the same', () => {
    const make = (): AvatarSessionOptions => ({ grant: () => Promise.resolve(null), avatar: akoolStreaming({ avatarId: 'ada' }), microphone: { echoCancellation: false } });

    expect(changedOptions(make(), make())).toEqual([]);
  });

  it('names what differs, was added or is gone, in order', () => {
    expect(
      changedOptions(
        { grant: '/one', input: 'none', avatar: akoolStreaming({ avatarId: 'ada' }) },
        { grant: '/two', maxRetryAttempts: 2, avatar: akoolStreaming({ avatarId: 'bob' }) },
      ),
    ).toEqual(['avatar', 'grant', 'input', 'maxRetryAttempts']);
  });

  it('leaves params to be sent to the running session', () => {
    expect(changedOptions({ params: { language: 'en' } }, { params: { language: 'de' } })).toEqual([]);
  });

  it('leaves the mode of turn-taking to the running session, and names the rest of it', () => {
    expect(changedOptions({ turnTaking: { mode: 'voice' } }, { turnTaking: { mode: 'off' } })).toEqual([]);
    expect(changedOptions({}, { turnTaking: { mode: 'push-to-talk' } })).toEqual([]);
    expect(changedOptions({ turnTaking: { mode: 'voice' } }, { turnTaking: { mode: 'off', duckDb: 6 } })).toEqual(['turnTaking']);
    expect(changedOptions({}, { turnTaking: false })).toEqual(['turnTaking']);
  });

  it('tells two streams apart, which have no value but an identity', () => {
    const microphone = createScriptedMicrophone();

    expect(changedOptions({ microphone }, { microphone })).toEqual([]);
    expect(changedOptions({ clock: { now: () => 0, schedule: () => () => undefined } }, { clock: { now: () => 0, schedule: () => () => undefined } })).toEqual(['clock']);
  });
});
