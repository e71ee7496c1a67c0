import { AvatarError } from '../../errors/AvatarError.js';

export interface AudioMetadataOptions {
  /**
   * `audio`: inside the sound that is published. `message`: as a data message that the receiver's SDK holds back until it plays the
   * sound of that moment; it arrives there as any data message. Default: `audio` where the client has it.
   */
  readonly via?: 'audio' | 'message';
  /** Bytes that came inside somebody's sound; whose, the SDK does not say. */
  readonly onMetadata?: (bytes: Uint8Array) => void;
  /** Presentation time of the sound that is received, in the sender's units. */
  readonly onPts?: (pts: number) => void;
}

export interface AudioMetadata {
  readonly via: 'audio' | 'message';
  /**
   * Sends bytes along with the sound that is being published now. Inside the sound nothing tells whether they arrive.
   * @param bytes - at most 1,024.
   * @throws AvatarError `message-too-large`, `not-ready` where no sound is published, `connection-lost`, `channel-failed`
   */
  send(bytes: Uint8Array): Promise<void>;
  /** Stops listening. Idempotent. */
  close(): void;
}

/** What is touched of Agora's client. The second and third member are hidden from the SDK's d.ts. */
interface MetadataClient {
  readonly connectionState: string;
  readonly localTracks?: readonly { readonly trackMediaType: string }[];
  sendAudioMetadata?(metadata: { value: Uint8Array }): void;
  sendStreamMessage(message: Uint8Array | { payload: Uint8Array; syncWithAudio: boolean }): Promise<unknown>;
  on(event: 'audio-metadata', listener: (bytes: Uint8Array) => void): void;
  on(event: 'audio-pts', listener: (pts: number) => void): void;
  off(event: 'audio-metadata', listener: (bytes: Uint8Array) => void): void;
  off(event: 'audio-pts', listener: (pts: number) => void): void;
}

/** What the SDK takes as a data message; the same inside the sound, so that either way can replace the other. */
const MAX_BYTES = 1024;

/**
 * Sends and receives bytes in step with the sound. Call `enableAudioMetadata()` before the session starts.
 *
 * @param client - `session.getChannelClient()`
 * @throws AvatarError `invalid-options`
 * @example
 * ```ts
 * await enableAudioMetadata();
 * await session.start();
 * const metadata = createAudioMetadata(session.getChannelClient(), { onMetadata: (bytes) => show(bytes) });
 * ```
 */
export function createAudioMetadata(client: unknown, options: AudioMetadataOptions = {}): AudioMetadata {
  if (!isMetadataClient(client)) {
    throw new AvatarError('invalid-options', { message: 'That is no client of an Agora room. Pass session.getChannelClient() of a session that is live.' });
  }
  const { onMetadata, onPts } = options;
  const isAgora = typeof client.sendAudioMetadata === 'function';
  const { via = isAgora ? 'audio' : 'message' } = options;
  if (via === 'audio' && !isAgora) {
    throw new AvatarError('invalid-options', { message: "This client carries no bytes inside its sound. Leave out via, or make it 'message'." });
  }
  if (onMetadata) client.on('audio-metadata', onMetadata);
  if (onPts) client.on('audio-pts', onPts);

  return {
    via,
    async send(bytes) {
      if (bytes.length > MAX_BYTES) {
        throw new AvatarError('message-too-large', { message: `Metadata of ${bytes.length} bytes is too large; the room takes ${MAX_BYTES}.`, context: { bytes: bytes.length } });
      }
      if (client.connectionState !== 'CONNECTED') throw new AvatarError('connection-lost', { message: 'The room is gone, so the metadata was not sent.' });
      if (via === 'audio') {
        // The SDK drops it without a word.
        if (!client.localTracks?.some(({ trackMediaType }) => trackMediaType === 'audio')) {
          throw new AvatarError('not-ready', { message: 'No sound is published that could carry the metadata. Publish the microphone first.' });
        }
        client.sendAudioMetadata?.({ value: bytes });
        return;
      }
      try {
        // A client that is not Agora's knows nothing of holding back.
        await client.sendStreamMessage(isAgora ? { payload: bytes, syncWithAudio: true } : bytes);
      } catch (cause) {
        throw new AvatarError('channel-failed', { message: 'The room did not take the metadata. Send less, or try again.', cause });
      }
    },
    close() {
      if (onMetadata) client.off('audio-metadata', onMetadata);
      if (onPts) client.off('audio-pts', onPts);
    },
  };
}

function isMetadataClient(client: unknown): client is MetadataClient {
  return typeof client === 'object' && client !== null && ['on', 'off', 'sendStreamMessage'].every((name) => typeof Reflect.get(client, name) === 'function');
}
