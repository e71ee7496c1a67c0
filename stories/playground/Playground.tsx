import { useState, type ReactElement, type ReactNode } from 'react';
import { Avatar, AvatarProvider, type AvatarProviderProps } from '../../src/index.js';
import { EmulatorNotice } from './EmulatorNotice.js';
import { FaultPanel } from './FaultPanel.js';
import { ReceivedPanel, type ReceivedPanelProps } from './ReceivedPanel.js';
import { useEmulator } from './useEmulator.js';

/** The services of a session, as an application names them. */
export type Wiring = Pick<Extract<AvatarProviderProps, { readonly session?: undefined }>, 'avatar' | 'voice' | 'input'>;

export interface PlaygroundProps {
  /** Base URL of the session route. */
  readonly avatarUrl: string;
  /** Control URL of the emulator. */
  readonly emulatorUrl: string;
  readonly title: string;
  /** What to do. */
  readonly hint: string;
  /** Makes the services of one mount. Without it the avatar says what the microphone hears. */
  readonly wiring?: () => Wiring;
  /** Whose side is shown. Default: the avatar's node. */
  readonly vendor?: ReceivedPanelProps['vendor'];
  /** What belongs to this wiring alone. */
  readonly panel?: ReactNode;
}

/** A live session, and what the emulator knows of it. */
export function Playground({ avatarUrl, emulatorUrl, title, hint, wiring, vendor = 'akool-streaming', panel }: PlaygroundProps): ReactElement {
  const [services] = useState(() => wiring?.() ?? {});
  const { reach, sessions } = useEmulator(emulatorUrl);
  return (
    <AvatarProvider grant={avatarUrl} {...services}>
      <main className="playground">
        <div className="playground-main">
          <div className="playground-intro">
            <h1>{title}</h1>
            <p>{hint}</p>
          </div>
          {reach === 'down' && <EmulatorNotice emulatorUrl={emulatorUrl} />}
          <Avatar className="playground-avatar" />
        </div>
        <div className="playground-side">
          {panel}
          <ReceivedPanel sessions={sessions} vendor={vendor} />
          {reach === 'up' && <FaultPanel emulatorUrl={emulatorUrl} vendor={vendor} />}
          {reach === 'unknown' && <p>Looking for the emulator.</p>}
        </div>
      </main>
    </AvatarProvider>
  );
}
