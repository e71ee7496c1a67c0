import { useEffect, useMemo, useState, type ReactElement } from 'react';
import { Avatar, AvatarProvider, PushToTalkButton, useAvatarSession } from '../../src/index.js';
import { CopyableCode } from '../support/CopyableCode.js';
import { ChatPanel } from './ChatPanel.js';
import { ConversationPanel } from './ConversationPanel.js';
import { EmulatorNotice } from './EmulatorNotice.js';
import { FaultPanel } from './FaultPanel.js';
import { waitingSettings, type PlaygroundSettings, type WiringName } from './PlaygroundSettings.js';
import { ReceivedPanel, type ReceivedPanelProps } from './ReceivedPanel.js';
import { SayPanel } from './SayPanel.js';
import { sessionOptions } from './sessionOptions.js';
import { SettingsPanel } from './SettingsPanel.js';
import { useEmulator } from './useEmulator.js';
import { useWords } from './useWords.js';
import { writeCode } from './writeCode.js';
import './workshop.css';

export interface WorkshopProps extends PlaygroundSettings {
  /** Base URL of the session route. */
  readonly avatarUrl: string;
  /** Control URL of the emulator. */
  readonly emulatorUrl: string;
}

const VENDORS: Readonly<Record<WiringName, ReceivedPanelProps['vendor']>> = { puppet: 'akool-streaming', driven: 'akool-streaming', composed: 'akool-streaming', voice: 'dve', hosted: 'akool-live' };

/** A session on the emulator of which every option can be changed, and the code that these options amount to. */
export function Workshop({ avatarUrl, emulatorUrl, ...given }: WorkshopProps): ReactElement {
  const [settings, setSettings] = useState<PlaygroundSettings>(given);
  const [seen, setSeen] = useState(given);
  // The controls of Storybook have the word when they change; in between it is the panel's.
  const fresh = changesOf(seen, given);
  if (Object.keys(fresh).length > 0) {
    setSeen(given);
    setSettings({ ...settings, ...fresh });
  }
  const { reach, sessions } = useEmulator(emulatorUrl);
  const options = useMemo(() => sessionOptions(settings, avatarUrl), [settings, avatarUrl]);
  const vendor = VENDORS[settings.wiring];
  const { labels, lang, dir } = useWords(settings.labelLanguage);
  return (
    <AvatarProvider {...options} labels={labels}>
      <Volume volume={settings.volume} />
      <main className="playground workshop">
        <div className="playground-main">
          <div className="playground-intro">
            <h1>Every option, live</h1>
            <p>Change anything, also in the middle of a conversation. What needs a new session waits for the next one, and says so.</p>
          </div>
          {reach === 'down' && <EmulatorNotice emulatorUrl={emulatorUrl} />}
          <div data-theme={settings.theme === 'system' ? undefined : settings.theme} lang={lang} dir={settings.direction === 'language' ? dir : settings.direction}>
            <Avatar
              className="playground-avatar"
              pictureInPicture={settings.pictureInPicture}
              captions={settings.captions === 'when-needed' ? undefined : settings.captions === 'always'}
            />
          </div>
          {settings.turnMode === 'push-to-talk' && <PushToTalkButton />}
          <Waiting settings={settings} />
          <CopyableCode title="The code for this" code={writeCode(settings)} />
        </div>
        <div className="playground-side">
          <SettingsPanel settings={settings} onChange={(patch) => setSettings({ ...settings, ...patch })} />
          {settings.wiring === 'driven' ? <SayPanel /> : settings.wiring === 'hosted' ? <ChatPanel /> : <ConversationPanel />}
          <ReceivedPanel sessions={sessions} vendor={vendor} />
          {reach === 'up' && <FaultPanel emulatorUrl={emulatorUrl} vendor={vendor} />}
          {reach === 'unknown' && <p>Looking for the emulator.</p>}
        </div>
      </main>
    </AvatarProvider>
  );
}

/** The one setting that is no option. */
function Volume({ volume }: { readonly volume: number }): null {
  const session = useAvatarSession((view) => view.session);
  useEffect(() => session.setVolume(volume), [session, volume]);
  return null;
}

/** What waits for the next session. */
function Waiting({ settings }: { readonly settings: PlaygroundSettings }): ReactElement {
  const isRunning = useAvatarSession(({ status }) => status === 'connecting' || status === 'live' || status === 'reconnecting');
  const [applied, setApplied] = useState(settings);
  if (!isRunning && applied !== settings) setApplied(settings);
  const waiting = isRunning ? waitingSettings(applied, settings) : [];
  return (
    <p className="workshop-waiting" role="status">
      {waiting.length > 0 && `From the next session on: ${waiting.join(', ')}. End this one to get there.`}
    </p>
  );
}

function changesOf(before: PlaygroundSettings, after: PlaygroundSettings): Partial<PlaygroundSettings> {
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name as keyof PlaygroundSettings] !== value)); // the keys are those of `after`
}
