import type { Meta } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { AvatarProvider, ConnectionStatus, defaultLabels, type SessionStatus } from '../../src/index.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';
import { sampleError } from '../support/sampleErrors.js';
import { scriptedStory } from '../support/scriptedStory.js';
import { muted, on } from '../support/states.js';

const meta: Meta<typeof ConnectionStatus> = { title: 'Components/ConnectionStatus', component: ConnectionStatus };
export default meta;

const statuses: readonly SessionStatus[] = ['idle', 'authorizing', 'connecting', 'live', 'reconnecting', 'ending', 'ended', 'failed'];
const code = `<ConnectionStatus />`;

export const EveryStatus = scriptedStory({
  ui: (
    <div className="story-row">
      {statuses.map((status) => (
        <AvatarProvider key={status} session={createScriptedSession({ state: { status } })}>
          <ConnectionStatus />
        </AvatarProvider>
      ))}
    </div>
  ),
  code,
  async play({ canvas }) {
    for (const status of statuses) await waitFor(() => expect(canvas.getByText(defaultLabels.status[status])).toBeVisible());
  },
});

export const Listening = scriptedStory({ ui: <ConnectionStatus />, code, state: { status: 'live', microphone: on } });

export const Muted = scriptedStory({ ui: <ConnectionStatus />, code, state: { status: 'live', microphone: muted } });

export const MicrophoneUnplugged = scriptedStory({
  ui: <ConnectionStatus />,
  code,
  state: { status: 'live', microphone: { status: 'failed', muted: false, error: sampleError('microphone-unplugged'), deviceId: null, interrupted: false } },
  async play({ canvas }) {
    await expect(canvas.getByRole('status')).toHaveTextContent(defaultLabels.failure['microphone-missing']);
  },
});

export const OwnWords = scriptedStory({
  ui: (
    <AvatarProvider session={createScriptedSession()} labels={{ status: { idle: 'Ada is here' } }}>
      <ConnectionStatus />
    </AvatarProvider>
  ),
  code: `<AvatarProvider grant="/api/avatar" labels={{ status: { idle: 'Ada is here' } }}>
  <ConnectionStatus />
</AvatarProvider>`,
});
