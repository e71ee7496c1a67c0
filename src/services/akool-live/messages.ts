/**
 * Akool's hosted avatar: JSON data messages with `v: 2` in the channel, both directions, and the codes of its REST API.
 * Shapes as in the vendor's documentation "Message protocol v2" and its browser SDK.
 */

/** Codes of the REST API, in the body; the HTTP status is 200 for most of them. */
export const AKOOL_API_CODE = {
  ok: 1000,
  badParameter: 1003,
  tooFrequent: 1005,
  noQuota: 1006,
  notFound: 1008,
  badToken: 1101,
  noToken: 1102,
  avatarInProcess: 1214,
  avatarBusy: 1215,
  sessionNotFound: 1216,
  sessionClosed: 1219,
} as const;

/** In an ack: the command was carried out. */
export const AKOOL_LIVE_OK = 1000;

/** What the three channels that carry these messages allow, less a margin for what the channel itself adds. */
export const AKOOL_LIVE_LIMITS = {
  /** Agora refuses above 1,024 once it has encrypted. */
  maxMessageBytes: 950,
  bytesPerSecond: 6_000,
} as const;

/** Gestures that a hosted avatar knows, for `session.act({ action })`. */
export const AKOOL_LIVE_ACTIONS = ['hand_wave', 'cheer', 'thumbs_up', 'pump_fists', 'nod', 'shake', 'waft_left', 'waft_right'] as const;
/** Expressions that a hosted avatar knows, for `session.act({ expression })`. */
export const AKOOL_LIVE_EXPRESSIONS = ['angry', 'disgust', 'fear', 'happiness', 'sadness', 'surprise', 'contempt'] as const;

export interface AkoolLiveTurnDetection {
  readonly type?: 'server_vad' | 'semantic_vad';
  /** 0..1 */
  readonly threshold?: number;
  readonly prefix_padding_ms?: number;
  readonly silence_duration_ms?: number;
}

/** `data` of a set-params command. `mode` 1 repeats what it is sent, 2 answers it. */
export interface AkoolLiveParamsData {
  readonly lang?: string;
  readonly mode?: 1 | 2;
  readonly bgurl?: string;
  readonly vparams?: {
    readonly vid?: string;
    readonly vurl?: string;
    /** 0.8..1.2 */
    readonly speed?: number;
    readonly pron_map?: Readonly<Record<string, string>>;
    readonly stt_language?: string;
    readonly stt_type?: 'openai_realtime';
    readonly turn_detection?: AkoolLiveTurnDetection;
  };
}

export type AkoolLiveCommand =
  | { readonly cmd: 'set-params'; readonly data: AkoolLiveParamsData }
  | { readonly cmd: 'interrupt' }
  | {
      readonly cmd: 'set-action';
      readonly data: {
        readonly action?: (typeof AKOOL_LIVE_ACTIONS)[number];
        readonly expression?: (typeof AKOOL_LIVE_EXPRESSIONS)[number];
      };
    };

interface Envelope {
  readonly v: 2;
  readonly mid: string;
}

export type AkoolLiveClientMessage = Envelope &
  (
    | { readonly type: 'chat'; readonly idx: number; readonly fin: boolean; readonly pld: { readonly text: string } }
    | { readonly type: 'command'; readonly pld: AkoolLiveCommand }
  );

/** One part of what the user was heard to say, or of what the avatar says. */
export interface AkoolLiveChat {
  readonly type: 'chat';
  readonly mid: string;
  /** Place of the part in its message, from 0; null when the sender left it out. */
  readonly idx: number | null;
  readonly fin: boolean;
  readonly from: 'bot' | 'user';
  readonly text: string;
}

export interface AkoolLiveAck {
  readonly type: 'ack';
  /** `mid` of the command; empty when the sender left it out. */
  readonly mid: string;
  readonly cmd: string;
  readonly code: number;
  readonly text: string;
}

export interface AkoolLiveEvent {
  readonly type: 'event';
  readonly event: 'audio_start' | 'audio_end';
}

/** What the avatar sends, in one shape whichever dialect it came in. */
export type AkoolLiveServerMessage = AkoolLiveChat | AkoolLiveAck | AkoolLiveEvent;
