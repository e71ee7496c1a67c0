import { useState, type ReactElement } from 'react';
import { Transcript, useAvatarSession, type AvatarView } from '../../src/index.js';
import { useOutcome } from './useOutcome.js';

const GESTURES: readonly (readonly [label: string, gesture: Parameters<AvatarView['act']>[0]])[] = [
  ['Wave', { action: 'hand_wave' }],
  ['Nod', { action: 'nod' }],
  ['Thumbs up', { action: 'thumbs_up' }],
  ['Cheer', { action: 'cheer', expression: 'happiness' }],
  ['Surprise', { expression: 'surprise' }],
];

/** Talks with an avatar that thinks for itself: by text, by gestures, and by reading what both have said. */
export function ChatPanel(): ReactElement {
  const [text, setText] = useState('');
  const { sendText, act, interrupt } = useAvatarSession(({ sendText, act, interrupt }) => ({ sendText, act, interrupt }));
  const live = useAvatarSession((view) => view.status === 'live');
  const { message, attempt, clear } = useOutcome();
  const change = (next: string): void => {
    clear();
    setText(next);
  };
  const send = (): void =>
    attempt(async () => {
      await sendText(text);
      setText('');
      return 'The avatar has it.';
    });

  return (
    <section className="card" aria-labelledby="chat">
      <h2 id="chat">Conversation</h2>
      <Transcript empty="Say something, or write." />
      <form
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') send();
        }}
      >
        <label htmlFor="chat-text">Write to it</label>
        <div className="ask-line">
          <input id="chat-text" value={text} onChange={(event) => change(event.target.value)} autoComplete="off" />
          <button type="submit">Send</button>
        </div>
      </form>
      <div className="faults" role="group" aria-label="Gestures">
        {GESTURES.map(([label, gesture]) => (
          <button
            key={label}
            type="button"
            onClick={() =>
              attempt(async () => {
                await act(gesture);
                return `${label}: done.`;
              })
            }
          >
            {label}
          </button>
        ))}
        <button type="button" disabled={!live} onClick={() => void interrupt()}>
          Stop
        </button>
      </div>
      <p role="status">{message}</p>
    </section>
  );
}
