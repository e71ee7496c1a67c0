// Source: agora-rtc-react 2.5.1, which carries SDK 4.24.2; what its members do is in IAgoraRTCClient's reference and in its bundle.
import type { AgoraClient, AgoraClientEvents, AgoraConnectionState, AgoraLocalTrack, AgoraRemoteUser } from '../../../../src/channel/agora/agoraClient.js';

export interface ScriptedUser extends AgoraRemoteUser {
  hasAudio: boolean;
  hasVideo: boolean;
}

/** What a test may exchange for its own. */
export type ClientScript = Partial<Omit<AgoraClient, 'on' | 'off'>>;

/** A client that does what its reference says, and nothing by itself. */
export function createScriptedClient(script: ClientScript = {}) {
  const listeners = new Map<string, Set<(...values: never[]) => void>>();
  const calls: string[] = [];
  const users: ScriptedUser[] = [];
  const sent: Uint8Array[] = [];
  const published: AgoraLocalTrack[] = [];
  let state: AgoraConnectionState = 'DISCONNECTED';
  let role = 'audience';
  const track = { getMediaStreamTrack: () => ({ kind: 'video' }) as MediaStreamTrack, stop: () => void calls.push('stop') }; // never looked into
  const media = (tracks: readonly AgoraLocalTrack[]) => tracks.map((local) => local.trackMediaType).join(' ');

  function emit<K extends keyof AgoraClientEvents>(event: K, ...values: Parameters<AgoraClientEvents[K]>): void {
    for (const listener of [...(listeners.get(event) ?? [])]) listener(...(values as never[])); // kept by name, called with what the name says
  }

  function enter(next: AgoraConnectionState, reason?: string): void {
    const previous = state;
    state = next;
    emit('connection-state-change', next, previous, reason);
  }

  const client: AgoraClient = {
    mode: 'rtc',
    get role() {
      return role;
    },
    get connectionState() {
      return state;
    },
    remoteUsers: users,
    async join(appId, channel, token, uid) {
      calls.push(`join ${appId} ${channel} ${token} ${uid}`);
      if (state !== 'DISCONNECTED') throw Object.assign(new Error(`Client already in ${state} state`), { code: 'INVALID_OPERATION' });
      enter('CONNECTING');
      enter('CONNECTED');
      return Number(uid);
    },
    async leave() {
      calls.push('leave');
      if (state === 'DISCONNECTED') return;
      enter('DISCONNECTING');
      enter('DISCONNECTED', 'LEAVE');
    },
    async subscribe(uid, mediaType) {
      calls.push(`subscribe ${uid} ${mediaType}`);
      return track;
    },
    async publish(tracks) {
      calls.push(`publish ${media(tracks)}`);
      published.push(...tracks);
    },
    async unpublish(tracks) {
      calls.push(`unpublish ${media(tracks)}`);
      for (const local of tracks) published.splice(published.indexOf(local), 1);
    },
    async renewToken(token) {
      calls.push(`renew ${token}`);
    },
    async sendStreamMessage(payload) {
      sent.push(payload);
    },
    enableAudioVolumeIndicator: () => void calls.push('enable volume'),
    getRTCStats: () => ({ RTT: 0, SendBitrate: 0, RecvBitrate: 0 }),
    getRemoteAudioStats: () => ({}),
    getRemoteVideoStats: () => ({}),
    async setClientRole(next) {
      calls.push(`role ${next}`);
      role = next;
    },
    setEncryptionConfig: (...values) => void calls.push(`encrypt ${values.map((value) => (value instanceof Uint8Array ? value.length : String(value))).join(' ')}`),
    async setRemoteVideoStreamType(uid, type) {
      calls.push(`stream ${uid} ${type}`);
    },
    async setStreamFallbackOption(uid, fallback) {
      calls.push(`fallback ${uid} ${fallback}`);
    },
    on(event, listener) {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listener));
    },
    off(event, listener) {
      listeners.get(event)?.delete(listener);
    },
  };
  Object.assign(client, script);

  function addUser(uid: number): ScriptedUser {
    const user: ScriptedUser = {
      uid,
      hasAudio: true,
      hasVideo: true,
      videoTrack: { ...track, play: () => void calls.push('video play') },
      audioTrack: { ...track, play: () => void calls.push('audio play'), setVolume: (volume) => void calls.push(`volume ${volume}`) },
    };
    users.push(user);
    return user;
  }

  function removeUser(user: ScriptedUser): void {
    users.splice(users.indexOf(user), 1);
    emit('user-left', user, 'Quit');
  }

  return {
    client,
    calls,
    sent,
    published,
    emit,
    enter,
    addUser,
    removeUser,
    listenerCount: () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0),
    sentTexts: () => sent.map((payload) => new TextDecoder().decode(payload)),
  };
}

export type ScriptedClient = ReturnType<typeof createScriptedClient>;
