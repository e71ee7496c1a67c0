import type { Meta } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { defaultLabels, StartButton } from '../../src/index.js';
import { sampleError } from '../support/sampleErrors.js';
import { scriptedStory } from '../support/scriptedStory.js';

const meta: Meta<typeof StartButton> = { title: 'Components/StartButton', component: StartButton };
export default meta;

const code = `<StartButton />`;

export const Ready = scriptedStory({
  ui: <StartButton />,
  code,
  async play({ canvas, userEvent, session }) {
    await userEvent.click(canvas.getByRole('button', { name: defaultLabels.start }));
    await expect(session.calls).toEqual([{ method: 'start', args: [] }]);
  },
});

export const Starting = scriptedStory({
  ui: <StartButton />,
  code,
  state: { status: 'connecting' },
  async play({ canvas, userEvent, session }) {
    await userEvent.click(canvas.getByRole('button', { name: defaultLabels.starting }));
    await expect(session.calls).toEqual([]);
  },
});

export const AfterTheEnd = scriptedStory({ ui: <StartButton />, code, state: { status: 'ended' } });

export const AfterAFailure = scriptedStory({ ui: <StartButton />, code, state: { status: 'failed', error: sampleError('avatar-busy') } });

export const KeptWhileLive = scriptedStory({
  ui: <StartButton forceMount />,
  code: `<StartButton forceMount />`,
  state: { status: 'live' },
  async play({ canvas }) {
    await expect(canvas.getByRole('button')).toHaveAttribute('aria-disabled', 'true');
  },
});

export const AsChild = scriptedStory({
  ui: (
    <StartButton asChild>
      <a href="#start">Talk to Ada</a>
    </StartButton>
  ),
  code: `<StartButton asChild><a href="#start">Talk to Ada</a></StartButton>`,
  async play({ canvas }) {
    await expect(canvas.getByText('Talk to Ada').tagName).toBe('A');
  },
});
