import { readChatRoomFrame } from '../../../src/emulator/akool-live/readChatRoomFrame.js';
import { readDataMessage } from '../../../src/emulator/akool-live/readDataMessage.js';
import { readNodeMessage, readSetParams } from '../../../src/emulator/akool-streaming/readNodeMessage.js';
import { readReadmeAuth, readReadmeMessage } from '../../../src/emulator/akool-streaming/readReadmeMessage.js';
import { readFaultRequest } from '../../../src/emulator/control/readFaultRequest.js';
import { orRefusal, type FuzzTarget } from '../FuzzTarget.js';
import { mutateJson } from '../mutators/mutateJson.js';

const SEEDS = [
  '{"v":2,"type":"command","mid":"c-1","pld":{"cmd":"set-params","data":{"vid":"v","lang":"en","mode":3,"bgurl":""},"metadata":{"agora_data":{"appid":"x","channel_id":"y","token":"z","uid":2}}}}',
  '{"v":2,"type":"chat","mid":"a-1","pld":{"audio":"QUJD"}}',
  '{"type":"auth","token":"t","avatar_id":"ava"}',
  '{"type":"agora_params","data":{"channel":"c","userId":1,"rtcToken":"t"}}',
  '{"type":"audio_data","data":"QUJD"}',
  '{"v":2,"type":"chat","mid":"m","idx":0,"fin":true,"pld":{"text":"Hello"}}',
  '{"type":"chat","to":"server_1","payload":"{\\"message_id\\":\\"m\\",\\"question\\":\\"Hello\\"}"}',
  '{"fault":"close-socket","node":0,"code":4003,"delayMs":10,"times":1}',
];

/** What the emulator is told, in either of the vendors' forms: it must never fall over. */
export const emulatorMessages: FuzzTarget = {
  share: 2,
  fuzz(random) {
    const text = mutateJson(random, SEEDS);
    const read = orRefusal([], text, () => {
      const message = readNodeMessage(text);
      const params = message.kind === 'set-params' ? readSetParams(message.payload) : null;
      return [message.kind, params, readReadmeAuth(text), readReadmeMessage(text)?.kind, readDataMessage(new TextEncoder().encode(text)), readChatRoomFrame(text, 'server_1'), readFaultRequest(jsonOf(text))];
    });
    return { input: text.length, output: JSON.stringify(read)?.length ?? 0 };
  },
};

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
