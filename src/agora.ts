'use client';

export { agoraChannel, type AgoraChannelOptions, type AudioProfile } from './channel/agora/agoraChannel.js';
export type { AgoraEncryptionMode } from './channel/agora/agoraClient.js';
export type { ChannelEncryption } from './channel/agora/channelEncryption.js';
export type { DualStream } from './channel/agora/RoomSettings.js';
export { AgoraRoom, type AgoraRoomProps } from './channel/agora/AgoraRoom.js';
export { aiDenoiser, type AiDenoiser, type AiDenoiserOptions } from './channel/agora/aiDenoiser.js';
export type { DenoisedTrack } from './channel/agora/aiDenoiserTrack.js';
export type { AiDenoiserLatency, AiDenoiserLevel, AiDenoiserMode, AiDenoiserModule, PipedAudioTrack } from './channel/agora/aiDenoiserModule.js';
export { agoraRtm, type AgoraRtm, type AgoraRtmOptions, type OnlineUser } from './channel/agora/agoraRtm.js';
export type { AgoraRtmEventMap } from './channel/agora/agoraRtmEvents.js';
export type { AgoraRtmConfig, AgoraRtmModule, AgoraRtmSubscription } from './channel/agora/agoraRtmModule.js';
export { createAudioMetadata, type AudioMetadata, type AudioMetadataOptions } from './channel/agora/createAudioMetadata.js';
export { enableAudioMetadata, type AudioMetadataSwitches } from './channel/agora/enableAudioMetadata.js';
