import type { Meta } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { defaultLabels, EchoTest, SpeakerTest } from '../../src/index.js';
import { DeviceTest } from '../../src/react/parts/DeviceTest.js';
import { scriptedStory } from '../support/scriptedStory.js';
import { on } from '../support/states.js';

const meta: Meta<typeof EchoTest> = { title: 'Components/DeviceTests', component: EchoTest };
export default meta;

/** Plays through the same path as an assistant's voice, so that the browser's echo canceller knows of it. */
export const Speaker = scriptedStory({
  ui: <SpeakerTest />,
  code: `<SpeakerTest />`,
  async play({ canvas, userEvent }) {
    await userEvent.click(canvas.getByRole('button', { name: defaultLabels.testSpeaker }));
    await expect(await canvas.findByText(defaultLabels.testSpeakerDone, {}, { timeout: 10_000 })).toBeVisible();
  },
});

/** Without a microphone there is nothing to hear with: the button says that it is disabled, and keeps its place in the tab order. */
export const EchoWithoutMicrophone = scriptedStory({
  ui: <EchoTest />,
  code: `<EchoTest />`,
  play: async ({ canvas }) => expect(canvas.getByRole('button', { name: defaultLabels.testEcho })).toHaveAttribute('aria-disabled', 'true'),
});

export const Echo = scriptedStory({ ui: <EchoTest />, code: `<EchoTest />`, state: { microphone: on } });

export const EveryResult = scriptedStory({
  ui: (
    <div style={{ display: 'grid', gap: '1rem', maxInlineSize: '30rem' }}>
      <DeviceTest slot="echo-test" status="running" tone="quiet" label={defaultLabels.testEcho} text={defaultLabels.testEchoRunning} onRun={() => undefined} />
      <DeviceTest slot="echo-test" status="clean" tone="good" label={defaultLabels.testEcho} text={defaultLabels.testEchoResult.clean} onRun={() => undefined} />
      <DeviceTest slot="echo-test" status="echo" tone="warning" label={defaultLabels.testEcho} text={defaultLabels.testEchoResult.echo} onRun={() => undefined} />
      <DeviceTest slot="echo-test" status="unclear" tone="warning" label={defaultLabels.testEcho} text={defaultLabels.testEchoResult.unclear} onRun={() => undefined} />
      <DeviceTest slot="speaker-test" status="failed" tone="warning" label={defaultLabels.testSpeaker} text={defaultLabels.testSpeakerFailed} onRun={() => undefined} />
    </div>
  ),
  code: `<EchoTest />`,
});
