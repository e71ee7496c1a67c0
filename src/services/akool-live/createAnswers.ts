import type { Clock } from '../../clock/clock.js';
import type { ChatRoomAnswer } from './chatRoom.js';
import type { LiveText } from './createReassembler.js';

/** Puts the answers of a chat room together. */
export interface Answers {
  push(answer: Pick<ChatRoomAnswer, 'messageId' | 'answer'>): void;
  /** Nothing of what was asked so far is wanted any more. Leaves no timer behind. */
  drop(): void;
  /** A question leaves under this name. What is open of older answers is taken as it is. */
  begin(messageId: string): void;
}

/** The room marks no end of an answer. Its parts come quicker than this, since they are spoken. */
const GAP_MS = 3_000;
/** Names of questions that are remembered; a conversation may last an hour. */
const MAX_KNOWN = 64;
/** A room that never changes the name must not fill the page: what follows is an entry of its own. */
const MAX_ANSWER_CHARS = 65_536;

/** Makes an empty conversation. */
export function createAnswers(clock: Clock, onText: (text: LiveText) => void): Answers {
  let asked: readonly string[] = [];
  let unwanted: readonly string[] = [];
  let open: { readonly mid: string; readonly text: string } | null = null;
  let cancelEnd = () => {};

  function conclude(): void {
    cancelEnd();
    if (open) onText({ ...open, from: 'bot', final: true });
    open = null;
  }

  return {
    push({ messageId, answer }) {
      if (answer === '' || unwanted.includes(messageId)) return;
      if (open?.mid !== messageId || open.text.length >= MAX_ANSWER_CHARS) conclude();
      open = { mid: messageId, text: (open?.text ?? '') + answer };
      onText({ ...open, from: 'bot', final: false });
      cancelEnd();
      cancelEnd = clock.schedule(conclude, GAP_MS);
    },
    drop() {
      cancelEnd();
      open = null;
      unwanted = [...unwanted, ...asked].slice(-MAX_KNOWN);
      asked = [];
    },
    begin(messageId) {
      conclude();
      asked = [...asked.slice(1 - MAX_KNOWN), messageId];
    },
  };
}
