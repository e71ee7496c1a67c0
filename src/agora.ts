export { agoraChannel, type AgoraChannelOptions } from './channel/agora/agoraChannel.js';
