// Source: agora-rtm 2.3.0, its d.ts: RTMClient, RTMPresence, RTMEvents.
import { describe, expect, it } from 'vitest';
import { createDeferred } from '../../../src/clock/createDeferred.js';
import { agoraRtm, type AgoraRtmOptions } from '../../../src/channel/agora/agoraRtm.js';
import type { AgoraRtmModule } from '../../../src/channel/agora/agoraRtmModule.js';

/** A module that does what its d.ts says, notes every call, and refuses what it is told to. */
function scriptedModule() {
  const calls: unknown[][] = [];
  const listeners = new Map<string, Set<(event: never) => void>>();
  const refusals = new Map<string, Error>();
  let login: Promise<unknown> = Promise.resolve();
  const note = async (...call: unknown[]) => {
    calls.push(call);
    const refusal = refusals.get(String(call[0]));
    if (refusal) throw refusal;
    return { timestamp: 1 };
  };
  class RTM {
    constructor(...args: unknown[]) {
      calls.push(['new', ...args]);
    }
    readonly presence = {
      async getOnlineUsers(channel: string, channelType: string, options: { page?: string } = {}) {
        await note('getOnlineUsers', channel, channelType, options);
        const occupants = [{ userId: options.page ? 'ben' : 'anna', states: { mood: 'well' }, statesCount: 1 }];
        return { occupants, nextPage: options.page ? '' : 'second' };
      },
      setState: (...args: unknown[]) => note('setState', ...args),
    };
    login = (...args: unknown[]) => login.then(() => note('login', ...args));
    logout = () => note('logout');
    subscribe = (...args: unknown[]) => note('subscribe', ...args);
    unsubscribe = (...args: unknown[]) => note('unsubscribe', ...args);
    publish = (...args: unknown[]) => note('publish', ...args);
    renewToken = (...args: unknown[]) => note('renewToken', ...args);
    addEventListener = (event: string, listener: (event: never) => void) => {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listener));
    };
    removeEventListener = (event: string, listener: (event: never) => void) => {
      listeners.get(event)?.delete(listener);
    };
  }
  return {
    module: { default: { RTM } } satisfies AgoraRtmModule,
    calls,
    refusals,
    holdLogin(until: Promise<unknown>): void {
      login = until;
    },
    emit: (event: string, value: unknown) => listeners.get(event)?.forEach((listener) => listener(value as never)),
    listenerCount: () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0),
  };
}

function setUp(options: Partial<AgoraRtmOptions> = {}) {
  const scripted = scriptedModule();
  const rtm = agoraRtm({ load: async () => scripted.module, appId: 'app', userId: 'guest', ...options });
  return { ...scripted, rtm };
}

describe('agoraRtm', () => {
  it('logs in once, with what it was made with, and keeps its log to itself', async () => {
    const { rtm, calls } = setUp({ presenceTimeout: 30, useStringUserId: true });
    expect(calls).toEqual([]);
    await Promise.all([rtm.login('token'), rtm.login('token')]);
    await rtm.login('token');
    expect(calls).toEqual([
      ['new', 'app', 'guest', { logUpload: false, presenceTimeout: 30, useStringUserId: true }],
      ['login', { token: 'token' }],
    ]);
  });

  it('subscribes, publishes to a channel and to a user, and unsubscribes once', async () => {
    const { rtm, calls } = setUp();
    await rtm.login('token');
    const unsubscribe = await rtm.subscribe('lobby', { withPresence: true });
    await rtm.publish({ channel: 'lobby' }, 'hello');
    await rtm.publish({ userId: 'anna' }, Uint8Array.of(1, 2), { customType: 'picture' });
    await unsubscribe();
    await unsubscribe();
    expect(calls.slice(2)).toEqual([
      ['subscribe', 'lobby', { withPresence: true }],
      ['publish', 'lobby', 'hello', { channelType: 'MESSAGE' }],
      ['publish', 'anna', Uint8Array.of(1, 2), { channelType: 'USER', customType: 'picture' }],
      ['unsubscribe', 'lobby'],
    ]);
  });

  it('reads presence page by page, and says something of itself', async () => {
    const { rtm, calls } = setUp();
    await rtm.login('token');
    expect(await rtm.getOnlineUsers('lobby')).toEqual([
      { userId: 'anna', states: { mood: 'well' } },
      { userId: 'ben', states: { mood: 'well' } },
    ]);
    await rtm.setState('lobby', { mood: 'tired' });
    expect(calls.slice(2)).toEqual([
      ['getOnlineUsers', 'lobby', 'MESSAGE', {}],
      ['getOnlineUsers', 'lobby', 'MESSAGE', { page: 'second' }],
      ['setState', 'lobby', 'MESSAGE', { mood: 'tired' }],
    ]);
  });

  it('passes events on until it is logged out', async () => {
    const { rtm, emit, calls, listenerCount } = setUp();
    const heard: unknown[] = [];
    for (const type of ['message', 'presence', 'link-change', 'token-expire'] as const) rtm.on(type, (event) => heard.push([type, event]));
    await rtm.login('token');
    emit('message', { channelType: 'MESSAGE', channelName: 'lobby', publisher: 'anna', message: 'hello', customType: '', timestamp: 1 });
    emit('message', { channelType: 'USER', channelName: 'guest', publisher: 'anna', message: Uint8Array.of(1), customType: 'picture' });
    emit('presence', { eventType: 'REMOTE_STATE_CHANGED', channelName: 'lobby', publisher: 'anna', stateChanged: { mood: 'tired' } });
    emit('linkState', { currentState: 'CONNECTED', previousState: 'CONNECTING', reasonCode: 'LOGIN_SUCCESS' });
    emit('tokenPrivilegeWillExpire', 'lobby');
    expect(heard).toEqual([
      ['message', { channel: 'lobby', publisher: 'anna', message: 'hello', customType: '' }],
      ['message', { channel: null, publisher: 'anna', message: Uint8Array.of(1), customType: 'picture' }],
      ['presence', { channel: 'lobby', type: 'REMOTE_STATE_CHANGED', userId: 'anna', states: { mood: 'tired' } }],
      ['link-change', { state: 'CONNECTED', reason: 'LOGIN_SUCCESS' }],
      ['token-expire', {}],
    ]);
    await rtm.renewToken('fresh');
    await rtm.logout();
    await rtm.logout();
    expect(calls.slice(2)).toEqual([['renewToken', 'fresh'], ['logout']]);
    expect(listenerCount()).toBe(0);
    await rtm.login('again');
    expect(calls.at(-1)).toEqual(['login', { token: 'again' }]);
  });

  it('asks for a login first', async () => {
    const { rtm } = setUp();
    await expect(rtm.publish({ channel: 'lobby' }, 'hello')).rejects.toMatchObject({ reason: 'not-ready' });
    await expect(rtm.subscribe('lobby')).rejects.toMatchObject({ reason: 'not-ready' });
  });

  it('says which package is missing, and tries again with the next login', async () => {
    let installed = false;
    const scripted = scriptedModule();
    const rtm = agoraRtm({ load: () => (installed ? Promise.resolve(scripted.module) : Promise.reject(new Error('Cannot find module'))), appId: 'app', userId: 'guest' });
    await expect(rtm.login('token')).rejects.toMatchObject({ reason: 'peer-missing', message: expect.stringContaining('npm install agora-rtm') as string, context: { peer: 'agora-rtm' } });
    installed = true;
    await rtm.login('token');
    expect(scripted.calls).toHaveLength(2);
  });

  it('explains a refusal with its code, without the token, and leaves nothing behind', async () => {
    const { rtm, refusals, listenerCount } = setUp();
    refusals.set('login', Object.assign(new Error('refused'), { errorCode: -10_005 }));
    const error: unknown = await rtm.login('s3cret').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ reason: 'channel-failed', retryable: true, context: { code: -10_005 } });
    expect(String(error)).not.toContain('s3cret');
    expect(listenerCount()).toBe(0);
    refusals.clear();
    await rtm.login('token');
    refusals.set('publish', Object.assign(new Error('refused'), { code: 'LIMIT' })).set('unsubscribe', new Error('gone')).set('logout', new Error('gone'));
    await expect(rtm.publish({ channel: 'lobby' }, 'hello')).rejects.toMatchObject({ reason: 'channel-failed', context: { code: 'LIMIT' } });
    await (await rtm.subscribe('lobby'))();
    await rtm.logout();
  });

  it('ends a login that is overtaken by a logout', async () => {
    const { rtm, holdLogin, calls, listenerCount } = setUp();
    const held = createDeferred();
    holdLogin(held.promise);
    const loggingIn = rtm.login('token');
    await rtm.logout();
    held.resolve();
    await expect(loggingIn).rejects.toMatchObject({ reason: 'session-ended' });
    expect(calls.at(-1)).toEqual(['logout']);
    expect(listenerCount()).toBe(0);
  });

  it.each([{ userId: '' }, { userId: 'a'.repeat(64) }, { userId: 'é'.repeat(32) }, { appId: '' }, { salt: new Uint8Array(31) }])('refuses the options %o', (options) => {
    expect(() => setUp(options)).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
  });

  it('takes a user id of 63 bytes', async () => {
    const { rtm, calls } = setUp({ userId: 'a'.repeat(63) });
    await rtm.login('token');
    expect(calls).toHaveLength(2);
  });
});
