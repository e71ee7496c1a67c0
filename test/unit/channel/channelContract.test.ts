import { createAgoraChannel } from '../../../src/channel/agora/createAgoraChannel.js';
import { AvatarError } from '../../../src/errors/AvatarError.js';
import type { ChannelGrant } from '../../../src/grant/grant.js';
import { createFakeChannel } from '../../../src/testing/createFakeChannel.js';
import { describeChannelContract } from './support/channelContract.js';
import { createFakeTrack } from './support/createFakeTrack.js';
import { createScriptedClient, type ScriptedUser } from './support/createScriptedClient.js';
import { createScriptedEngine } from './support/createScriptedEngine.js';

const AVATAR_UID = 42;
const grant: ChannelGrant = { kind: 'agora', appId: 'app', channel: 'room', token: 'token', uid: 7, avatarUid: AVATAR_UID, tokenExpiresAt: 4e12 };
const makeTrack = (kind: 'audio' | 'video') => createFakeTrack(kind).track;

describeChannelContract('the Agora adapter on one client that is used again and again', () => {
  const scripted = createScriptedClient();
  let avatar: ScriptedUser | null = null;
  // As the SDK: what was published is gone with the room.
  const { leave } = scripted.client;
  scripted.client.leave = async () => {
    scripted.published.length = 0;
    await leave();
  };
  return {
    channel: createAgoraChannel(createScriptedEngine([scripted]).engine),
    grant,
    makeTrack,
    enterAvatar() {
      avatar = scripted.addUser(AVATAR_UID);
      scripted.emit('user-joined', avatar);
    },
    leaveAvatar() {
      if (avatar) scripted.removeUser(avatar);
    },
    say: (text) => scripted.emit('stream-message', AVATAR_UID, new TextEncoder().encode(text)),
    received: scripted.sentTexts,
    published: () => scripted.published.map((track) => track.trackMediaType),
    breakDown: () => scripted.enter('DISCONNECTED', 'NETWORK_ERROR'),
  };
});

describeChannelContract('the fake', () => {
  const channel = createFakeChannel();
  return {
    channel,
    grant,
    makeTrack,
    enterAvatar: () => channel.emit({ type: 'avatar-join', uid: AVATAR_UID }),
    leaveAvatar: () => channel.emit({ type: 'avatar-leave', uid: AVATAR_UID }),
    say: (text) => channel.emit({ type: 'message', uid: AVATAR_UID, payload: new TextEncoder().encode(text) }),
    received: () => channel.sent,
    published: () => channel.published.map((track) => track.kind),
    breakDown: () =>
      channel.emit({ type: 'disconnect', error: new AvatarError('channel-failed', { message: 'The connection to the channel was lost.' }) }),
  };
});
