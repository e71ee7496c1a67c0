/**
 * Signalling between a loopback client and an emulator's room: JSON text frames over one WebSocket.
 *
 * The room always makes the offer, so two offers never cross. A client asks with a `request` number and gets
 * exactly one `done` or `fail` with the same number.
 */

export type Media = 'audio' | 'video';

export interface RoomUser {
  readonly uid: number;
  readonly hasAudio: boolean;
  readonly hasVideo: boolean;
}

export type RoomRequest =
  /** Must be the first request. */
  | { readonly type: 'join'; readonly appId: string; readonly channel: string; readonly token: string | null; readonly uid: number }
  | { readonly type: 'subscribe'; readonly uid: number; readonly media: Media }
  | { readonly type: 'unsubscribe'; readonly uid: number; readonly media: Media }
  /** `done` is sent once the room receives the track: after the offer that holds its section has been answered. */
  | { readonly type: 'publish'; readonly media: Media }
  | { readonly type: 'unpublish'; readonly media: Media }
  /** `payload` is base64, at most 1,024 bytes decoded; every other member of the room receives it. */
  | { readonly type: 'message'; readonly payload: string }
  | { readonly type: 'renew'; readonly token: string };

export type ClientMessage =
  | (RoomRequest & { readonly request: number })
  | { readonly type: 'answer'; readonly offer: number; readonly sdp: string }
  | { readonly type: 'candidate'; readonly candidate: RTCIceCandidateInit }
  | { readonly type: 'leave' };

/** What one media section of an offer is for: a user's track to receive, or a place for the client's own track. */
export type OfferSection =
  | { readonly direction: 'receive'; readonly uid: number; readonly media: Media }
  | { readonly direction: 'send'; readonly media: Media };

export type RoomFailure = 'invalid-request' | 'token-refused' | 'uid-conflict' | 'no-such-user' | 'not-joined' | 'too-large' | 'negotiation-failed';

export type RoomMessage =
  /** For `join`, `uid` is the member's uid and `users` everyone already there. */
  | { readonly type: 'done'; readonly request: number; readonly uid?: number; readonly users?: readonly RoomUser[] }
  | { readonly type: 'fail'; readonly request: number; readonly code: RoomFailure; readonly message: string }
  /** `sections` is keyed by the media section's `mid`. A section no longer in use is absent. */
  | { readonly type: 'offer'; readonly offer: number; readonly sdp: string; readonly sections: Readonly<Record<string, OfferSection>> }
  | { readonly type: 'candidate'; readonly candidate: RTCIceCandidateInit }
  | { readonly type: 'user-joined'; readonly uid: number }
  | { readonly type: 'user-left'; readonly uid: number; readonly reason: 'Quit' | 'ServerTimeOut' }
  | { readonly type: 'user-published'; readonly uid: number; readonly media: Media }
  | { readonly type: 'user-unpublished'; readonly uid: number; readonly media: Media }
  | { readonly type: 'message'; readonly uid: number; readonly payload: string }
  | { readonly type: 'token-expire'; readonly expired: boolean }
  /** The room put this member out; the socket closes next. `reason` as in Agora's connection-state-change. */
  | { readonly type: 'kick'; readonly reason: 'UID_BANNED' | 'TOKEN_EXPIRE' | 'UID_CONFLICT' | 'SERVER_ERROR' };
