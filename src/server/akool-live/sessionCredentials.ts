import { z } from 'zod';

/** With what the browser joins the room of the avatar. Short-lived: Agora's token is good for five minutes, so join at once. */
export type AkoolSessionCredentials =
  | { readonly type: 'agora'; readonly appId: string; readonly channel: string; readonly token: string; readonly uid: number }
  | { readonly type: 'livekit'; readonly url: string; readonly token: string; readonly roomName: string | null; readonly clientIdentity: string | null; readonly serverIdentity: string | null }
  | { readonly type: 'trtc'; readonly appId: string; readonly roomId: string; readonly userId: string; readonly userSig: string };

const text = z.union([z.string().min(1), z.number().transform(String)]);

const agora = z
  .object({ agora_app_id: text, agora_channel: text, agora_token: z.string(), agora_uid: z.coerce.number().int().nonnegative() })
  .transform((data): AkoolSessionCredentials => ({
    type: 'agora', appId: data.agora_app_id, channel: data.agora_channel, token: data.agora_token, uid: data.agora_uid,
  }));

const livekit = z
  .object({
    livekit_url: text,
    livekit_token: text,
    livekit_room_name: text.nullish(),
    livekit_client_identity: text.nullish(),
    livekit_server_identity: text.nullish(),
  })
  .transform((data): AkoolSessionCredentials => ({
    type: 'livekit',
    url: data.livekit_url,
    token: data.livekit_token,
    roomName: data.livekit_room_name ?? null,
    clientIdentity: data.livekit_client_identity ?? null,
    serverIdentity: data.livekit_server_identity ?? null,
  }));

/** The vendor's demo and its documents name these fields differently. */
const trtc = z
  .union([
    z
      .object({ trtc_sdk_app_id: text, trtc_sdk_room_id: text, trtc_sdk_user_id: text, trtc_sdk_user_sig: text })
      .transform((data) => [data.trtc_sdk_app_id, data.trtc_sdk_room_id, data.trtc_sdk_user_id, data.trtc_sdk_user_sig] as const),
    z
      .object({ trtc_app_id: text, trtc_room_id: text, trtc_user_id: text, trtc_user_sig: text })
      .transform((data) => [data.trtc_app_id, data.trtc_room_id, data.trtc_user_id, data.trtc_user_sig] as const),
  ])
  .transform(([appId, roomId, userId, userSig]): AkoolSessionCredentials => ({ type: 'trtc', appId, roomId, userId, userSig }));

/** Null where there are none, as in lists. */
export const sessionCredentials = z.union([agora, livekit, trtc]).nullish().catch(null).transform((value) => value ?? null);

/** A room of your own for the avatar to come to, in place of one that the vendor makes. */
export type AkoolStream =
  | { readonly type: 'agora'; readonly room?: { readonly uid: number; readonly channel: string; readonly token: string; readonly appId?: string } }
  | { readonly type: 'livekit'; readonly room?: { readonly url: string; readonly token: string; readonly roomName: string; readonly clientIdentity: string; readonly serverIdentity: string } }
  | { readonly type: 'trtc'; readonly room?: { readonly appId: string; readonly roomId: string; readonly userId: string; readonly userSig: string } };

const filled = z.string().min(1);
export const streamInput = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('agora'),
    room: z.strictObject({ uid: z.int().min(0).max(0xffff_ffff), channel: filled.max(64), token: filled, appId: filled.optional() }).optional(),
  }),
  z.strictObject({
    type: z.literal('livekit'),
    room: z.strictObject({ url: filled, token: filled, roomName: filled, clientIdentity: filled, serverIdentity: filled }).optional(),
  }),
  z.strictObject({
    type: z.literal('trtc'),
    room: z.strictObject({ appId: filled, roomId: filled, userId: filled, userSig: filled }).optional(),
  }),
]);

/** The room in the vendor's words. */
export function roomBody(stream: AkoolStream): Readonly<Record<string, string | number | undefined>> | undefined {
  if (stream.room === undefined) return undefined;
  switch (stream.type) {
    case 'agora':
      return { agora_uid: stream.room.uid, agora_channel: stream.room.channel, agora_token: stream.room.token, agora_app_id: stream.room.appId };
    case 'livekit':
      return {
        livekit_url: stream.room.url,
        livekit_token: stream.room.token,
        livekit_room_name: stream.room.roomName,
        livekit_client_identity: stream.room.clientIdentity,
        livekit_server_identity: stream.room.serverIdentity,
      };
    case 'trtc':
      return {
        trtc_sdk_app_id: stream.room.appId,
        trtc_sdk_room_id: stream.room.roomId,
        trtc_sdk_user_id: stream.room.userId,
        trtc_sdk_user_sig: stream.room.userSig,
      };
  }
}
