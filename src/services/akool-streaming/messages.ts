/**
 * Akool's streaming avatar socket: JSON text frames with `v: 2`, both directions.
 * Shapes as in the `akool-streaming-avatar` Python package 0.1.8, `websocket_client.py`.
 */

export const AKOOL_WS_PATH = '/streamingAvatar/ws/v1';
export const AKOOL_DISCOVERY_PATH = '/streamingAvatar/service_status';

/** Mode 3 is the only one in which the avatar speaks what it is sent. */
export const AKOOL_STREAMING_MODE = 3;

/** Close codes; the same numbers appear as `error_code` in an `error` message and as `code` in a discovery body. */
export const AKOOL_CODE = { ok: 1000, badKey: 4001, occupied: 4003, tooSoon: 4004 } as const;

/** What the avatar needs to join the channel. The relay adds it; a browser never sees it. */
export interface AkoolAgoraData {
  readonly appid: string;
  readonly channel_id: string;
  readonly token: string;
  readonly uid: string | number;
}

export interface AkoolSetParamsData {
  readonly vid: string;
  readonly lang: string;
  readonly mode: number;
  readonly bgurl: string;
}

interface Envelope {
  readonly v: 2;
  readonly mid: string;
}

export type AkoolClientMessage = Envelope &
  (
    | {
        readonly type: 'command';
        readonly pld: {
          readonly cmd: 'set-params';
          readonly data: AkoolSetParamsData;
          readonly metadata?: { readonly agora_data: AkoolAgoraData };
        };
      }
    | { readonly type: 'command'; readonly pld: { readonly cmd: 'interrupt' } }
    /** `audio` is base64 of PCM s16le, 16 kHz, mono. Never acknowledged. */
    | { readonly type: 'chat'; readonly pld: { readonly audio: string } }
    | { readonly type: 'event'; readonly pld: { readonly event: 'leave_channel'; readonly reason: 'client_disconnect' | 'user_left' } }
    | { readonly type: 'ping'; readonly pld: Readonly<Record<string, never>> }
  );

export type AkoolServerMessage = Envelope &
  (
    | { readonly type: 'system'; readonly pld: { readonly status: string; readonly channel_id?: string } }
    | { readonly type: 'ack'; readonly pld: { readonly original_mid: string; readonly status: string; readonly message?: string } }
    | { readonly type: 'pong'; readonly pld: Readonly<Record<string, unknown>> }
    | { readonly type: 'error'; readonly pld: { readonly error_code?: number; readonly error_message?: string } }
  );
