import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fireEvent } from 'storybook/test';
import { ReplayPanel } from './ReplayPanel.js';
import { sampleLog } from './sampleLog.js';

const meta: Meta<typeof ReplayPanel> = { title: 'Replay', component: ReplayPanel, tags: ['!autodocs'] };
export default meta;

/** What `session.exportLog()` gave, step by step: give it as a file or paste it. */
export const ReplayALog: StoryObj<typeof ReplayPanel> = {
  name: 'A log',
  args: { sample: JSON.stringify(sampleLog()) },
  async play({ canvas, userEvent }) {
    await expect(canvas.getByText('It ends in just the state that the session was in.')).toBeVisible();
    const slider = canvas.getByRole('slider', { name: 'Step' });
    await fireEvent.change(slider, { target: { value: '6' } });
    await expect(canvas.getByRole('row', { name: 'status "reconnecting"' })).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Back' }));
    await expect(canvas.getByRole('row', { name: 'status "live"' })).toBeVisible();
    const box = canvas.getByRole('textbox', { name: 'Or its text' });
    const text = JSON.stringify(sampleLog());
    await fireEvent.change(box, { target: { value: '{}' } });
    await expect(canvas.getByText(/This is no log of a session/)).toBeVisible();
    // Play functions run before whoever came to use the story.
    await fireEvent.change(box, { target: { value: text } });
  },
};
