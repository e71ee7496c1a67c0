import { useState, type ReactElement } from 'react';
import { Transcript, useAvatarEvent, useAvatarSession } from '../../src/index.js';

/** Who has the word, and what was said. The emulated assistant sends no text, so its turns are counted. */
export function ConversationPanel(): ReactElement {
  const turnId = useAvatarSession((view) => view.turnId);
  const [bargeIns, setBargeIns] = useState(0);
  useAvatarEvent('interrupt', () => setBargeIns((count) => count + 1));
  return (
    <section className="card" aria-labelledby="conversation">
      <h2 id="conversation">Conversation</h2>
      <dl className="facts">
        <dt>Turn</dt>
        <dd>{turnId}</dd>
        <dt>Replies cut short</dt>
        <dd>{bargeIns}</dd>
      </dl>
      <Transcript empty="The emulated assistant sends no text. A real one’s words appear here." />
    </section>
  );
}
