import type { ReactElement } from 'react';
import { Avatar, AvatarProvider } from '../../src/index.js';
import { FaultPanel } from './FaultPanel.js';
import { ReceivedPanel } from './ReceivedPanel.js';
import { useEmulator } from './useEmulator.js';

export interface PlaygroundProps {
  /** Base URL of the session route. */
  readonly avatarUrl: string;
  /** Control URL of the emulator. */
  readonly emulatorUrl: string;
}

/** The live puppet: an avatar that says what you say, and what the emulator knows of it. */
export function Playground({ avatarUrl, emulatorUrl }: PlaygroundProps): ReactElement {
  const { reach, sessions } = useEmulator(emulatorUrl);
  return (
    <AvatarProvider grant={avatarUrl}>
      <main className="playground">
        <div className="playground-main">
          <div className="playground-intro">
            <h1>Your voice, its face</h1>
            <p>Press the button, allow the microphone and speak. The avatar says it a moment later. Wear headphones, or it will hear itself.</p>
          </div>
          {reach === 'down' && <NotRunning emulatorUrl={emulatorUrl} />}
          <Avatar className="playground-avatar" />
        </div>
        <div className="playground-side">
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
