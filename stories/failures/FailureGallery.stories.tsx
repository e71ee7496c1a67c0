import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor, within } from 'storybook/test';
import { defaultLabels } from '../../src/index.js';
import { everySampleError } from '../support/sampleErrors.js';
import { FailureGallery } from './FailureGallery.js';

const meta: Meta<typeof FailureGallery> = { title: 'Failures', component: FailureGallery, tags: ['!autodocs'] };
export default meta;

type Story = StoryObj<typeof FailureGallery>;

/** Every reason there is, on one page. */
export const Gallery: Story = {
  async play({ canvas, userEvent }) {
    const total = everySampleError().length;
    await expect(canvas.getAllByRole('listitem')).toHaveLength(total);
    for (const { reason } of everySampleError()) {
      const entry = within(canvas.getByRole('listitem', { name: reason }));
      await expect(entry.getByRole('alert', { hidden: true })).toHaveTextContent(defaultLabels.failureMessage[reason]);
    }

    const box = canvas.getByRole('searchbox');
    await userEvent.type(box, 'csp');
    await waitFor(() => expect(canvas.getAllByRole('listitem')).toHaveLength(1));
    await expect(canvas.getByRole('heading', { name: 'worklet-blocked' })).toBeVisible();
    await userEvent.clear(box);
    await userEvent.type(box, 'no such thing');
    await waitFor(() => expect(canvas.getByText(/No reason has these words/)).toBeVisible());
    await userEvent.clear(box);
    await waitFor(() => expect(canvas.getAllByRole('listitem')).toHaveLength(total));
    box.blur();
  },
};
