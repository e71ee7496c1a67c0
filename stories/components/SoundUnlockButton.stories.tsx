import type { Meta } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { defaultLabels, SoundUnlockButton } from '../../src/index.js';
import { scriptedStory } from '../support/scriptedStory.js';

const meta: Meta<typeof SoundUnlockButton> = { title: 'Components/SoundUnlockButton', component: SoundUnlockButton };
export default meta;

export const Blocked = scriptedStory({
  ui: <SoundUnlockButton />,
  code: `<SoundUnlockButton />`,
  state: { status: 'live', sound: 'blocked' },
  async play({ canvas, userEvent, session }) {
    const button = canvas.getByRole('button', { name: defaultLabels.unlockSound });
    await userEvent.click(button);
    await expect(session.calls).toEqual([{ method: 'resumeSound', args: [] }]);
    await waitFor(() => expect(button).not.toBeInTheDocument());
    session.push({ sound: 'blocked' });
  },
});
