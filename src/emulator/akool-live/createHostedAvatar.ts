import { AKOOL_API_CODE } from '../../services/akool-live/messages.js';
import type { StagedAvatar } from '../avatar/stage.js';
import { createChatAssembly } from './createChatAssembly.js';
import { createConversation } from './createConversation.js';
import type { HostedAvatar, HostedAvatarOptions } from './hostedAvatar.js';
import { problemOfCommand } from './problemOfCommand.js';
import { readDataMessage, type DataMessage } from './readDataMessage.js';

const encoder = new TextEncoder();
const DAMAGED_MESSAGE = encoder.encode('{"v":2,"type":');

/** Makes an avatar that hears its room and obeys data messages: it repeats or answers, and acknowledges commands. */
export function createHostedAvatar(options: HostedAvatarOptions): HostedAvatar {
  const { stage, faults, sessionId, record } = options;
  const scope = { session: sessionId, vendor: 'akool-live' } as const;
  const assemble = createChatAssembly();
  let events = 0;
  let body: StagedAvatar | null = null;
  let hasLeft = false;

  function send(message: Readonly<Record<string, unknown>>): void {
    body?.send(encoder.encode(JSON.stringify({ v: 2, ...message })));
  }

  const conversation = createConversation({
    ...options,
    speak: (samples) => body?.speak(samples),
    hush: () => body?.interrupt(),
    tell: ({ from, mid, idx, fin, text }) => send({ type: 'chat', mid, idx, fin, pld: { from, text } }),
    onSpeaking: (speaking) => send({ type: 'event', mid: `event-${++events}`, pld: { event: speaking ? 'audio_start' : 'audio_end' } }),
  });

  function obey({ mid, pld: { cmd, data = {} } }: Extract<DataMessage, { type: 'command' }>): void {
    const problem = problemOfCommand(cmd, data);
    if (problem === null && cmd === 'interrupt') conversation.interrupt();
    if (problem === null && cmd === 'set-params') {
      record.update({ params: data });
      if (typeof data['mode'] === 'number') conversation.setMode(data['mode']);
    }
    if (faults.take('swallow-ack', scope)) return;
    send({ type: 'command', mid, pld: { cmd, code: problem === null ? AKOOL_API_CODE.ok : AKOOL_API_CODE.badParameter, msg: problem ?? 'OK' } });
  }

  function receive(from: number, payload: Uint8Array): void {
    const message = readDataMessage(payload);
    if (!message || hasLeft) return;
    if (faults.take('malformed-message', scope)) body?.send(DAMAGED_MESSAGE);
    if (message.type === 'command') return obey(message);
    const text = assemble(from, message);
    if (text !== null) conversation.ask(text);
  }

  function leave(): void {
    hasLeft = true;
    conversation.close();
    body?.leave();
    body = null;
  }

  return {
    leave,
    close: leave,
    async appear(place, signal) {
      const entered = await stage.enter({
        ...place,
        sessionId,
        signal,
        onSpeaking: conversation.noteSound,
        onMessage: receive,
        onSound: conversation.hear,
        onSoundEnd: conversation.hearNoMore,
      });
      if (hasLeft) entered.leave();
      else body = entered;
    },
    strike({ fault }) {
      if (fault !== 'malformed-message' || !body) return false;
      body.send(DAMAGED_MESSAGE);
      return true;
    },
  };
}
