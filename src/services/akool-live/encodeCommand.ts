import { AvatarError } from '../../errors/AvatarError.js';
import { AKOOL_LIVE_LIMITS, type AkoolLiveCommand } from './messages.js';
import { withoutEmpty } from './withoutEmpty.js';

export interface EncodeCommandOptions {
  /** Comes back in the ack. */
  readonly mid: string;
  /** Bytes that one data message may have. Default 950. */
  readonly maxMessageBytes?: number;
}

/**
 * Encodes a command without its empty fields: the avatar would take an empty one as a wish.
 * A command is one message, for only chat has parts.
 *
 * @throws AvatarError `message-too-large`, or `invalid-options` when nothing is left of what should be set.
 */
export function encodeCommand(command: AkoolLiveCommand, { mid, maxMessageBytes = AKOOL_LIVE_LIMITS.maxMessageBytes }: EncodeCommandOptions): Uint8Array<ArrayBuffer> {
  const pld = command.cmd === 'interrupt' ? { cmd: command.cmd } : { cmd: command.cmd, data: withoutEmpty(command.data) };
  if ('data' in pld && pld.data === undefined) {
    throw new AvatarError('invalid-options', { message: `A ${command.cmd} command needs at least one value that is not empty.`, context: { command: command.cmd } });
  }
  const bytes = new TextEncoder().encode(JSON.stringify({ v: 2, type: 'command', mid, pld }));
  if (bytes.byteLength > maxMessageBytes) {
    throw new AvatarError('message-too-large', {
      message: `The ${command.cmd} command has ${bytes.byteLength} bytes and the channel carries ${maxMessageBytes}. Set fewer values at once, or shorter ones (addresses, pronunciations).`,
      context: { command: command.cmd, bytes: bytes.byteLength, maxMessageBytes },
    });
  }
  return bytes;
}
