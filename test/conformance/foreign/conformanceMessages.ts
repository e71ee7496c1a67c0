/** One kind of message on a wire. */
export interface ConformanceMessage {
  readonly name: string;
  readonly sender: 'client' | 'service';
  /** Why no code of ours writes it: then only reading it is tested. */
  readonly neverWritten?: string;
  /** Why no code of ours reads it. */
  readonly neverRead?: string;
}

const odd = 'stands for what a newer service may send';

/** Every message of the specified protocols, the union of what the vendors' clients and documents name. */
export const conformanceMessages = [
  { name: 'streaming/set-params', sender: 'client' },
  { name: 'streaming/interrupt', sender: 'client' },
  { name: 'streaming/audio', sender: 'client' },
  { name: 'streaming/leave', sender: 'client' },
  { name: 'streaming/ping', sender: 'client' },
  { name: 'streaming/system', sender: 'service' },
  { name: 'streaming/ack', sender: 'service' },
  { name: 'streaming/pong', sender: 'service' },
  { name: 'streaming/error', sender: 'service' },
  { name: 'streaming/unknown', sender: 'service', neverWritten: odd },
  { name: 'readme/auth', sender: 'client' },
  { name: 'readme/agora-params', sender: 'client' },
  { name: 'readme/audio-data', sender: 'client' },
  { name: 'readme/ping', sender: 'client' },
  { name: 'live/chat', sender: 'client' },
  { name: 'live/set-params', sender: 'client' },
  { name: 'live/interrupt', sender: 'client' },
  { name: 'live/set-action', sender: 'client' },
  { name: 'live/chat-bot', sender: 'service' },
  { name: 'live/chat-user', sender: 'service', neverWritten: 'it answers a microphone track, which a foreign client without WebRTC has not' },
  { name: 'live/ack', sender: 'service' },
  { name: 'live/ack-cmd', sender: 'service', neverWritten: 'a legacy spelling' },
  { name: 'live/audio-start', sender: 'service' },
  { name: 'live/audio-end', sender: 'service' },
  { name: 'live/unknown', sender: 'service', neverWritten: odd },
  { name: 'chat-room/question', sender: 'client' },
  { name: 'chat-room/answer', sender: 'service' },
  { name: 'dve/audio-up', sender: 'client' },
  { name: 'dve/image', sender: 'client' },
  { name: 'dve/audio-down', sender: 'service' },
  { name: 'dve/interrupt', sender: 'service' },
  { name: 'dve/text', sender: 'service', neverWritten: odd },
  { name: 'agora/token', sender: 'service', neverRead: 'it is opaque to a client' },
] as const satisfies readonly ConformanceMessage[];

export type MessageName = (typeof conformanceMessages)[number]['name'];
