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
  /** Sealed pass with which the same session may ask for fresh credentials, or say that it has ended. */
  readonly renewal?: string;
  readonly avatar?: AvatarGrant;
  readonly voice?: VoiceGrant;
  readonly channel?: ChannelGrant;
}

/** Admission to the relay socket of one avatar service. */
export interface AvatarGrant {
  readonly service: 'akool-streaming';
  readonly avatarId: string;
  /** Relay endpoint, `wss:` (or `ws:` on this machine), without query. */
  readonly url: string;
  /** Sealed, single-use pass that opens the relay socket once. */
  readonly ticket: string;
  /** Milliseconds since the epoch. */
  readonly ticketExpiresAt: number;
}

/** Admission to the relay socket of one voice service. */
export interface VoiceGrant {
  readonly service: 'dve';
  /** Relay endpoint, `wss:` (or `ws:` on this machine), without query. */
  readonly url: string;
  /** Sealed, single-use pass that opens the relay socket once. */
  readonly ticket: string;
  /** Milliseconds since the epoch. */
  readonly ticketExpiresAt: number;
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
  /** The uid under which the avatar joins. */
  readonly avatarUid: number;
  /** Milliseconds since the epoch. */
  readonly tokenExpiresAt: number;
  /** Signalling endpoint of a `loopback` room. */
  readonly url?: string;
}
