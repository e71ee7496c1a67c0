import type { CatalogueOptions } from './handler/catalogue/CatalogueOptions.js';
import type { AkoolLiveServerOptions } from './hosted/AkoolLiveServerOptions.js';
import type { ServerLedger } from './ledger/ledger.js';
import type { ReadableMetrics, ServerMetrics } from './metrics/ServerMetrics.js';
import type { ServerClock } from './serverClock.js';

/** Who asks. What `authorize` answers for a request that it lets in. */
export interface Subject {
  /** Stable id of the person or device, 1..256 characters. Binds passes to whoever asked for them; never sent to a vendor. */
  readonly id: string;
  /** Avatars that this subject may use. Absent: any. */
  readonly allowedAvatars?: readonly string[];
  /** Where this subject may do less, or more, than the server's own limits say. */
  readonly limits?: SubjectLimits;
}

export interface SubjectLimits {
  /** Sessions at the same time. Default: `limits.maxSessionsPerSubject` of the server. */
  readonly maxSessions?: number;
  /** Grants and renewals per minute. Default: `limits.maxGrantsPerMinute` of the server. */
  readonly maxGrantsPerMinute?: number;
  /** How long a session may last, however often it is renewed. At most, and by default, `maxSessionMs` of the server. */
  readonly maxSessionMs?: number;
}

/** Decides whether a request may have an avatar. Answer null to refuse. An `AvatarError` that it throws is passed on as it is. */
export type Authorize = (request: Request) => Promise<Subject | null> | Subject | null;

export interface AkoolOptions {
  /** Vendor key. Leaves this server only in the header towards discovery and avatar nodes. */
  readonly apiKey: string;
  /**
   * Only scheme, host and port count; the path is fixed by the vendor.
   * Default: the address in the vendor's Python package, which is plain `http`: see that nobody listens on the way.
   */
  readonly discoveryUrl?: string;
  /**
   * Which of the vendor's node groups to ask for. Default `prod`.
   * The vendor's Python package defaults to `test`, which is a trap for production.
   */
  readonly env?: 'prod' | 'test';
  /** Used when a request names no avatar. */
  readonly defaultAvatarId?: string;
  /**
   * Hosts, addresses and CIDR blocks that discovery may name, such as `['203.0.113.0/24', 'nodes.example.com']`.
   * Default: any public address; loopback too when discovery itself is on loopback.
   */
  readonly allowedHosts?: readonly string[];
  /**
   * Ports that discovery may not name, whatever the host. Default: those below 1024 but 80 and 443, and those of proxies, databases,
   * queues, remote desktops and clusters, such as 3306 and 6379. A list takes the place of the default; an empty one refuses none.
   */
  readonly refusedPorts?: readonly number[];
  /** Default 10,000. */
  readonly discoveryTimeoutMs?: number;
  /** How long a node may take to accept the socket. Default 10,000. */
  readonly connectTimeoutMs?: number;
  /**
   * Before a node is promised to a session, a TCP connection is tried, to the best few at the same time; this is how long they may take.
   * Default 300; 0 tries none, as do platforms without sockets.
   */
  readonly probeTimeoutMs?: number;
  /**
   * What the nodes understand: `v2` (default), as in the vendor's Python package; or `readme`, the older forms of its README
   * (`auth`, `agora_params`, `audio_data`), which carry no voice, language or background. Browsers speak v2 in any case.
   */
  readonly messageForms?: 'v2' | 'readme';
}

export interface DveServerOptions {
  /** Vendor key. Leaves this server only as a subprotocol towards the voice service, so it must be a valid one: no `=`, `/`, comma or blank. */
  readonly apiKey: string;
  /** Address of the voice socket, without assistant. Default `wss://assistant-audio-prod.dvcbot.net/ws`; your own on a private deployment. */
  readonly url?: string;
  /** Used when a request names no assistant. */
  readonly assistantId?: string;
  /** Assistants that a request may name. Default: any. */
  readonly allowedAssistants?: readonly string[];
  /** How long the voice service may take to accept the socket. Default 10,000. */
  readonly connectTimeoutMs?: number;
}

export type ChannelOptions =
  | {
      readonly kind: 'agora';
      /** 32 hex digits. */
      readonly appId: string;
      /** Primary certificate, 32 hex digits. Never leaves this server. */
      readonly certificate: string;
      /** Lets the browser publish as well. Default false: it joins to listen. In a hosted session it always may: the avatar hears it there. */
      readonly viewerMayPublish?: boolean;
    }
  | {
      readonly kind: 'loopback';
      /** Signalling socket of an emulator's rooms, `ws:`. */
      readonly url: string;
      readonly appId?: string;
    };

/** What one visitor, and all together, may use of this server. */
export interface ServerLimits {
  /** Largest message from the browser. Default 262,144. */
  readonly maxMessageBytesUp?: number;
  /** Largest message from the avatar node. Default 1,048,576. */
  readonly maxMessageBytesDown?: number;
  /** Sustained messages per second from one browser; five times as many may come at once. Default 200. */
  readonly maxMessagesPerSecond?: number;
  /**
   * Bytes that may wait in one direction. Above it, audio to a vendor is dropped and counted, since late speech is of no use;
   * reading from a sender stops before anything else would be lost. Default 1,048,576.
   */
  readonly maxBufferedBytes?: number;
  /** A relay connection over which nothing but pings came either way for so long is closed. Default 600,000. */
  readonly maxIdleMs?: number;
  /** Relay sockets at the same time in this process. Default 1,000. */
  readonly maxConnections?: number;
  /** Grants and renewals per minute for one subject. Default 60. */
  readonly maxGrantsPerMinute?: number;
  /** Grants and renewals per minute for all together. Default 6,000. */
  readonly maxGrantsPerMinuteInTotal?: number;
  /** Sessions of one subject at the same time. Default 5. */
  readonly maxSessionsPerSubject?: number;
  /** Sessions of all together at the same time, over all instances that share a ledger. Default 10,000. */
  readonly maxSessions?: number;
  /** How often a minute one session may say that it is still there. Default 120: a page asks once a second until the avatar has come. */
  readonly maxKeepsPerMinute?: number;
  /** Pages of the catalogue, lists of sessions and endings by name, per minute for one subject. Default 300. */
  readonly maxReadsPerMinute?: number;
}

/** One structured log line. Holds no key, no token, no ticket. */
export interface ServerLogEntry {
  readonly level: 'info' | 'warn' | 'error';
  /** Noun-verb, such as `session-grant` or `relay-close`. */
  readonly event: string;
  readonly message: string;
  readonly context: Readonly<Record<string, string | number | boolean | null | undefined>>;
}

/** What `createAvatarHandler` and `createRelay` take. Give both the same object. */
export interface AvatarServerOptions {
  /**
   * At least 32 bytes of secret, the same on every instance. Tickets are sealed with keys derived from it. To change it, give the new
   * one first and the old one behind it for as long as sessions may last: the first seals, all of them open.
   */
  readonly secret: string | Uint8Array | readonly (string | Uint8Array)[];
  readonly authorize: Authorize;
  /** Exact origins of pages that may ask, such as `https://app.example.com`. `*` is not accepted. */
  readonly allowedOrigins: readonly string[];
  /** Akool streaming. May be left out where `akoolLive` or `dve` is given; with `dve` alone, sessions are voice only. */
  readonly akool?: AkoolOptions;
  /** Akool's liveAvatar, whose sessions this server holds. */
  readonly akoolLive?: AkoolLiveServerOptions;
  /** What pages may see of the account of `akoolLive`. */
  readonly catalogue?: CatalogueOptions;
  /** The room in which the avatar appears. Required with `akool`. */
  readonly channel?: ChannelOptions;
  /** The voice's side. Without it no voice is granted. */
  readonly dve?: DveServerOptions;
  /** Relay endpoint as browsers reach it, `wss:`. Default: the session route's own address with `/relay` at its end. */
  readonly relayUrl?: string;
  /**
   * What handler and relay remember together: spent tickets, node failures, ended sessions, sessions open at a vendor.
   * Make one with `createMemoryLedger()` and put it here. Left out, handler and relay each keep their own: tickets stay
   * single use, but an ended session is refused by the handler alone and node failures seen by the relay are not avoided.
   */
  readonly ledger?: ServerLedger;
  /** Default 60,000. */
  readonly ticketTtlMs?: number;
  /** How long the browser's token for the room lasts; it is renewed while the session goes on. Default 900,000; 60,000 to 86,400,000. */
  readonly channelTokenTtlMs?: number;
  /** How long the relay connection of one grant lasts at most. Default 3,600,000; 60,000 to 86,400,000. */
  readonly sessionTtlMs?: number;
  /** How long a grant can be renewed. Default: `sessionTtlMs`. A hosted session can be renewed, kept and ended as long as it lasts. */
  readonly renewalTtlMs?: number;
  /** From the first grant on, no matter how often it is renewed. Default 14,400,000. */
  readonly maxSessionMs?: number;
  readonly limits?: ServerLimits;
  /**
   * How long `close` of the relay waits for connections to take leave, of the browser and of the vendor, before it cuts them. Default
   * 5,000; 0 to 600,000. The vendor alone has a second to acknowledge that its session is left: less may leave sessions open there.
   */
  readonly relayDrainTimeoutMs?: number;
  /** How long a browser's socket may wait for the ledger to admit it. Default 10,000; 1 to 120,000. */
  readonly relayAdmissionTimeoutMs?: number;
  /** Where figures go, such as `await createPrometheusMetrics()`. Default: nowhere. */
  readonly metrics?: ServerMetrics | ReadableMetrics;
  /**
   * Bearer token with which an operator may read `GET …/metrics`, 16 to 1,024 characters. Without it that route does not exist.
   * Needs `metrics` that can be read.
   */
  readonly operatorToken?: string;
  /** Keeps work going after the answer, on platforms that stop then: for example the `waitUntil` of an edge runtime. */
  readonly waitUntil?: (work: Promise<unknown>) => void;
  readonly clock?: ServerClock;
  readonly log?: (entry: ServerLogEntry) => void;
}
