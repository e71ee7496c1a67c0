/**
 * What the session route gives a browser: short-lived credentials for one session, and nothing else.
 *
 * No vendor key, no vendor address and no publisher token is in it.
 */
export interface Grant {
  readonly version: 1;
  /** Names the session in logs on both sides; not a credential. */
  readonly sessionId: string;
  /** When the last credential in here stops working. Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** When the session is over in any case, however often it is renewed. Milliseconds since the epoch. */
  readonly endsAt?: number;
  /** Sealed pass with which the same session may ask for fresh credentials, or say that it has ended. */
  readonly renewal?: string;
  readonly avatar?: AvatarGrant;
  readonly voice?: VoiceGrant;
  readonly channel?: ChannelGrant;
}

/** Admission to one avatar service. */
export type AvatarGrant = StreamingAvatarGrant | LiveAvatarGrant | ChatRoomAvatarGrant;

/** Admission to the relay socket of an avatar that says what it is sent. */
export interface StreamingAvatarGrant extends RelayAdmission {
  readonly service: 'akool-streaming';
  readonly avatarId: string;
}

/** An avatar that hears and thinks for itself, in a session that the server has opened: all else goes through the channel. */
export interface LiveAvatarGrant extends Lease {
  readonly service: 'akool-live';
  readonly avatarId: string;
}

/** As {@link LiveAvatarGrant}, of the older interface: text goes through a relay socket. */
export interface ChatRoomAvatarGrant extends RelayAdmission, Lease {
  readonly service: 'akool-chat-room';
  readonly avatarId: string;
  /** Name by which the avatar's side is addressed, such as `server_8898`. */
  readonly peer: string;
}

/** A vendor's session costs money while it is open. The server closes one that no page has asked to keep. */
export interface Lease {
  /** How often the page says that it is still there. Milliseconds. */
  readonly keepIntervalMs: number;
  /** When the vendor ends the session in any case. Milliseconds since the epoch. */
  readonly endsAt: number;
}

/** Admission to a relay socket. */
export interface RelayAdmission {
  /** Relay endpoint, `wss:` (or `ws:` on this machine), without query. */
  readonly url: string;
  /** Sealed, single-use pass that opens the relay socket once. */
  readonly ticket: string;
  /** Milliseconds since the epoch. */
  readonly ticketExpiresAt: number;
}

/** Admission to the relay socket of one voice service. */
export interface VoiceGrant extends RelayAdmission {
  readonly service: 'dve';
}

/** Admission to the RTC room in which the avatar appears. */
export interface ChannelGrant {
  /** `agora` is the vendor's network; `loopback` is an emulator's room over plain WebRTC. */
  readonly kind: 'agora' | 'loopback';
  readonly appId: string;
  readonly channel: string;
  /** Viewer token: may join and listen. */
  readonly token: string;
  /** This browser's uid, 1..2^32-1. */
  readonly uid: number;
  /** The uid under which the avatar joins; absent where the vendor keeps it to itself: whoever else is in the room is the avatar. */
  readonly avatarUid?: number;
  /** Milliseconds since the epoch. */
  readonly tokenExpiresAt: number;
  /** Signalling endpoint of a `loopback` room. */
  readonly url?: string;
}
