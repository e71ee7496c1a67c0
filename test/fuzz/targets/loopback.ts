import { readRoomMessage } from '../../../src/channel/loopback/readRoomMessage.js';
import { base64ToBytes } from '../../../src/dsp/base64.js';
import { readClientMessage } from '../../../src/emulator/rooms/readClientMessage.js';
import { expectThat, orRefusal, type FuzzTarget } from '../FuzzTarget.js';
import { mutateJson } from '../mutators/mutateJson.js';

const ROOM = [
  '{"type":"done","request":1,"uid":7,"users":[{"uid":9,"hasAudio":true,"hasVideo":true}]}',
  '{"type":"fail","request":2,"code":"token-refused","message":"no"}',
  '{"type":"offer","offer":1,"sdp":"v=0","sections":{"0":{"direction":"receive","uid":9,"media":"video"},"1":{"direction":"send","media":"audio"}}}',
  '{"type":"candidate","candidate":{"candidate":"candidate:1","sdpMid":"0","sdpMLineIndex":0}}',
  '{"type":"user-published","uid":9,"media":"audio"}',
  '{"type":"user-left","uid":9,"reason":"Quit"}',
  '{"type":"message","uid":9,"payload":"QUJD"}',
  '{"type":"kick","reason":"TOKEN_EXPIRE"}',
];
const CLIENT = ['{"type":"join","request":1,"appId":"a","channel":"c","token":null,"uid":0}', '{"type":"message","request":2,"payload":"QUJD"}', '{"type":"answer","offer":1,"sdp":"v=0"}', '{"type":"candidate","candidate":{"candidate":"c","sdpMid":null}}', '{"type":"leave"}'];

/** Signalling of the emulator's rooms, both directions. */
export const loopback: FuzzTarget = {
  share: 8,
  fuzz(random) {
    if (random.chance(0.5)) {
      const text = mutateJson(random, CLIENT);
      const { message } = orRefusal([], text, () => readClientMessage(text)) ?? { message: null };
      return { input: text.length, output: message ? JSON.stringify(message).length : 0 };
    }
    const text = mutateJson(random, ROOM);
    const message = orRefusal([], text, () => readRoomMessage(text));
    if (message?.type === 'message') expectThat(base64ToBytes(message.payload) instanceof Uint8Array, 'A payload is no bytes', text);
    return { input: text.length, output: message ? JSON.stringify(message).length : 0 };
  },
};
