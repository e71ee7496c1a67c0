'use client';

export { agoraChannel, type AgoraChannelOptions, type AudioProfile } from './channel/agora/agoraChannel.js';
export type { AgoraEncryptionMode } from './channel/agora/agoraClient.js';
export type { ChannelEncryption } from './channel/agora/channelEncryption.js';
export type { DualStream } from './channel/agora/RoomSettings.js';
export { AgoraRoom, type AgoraRoomProps } from './channel/agora/AgoraRoom.js';
