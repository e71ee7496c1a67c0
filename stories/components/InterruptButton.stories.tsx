import type { Meta } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { defaultLabels, InterruptButton } from '../../src/index.js';
import { scriptedStory } from '../support/scriptedStory.js';

const meta: Meta<typeof InterruptButton> = { title: 'Components/InterruptButton', component: InterruptButton };
export default meta;

export const Live = scriptedStory({
  ui: <InterruptButton />,
  code: `<InterruptButton />`,
  state: { status: 'live' },
  async play({ canvas, userEvent, session }) {
    await userEvent.click(canvas.getByRole('button', { name: defaultLabels.interrupt }));
    await expect(session.calls).toEqual([{ method: 'interrupt', args: [] }]);
  },
});

export const Idle = scriptedStory({
  ui: <InterruptButton />,
  code: `<InterruptButton />`,
  async play({ canvas, userEvent, session }) {
    await userEvent.click(canvas.getByRole('button', { name: defaultLabels.interrupt }));
    await expect(session.calls).toEqual([]);
  },
});

export const OwnWords = scriptedStory({ ui: <InterruptButton>Let me speak</InterruptButton>, code: `<InterruptButton>Let me speak</InterruptButton>`, state: { status: 'live' } });
