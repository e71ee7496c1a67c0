// The emulator's rooms over real WebRTC, held to what every channel does.
import { describe, inject } from 'vitest';
import { createLoopbackClient } from '../../src/channel/loopback/createLoopbackClient.js';
import type { LoopbackClient } from '../../src/channel/loopback/LoopbackClient.js';
import { loopbackChannel } from '../../src/channel/loopbackChannel.js';
import type { ChannelGrant } from '../../src/grant/grant.js';
import { describeChannelContract, type ContractRoom } from '../unit/channel/support/channelContract.js';
import { HAS_WEBRTC } from './support/engine.js';
import { createPattern, createTone, type MediaSource } from './support/mediaSources.js';

const [VIEWER_UID, AVATAR_UID, WITNESS_UID] = [7, 42, 99];
let rooms = 0;

describe.runIf(HAS_WEBRTC)('over WebRTC', () => describeChannelContract('the loopback', openRoom));

async function openRoom(): Promise<ContractRoom> {
  const url = inject('channelUrl');
  const channel = `contract-${performance.timeOrigin}-${++rooms}`;
  const grant: ChannelGrant = { kind: 'loopback', appId: 'app', channel, token: 'token', uid: VIEWER_UID, avatarUid: AVATAR_UID, tokenExpiresAt: 4e12, url };
  const members: LoopbackClient[] = [];
  const sources: MediaSource[] = [];

  async function enter(uid: number): Promise<LoopbackClient> {
    const member = createLoopbackClient(url);
    members.push(member);
    await member.join('app', channel, 'token', uid);
    return member;
  }

  const received: string[] = [];
  const witness = await enter(WITNESS_UID);
  witness.on('stream-message', (_uid: number, payload: Uint8Array) => received.push(new TextDecoder().decode(payload)));
  let avatar: LoopbackClient | null = null;
  return {
    channel: loopbackChannel(url),
    grant,
    async makeTrack(kind) {
      const source = kind === 'audio' ? await createTone() : createPattern();
      sources.push(source);
      return source.track;
    },
    async enterAvatar() {
      avatar = await enter(AVATAR_UID);
    },
    leaveAvatar: () => avatar?.leave(),
    say: (text) => avatar?.sendStreamMessage(text),
    received: () => received,
    published() {
      const viewer = witness.remoteUsers.find(({ uid }) => uid === VIEWER_UID);
      return [...(viewer?.hasAudio ? ['audio'] : []), ...(viewer?.hasVideo ? ['video'] : [])];
    },
    // A second page under the same uid puts the first one out.
    async breakDown() {
      const intruder = await enter(VIEWER_UID);
      await intruder.leave();
    },
    async close() {
      for (const source of sources) source.close();
      await Promise.all(members.map((member) => member.leave()));
    },
  };
}
