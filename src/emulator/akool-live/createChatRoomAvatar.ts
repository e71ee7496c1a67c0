import type { StagedAvatar } from '../avatar/stage.js';
import type { ChatRoom } from './createChatRoom.js';
import { createConversation } from './createConversation.js';
import type { HostedAvatar, HostedAvatarOptions } from './hostedAvatar.js';
import type { ChatRoomQuestion } from './readChatRoomFrame.js';

/** Makes an avatar that is talked to in a chat room alone, as in version 3: it neither hears its room nor reads data messages. */
export function createChatRoomAvatar(options: HostedAvatarOptions & { readonly chatRoom: ChatRoom }): HostedAvatar {
  const { stage, faults, sessionId, chatRoom } = options;
  let body: StagedAvatar | null = null;
  let current: ChatRoomQuestion | null = null;
  let hasLeft = false;

  const conversation = createConversation({
    ...options,
    speak: (samples) => body?.speak(samples),
    hush: () => body?.interrupt(),
    tell({ mid, text }) {
      if (current?.message_id === mid) chatRoom.tell(current, text);
    },
  });

  chatRoom.attach((question) => {
    const armed = faults.take('malformed-message', { session: sessionId, vendor: 'akool-live' });
    if (armed) chatRoom.strike(armed);
    current = question;
    conversation.setMode(question.mode_type);
    conversation.ask(question.question, question.message_id);
  });

  function leave(): void {
    hasLeft = true;
    conversation.close();
    body?.leave();
    body = null;
  }

  return {
    leave,
    strike: chatRoom.strike,
    async appear(place, signal) {
      const entered = await stage.enter({ ...place, sessionId, signal, onSpeaking: conversation.noteSound });
      if (hasLeft) entered.leave();
      else body = entered;
    },
    close() {
      leave();
      chatRoom.close();
    },
  };
}
