import type { AkoolAgoraData } from '../../services/akool-streaming/messages.js';
import type { ToForm } from './inspectClientMessage.js';

/** How a relay shows its key to a node of the README: in the first message, in place of the header. */
export function readmeAuth(apiKey: string, avatarId: string): string {
  return JSON.stringify({ type: 'auth', token: apiKey, avatar_id: avatarId });
}

/**
 * Makes a translator from the v2 messages of one connection to the forms of the vendor's README. What has none there, such as
 * an interrupt or leaving, stays as it is; so do parameters that come once the avatar has been sent into its channel.
 *
 * @see `README.md` of the `akool-streaming-avatar` Python package, whose code sends none of these forms
 */
export function createReadmeForms({ channel_id: channel, uid, token: rtcToken }: AkoolAgoraData): ToForm {
  let isPlaced = false;
  return (message, v2) => {
    switch (message.type) {
      case 'ping':
        return { message: { type: 'ping' }, answer: null };
      case 'chat':
        return { message: { type: 'audio_data', data: message.pld.audio }, answer: null };
      case 'command':
        if (message.pld.cmd !== 'set-params' || isPlaced) break;
        isPlaced = true;
        return {
          message: { type: 'agora_params', data: { channel, userId: Number(uid), rtcToken } },
          // The form has no name by which a node could acknowledge it.
          answer: { v: 2, type: 'ack', mid: `relay-${message.mid}`, pld: { original_mid: message.mid, status: 'success' } },
        };
      case 'event':
        break;
    }
    return { message: v2, answer: null };
  };
}
