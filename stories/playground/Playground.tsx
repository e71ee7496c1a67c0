import { useState, type ReactElement } from 'react';
import { akoolStreaming } from '../../src/client.js';
import { Avatar, AvatarProvider } from '../../src/index.js';
import type { VoiceService } from '../../src/services/service.js';
import { ConversationPanel } from './ConversationPanel.js';
import { FaultPanel } from './FaultPanel.js';
import { ReceivedPanel } from './ReceivedPanel.js';
import { useEmulator } from './useEmulator.js';

export interface PlaygroundProps {
  /** Base URL of the session route. */
  readonly avatarUrl: string;
  /** Control URL of the emulator. */
  readonly emulatorUrl: string;
  readonly title: string;
  /** What to do. */
  readonly hint: string;
  /** Who answers; without it the avatar says what the microphone hears. Makes the service of one mount. */
  readonly voice?: () => VoiceService;
}

/** A live avatar, and what the emulator knows of it. */
export function Playground({ avatarUrl, emulatorUrl, title, hint, voice }: PlaygroundProps): ReactElement {
  // With a voice service of its own the face is no longer the default.
  const [services] = useState(() => (voice ? { voice: voice(), avatar: akoolStreaming() } : {}));
  const { reach, sessions } = useEmulator(emulatorUrl);
  return (
    <AvatarProvider grant={avatarUrl} {...services}>
      <main className="playground">
        <div className="playground-main">
          <div className="playground-intro">
            <h1>{title}</h1>
            <p>{hint}</p>
          </div>
          {reach === 'down' && <NotRunning emulatorUrl={emulatorUrl} />}
          <Avatar className="playground-avatar" />
        </div>
        <div className="playground-side">
          {voice && <ConversationPanel />}
          <ReceivedPanel sessions={sessions} />
          {reach === 'up' && <FaultPanel emulatorUrl={emulatorUrl} />}
          {reach === 'unknown' && <p>Looking for the emulator.</p>}
        </div>
      </main>
    </AvatarProvider>
  );
}

function NotRunning({ emulatorUrl }: { readonly emulatorUrl: string }): ReactElement {
  return (
    <section className="card notice" role="status">
      <h2>The emulator is not running</h2>
      <p>
        Nothing answers at <code>{emulatorUrl}</code>. This command starts the emulator, the server and this page together:
      </p>
      {/* A region that can scroll has to be reachable by keyboard. */}
      <pre tabIndex={0}>npm start</pre>
    </section>
  );
}
