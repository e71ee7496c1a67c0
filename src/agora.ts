'use client';

export { agoraChannel, type AgoraChannelOptions } from './channel/agora/agoraChannel.js';
export { AgoraRoom, type AgoraRoomProps } from './channel/agora/AgoraRoom.js';
