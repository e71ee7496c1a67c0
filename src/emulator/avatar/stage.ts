/** Where an avatar is to appear. */
export interface StageEntrance {
  readonly appId: string;
  readonly channel: string;
  readonly token: string;
  readonly uid: number;
  /** Index of the node that sends the avatar. */
  readonly node: number;
  readonly sessionId: string;
  /** Called whenever the avatar begins or stops to be heard. */
  readonly onSpeaking: (speaking: boolean) => void;
  /** Called with each data message of a browser in the room. */
  readonly onMessage?: (uid: number, payload: Uint8Array) => void;
  /** Gives the avatar ears: called with all that the browsers in the room publish, mixed. Int16Array [samples], mono, 16 kHz. */
  readonly onSound?: (samples: Int16Array) => void;
  /** Called when the last browser ceases to publish sound. */
  readonly onSoundEnd?: () => void;
  readonly signal: AbortSignal;
}

/** An avatar in a room. */
export interface StagedAvatar {
  /** Queues samples: Int16Array [samples], mono, 16 kHz. Copies them. */
  speak(samples: Int16Array): void;
  /** Forgets what is queued; silent and mouth closed from the next 10 ms frame on. */
  interrupt(): void;
  /** Sends a data message to everyone in the room. */
  send(payload: Uint8Array): void;
  /** Leaves the room and frees everything. Idempotent. */
  leave(): void;
  /** What cannot be shown and why, such as a missing WebRTC engine; null when all is well. */
  readonly notice: string | null;
}

/** Port through which a vendor's node puts an avatar into a room. */
export interface Stage {
  /** @throws AvatarError `channel-token-expired`, `channel-failed` */
  enter(entrance: StageEntrance): Promise<StagedAvatar>;
}
