import type { Meta } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { defaultLabels, AutoplayUnlock } from '../../src/index.js';
import { scriptedStory } from '../support/scriptedStory.js';

const meta: Meta<typeof AutoplayUnlock> = { title: 'Components/AutoplayUnlock', component: AutoplayUnlock };
export default meta;

export const Blocked = scriptedStory({
  ui: <AutoplayUnlock />,
  code: `<AutoplayUnlock />`,
  state: { status: 'live', sound: 'blocked' },
  async play({ canvas, userEvent, session }) {
    const button = canvas.getByRole('button', { name: defaultLabels.unlockSound });
    await userEvent.click(button);
    await expect(session.calls).toEqual([{ method: 'resumeSound', args: [] }]);
    await waitFor(() => expect(button).not.toBeInTheDocument());
    session.push({ sound: 'blocked' });
  },
});
