import { AvatarError } from '../../errors/AvatarError.js';
import { createEmitter } from '../../events/createEmitter.js';
import type { AgoraRtmConfig, AgoraRtmModule, AgoraRtmSubscription, RtmClient } from './agoraRtmModule.js';
import { forwardRtmEvents, type AgoraRtmEventMap } from './agoraRtmEvents.js';
import { rtmError } from './agoraRtmError.js';
import { loadPeer } from './loadPeer.js';

export interface AgoraRtmOptions extends AgoraRtmConfig {
  /** `() => import('agora-rtm')`: the package is installed by the application, under Agora's licence. */
  readonly load: () => Promise<AgoraRtmModule>;
  readonly appId: string;
  /** 1 to 63 bytes. A token is for one user id. */
  readonly userId: string;
}

export interface OnlineUser {
  readonly userId: string;
  readonly states: Readonly<Record<string, string>>;
}

/** Messages and presence beside the room. */
export interface AgoraRtm {
  /**
   * Connects. Idempotent while it is connected or connecting.
   * @throws AvatarError `peer-missing`, `channel-failed`, and `session-ended` when `logout()` came first
   */
  login(token: string): Promise<void>;
  /**
   * Hears a channel. @returns stops hearing it; idempotent, never rejects.
   * @throws AvatarError `not-ready`, `channel-failed`
   */
  subscribe(channel: string, options?: AgoraRtmSubscription): Promise<() => Promise<void>>;
  /**
   * Sends a message to a channel, or to one user.
   * @throws AvatarError `not-ready`, `channel-failed`
   */
  publish(target: { readonly channel: string } | { readonly userId: string }, message: string | Uint8Array, options?: { readonly customType?: string }): Promise<void>;
  /**
   * Who is in a channel, with what they say of themselves.
   * @throws AvatarError `not-ready`, `channel-failed`
   */
  getOnlineUsers(channel: string): Promise<readonly OnlineUser[]>;
  /**
   * Says something of this user to everybody in a channel.
   * @throws AvatarError `not-ready`, `channel-failed`
   */
  setState(channel: string, state: Readonly<Record<string, string>>): Promise<void>;
  /** @throws AvatarError `not-ready`, `channel-failed` */
  renewToken(token: string): Promise<void>;
  /** Idempotent, never rejects. A later `login()` begins anew. */
  logout(): Promise<void>;
  on<K extends keyof AgoraRtmEventMap>(type: K, listener: (event: AgoraRtmEventMap[K]) => void): () => void;
}

const MAX_USER_ID_BYTES = 63;

/**
 * Agora's messaging (RTM, Signaling). Nothing is loaded before `login()`.
 *
 * @throws AvatarError `invalid-options`
 * @example
 * ```ts
 * const rtm = agoraRtm({ load: () => import('agora-rtm'), appId, userId: 'guest-7' });
 * rtm.on('message', ({ publisher, message }) => show(publisher, message));
 * await rtm.login(token);
 * await rtm.subscribe('lobby', { withPresence: true });
 * ```
 */
export function agoraRtm({ load, appId, userId, ...config }: AgoraRtmOptions): AgoraRtm {
  const userIdBytes = new TextEncoder().encode(userId).length;
  if (typeof load !== 'function' || !appId || userIdBytes === 0 || userIdBytes > MAX_USER_ID_BYTES) {
    throw new AvatarError('invalid-options', {
      message: `agoraRtm() takes load: () => import('agora-rtm'), an appId, and a userId of 1 to ${MAX_USER_ID_BYTES} bytes; this one has ${userIdBytes}.`,
    });
  }
  if (config.salt && config.salt.length !== 32) throw new AvatarError('invalid-options', { message: `The salt of an RTM client is 32 bytes, not ${config.salt.length}.` });
  const emitter = createEmitter<AgoraRtmEventMap>();
  let connection: { readonly client: RtmClient; stopForwarding(): void } | null = null;
  let loggingIn: Promise<void> | null = null;
  // Raised by every logout: a login that is still under way ends itself then.
  let generation = 0;

  async function open(token: string, current: number): Promise<void> {
    const { default: sdk } = await loadPeer('agora-rtm', load);
    const client = new sdk.RTM(appId, userId, { logUpload: false, ...config });
    const opened = { client, stopForwarding: forwardRtmEvents(client, emitter.emit) };
    try {
      await client.login({ token });
    } catch (cause) {
      opened.stopForwarding();
      throw rtmError('RTM refused the login. Check the app id, and that the token is for this user id and still valid.', cause);
    }
    if (current !== generation) {
      await close(opened);
      throw new AvatarError('session-ended', { message: 'RTM was logged out while it logged in.' });
    }
    connection = opened;
  }

  async function close({ client, stopForwarding }: NonNullable<typeof connection>): Promise<void> {
    stopForwarding();
    // Rejects where the connection is gone already.
    await client.logout().catch(() => undefined);
  }

  async function ask<T>(what: string, question: (client: RtmClient) => Promise<T>): Promise<T> {
    if (!connection) throw new AvatarError('not-ready', { message: `${what} needs a login. Await login() first.` });
    try {
      return await question(connection.client);
    } catch (cause) {
      throw rtmError(`RTM refused ${what}.`, cause);
    }
  }

  return {
    on: emitter.on,
    login(token) {
      const current = generation;
      loggingIn ??= open(token, current).catch((error: unknown) => {
        if (current === generation) loggingIn = null; // the next call tries again
        throw error;
      });
      return loggingIn;
    },
    async subscribe(channel, options = {}) {
      await ask('subscribe()', (client) => client.subscribe(channel, options));
      const subscribed = connection;
      let undoing: Promise<void> | null = null;
      return () => {
        // With its connection a subscription is gone.
        undoing ??= connection === subscribed ? ask('unsubscribe()', (client) => client.unsubscribe(channel)).then(() => undefined, () => undefined) : Promise.resolve();
        return undoing;
      };
    },
    async publish(target, message, options = {}) {
      const [name, channelType] = 'userId' in target ? ([target.userId, 'USER'] as const) : ([target.channel, 'MESSAGE'] as const);
      await ask('publish()', (client) => client.publish(name, message, { channelType, ...options }));
    },
    getOnlineUsers: (channel) =>
      ask('getOnlineUsers()', async ({ presence }) => {
        const users: OnlineUser[] = [];
        let page = '';
        do {
          const answer = await presence.getOnlineUsers(channel, 'MESSAGE', page ? { page } : {});
          users.push(...answer.occupants.map(({ userId: id, states }) => ({ userId: id, states })));
          page = answer.nextPage;
        } while (page);
        return users;
      }),
    async setState(channel, state) {
      await ask('setState()', ({ presence }) => presence.setState(channel, 'MESSAGE', { ...state }));
    },
    async renewToken(token) {
      await ask('renewToken()', (client) => client.renewToken(token));
    },
    async logout() {
      generation++;
      loggingIn = null;
      const closing = connection;
      connection = null;
      if (closing) await close(closing);
    },
  };
}
