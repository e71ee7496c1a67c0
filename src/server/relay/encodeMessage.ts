import type { RelayedMessage } from './upstreamWire.js';
import { encodeFrame } from './websocket/encodeFrame.js';
import { OPCODE } from './websocket/frame.js';

/** Writes a message as one frame. */
export function encodeMessage(message: RelayedMessage, to: 'browser' | 'vendor'): Buffer {
  return encodeFrame(typeof message === 'string' ? OPCODE.text : OPCODE.binary, message, to === 'vendor');
}
