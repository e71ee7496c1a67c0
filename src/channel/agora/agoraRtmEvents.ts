import type { RtmClient, RtmEvents } from './agoraRtmModule.js';

export interface AgoraRtmEventMap {
  /** Somebody has sent a message: to a channel, or (`channel` is null) to this user alone. */
  message: { readonly channel: string | null; readonly publisher: string; readonly message: string | Uint8Array; readonly customType: string };
  /** Somebody has come, gone, or says something else of himself: Agora's names, such as `REMOTE_JOIN`. */
  presence: { readonly channel: string; readonly type: string; readonly userId: string; readonly states: Readonly<Record<string, string>> };
  /** Agora's names, such as `CONNECTED` and `KEEP_ALIVE_TIMEOUT`. After `FAILED` only a new login helps. */
  'link-change': { readonly state: string; readonly reason: string };
  /** The token expires soon: `renewToken()` with a fresh one. */
  'token-expire': Readonly<Record<string, never>>;
}

/** Passes on a client's events, in our words. @returns ends it. */
export function forwardRtmEvents(client: RtmClient, emit: <K extends keyof AgoraRtmEventMap>(type: K, event: AgoraRtmEventMap[K]) => void): () => void {
  const onMessage: RtmEvents['message'] = ({ channelType, channelName, publisher, message, customType }) =>
    emit('message', { channel: channelType === 'USER' ? null : channelName, publisher, message, customType });
  const onPresence: RtmEvents['presence'] = ({ eventType, channelName, publisher, stateChanged }) =>
    emit('presence', { channel: channelName, type: eventType, userId: publisher, states: stateChanged });
  const onLinkState: RtmEvents['linkState'] = ({ currentState, reasonCode }) => emit('link-change', { state: currentState, reason: reasonCode });
  const onTokenExpire = () => emit('token-expire', {});
  client.addEventListener('message', onMessage);
  client.addEventListener('presence', onPresence);
  client.addEventListener('linkState', onLinkState);
  client.addEventListener('tokenPrivilegeWillExpire', onTokenExpire);
  return () => {
    client.removeEventListener('message', onMessage);
    client.removeEventListener('presence', onPresence);
    client.removeEventListener('linkState', onLinkState);
    client.removeEventListener('tokenPrivilegeWillExpire', onTokenExpire);
  };
}
