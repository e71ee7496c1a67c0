import type { Meta } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { defaultLabels, EndButton } from '../../src/index.js';
import { scriptedStory } from '../support/scriptedStory.js';

const meta: Meta<typeof EndButton> = { title: 'Components/EndButton', component: EndButton };
export default meta;

const code = `<EndButton />`;

export const Live = scriptedStory({
  ui: <EndButton />,
  code,
  state: { status: 'live' },
  async play({ canvas }) {
    await waitFor(() => expect(canvas.getByRole('button', { name: defaultLabels.end })).toBeVisible());
  },
});

export const Connecting = scriptedStory({
  ui: <EndButton />,
  code,
  state: { status: 'connecting' },
  async play({ canvas, userEvent, session }) {
    await userEvent.click(canvas.getByRole('button', { name: defaultLabels.cancel }));
    await expect(session.calls).toEqual([{ method: 'end', args: [] }]);
    session.push({ status: 'connecting' });
  },
});

export const KeptWhileIdle = scriptedStory({ ui: <EndButton forceMount />, code: `<EndButton forceMount />` });
