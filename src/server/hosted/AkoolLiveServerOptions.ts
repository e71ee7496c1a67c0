import type { AkoolCredentials } from '../akool-live/AkoolClientOptions.js';
import type { CreateSessionInput } from '../akool-live/sessionInput.js';

/** Akool's liveAvatar: sessions that this server opens, keeps while a page asks for it, and closes. */
export type AkoolLiveServerOptions = AkoolCredentials & {
  /** Default `https://openapi.akool.com`. A path is kept, as an emulator's address has one. */
  readonly baseUrl?: string;
  /** Used when a request names no avatar. */
  readonly defaultAvatarId?: string;
  /**
   * Whose room the avatar comes to. `own`, the default with `channel`: yours, so that tokens can be renewed.
   * `vendor`, the default without: one that the vendor makes; its token is good for minutes and may not be renewable.
   * Chat rooms (version 3) always use the vendor's.
   */
  readonly room?: 'own' | 'vendor';
  /** The one interface that may be asked for: `v4` is the service `akool-live`, `v3` is `akool-chat-room`. Default: both. */
  readonly api?: 'v4' | 'v3';
  /**
   * What every session is made with. A page may wish for another voice, language, background and mode; the rest is yours alone.
   * `durationSeconds`, 1 to 3,600, is the length of a conversation and what the vendor charges in advance; default 600.
   */
  readonly session?: Omit<CreateSessionInput, 'avatarId' | 'stream'>;
  /** What an avatar of a chat room (version 3) shall know: text, or the address of a PDF. What a page says of it is dropped. */
  readonly prompt?: { readonly from: 'text' | 'url'; readonly content: string };
  /** How often a page says that it is still there. Default 30,000. */
  readonly keepIntervalMs?: number;
  /** How long a session stays open that no page asks to keep. At least twice `keepIntervalMs`. Default: three times as long. */
  readonly leaseMs?: number;
  /** How long one request to the vendor may take. Default 15,000. */
  readonly timeoutMs?: number;
  /** Hosts, addresses and CIDR blocks of chat rooms. Default: any public address; loopback too when `baseUrl` is on loopback. */
  readonly allowedHosts?: readonly string[];
};
