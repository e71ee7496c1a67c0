import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactElement } from 'react';
import { expect } from 'storybook/test';
import { AvatarError, AvatarErrorBoundary, defaultLabels } from '../../src/index.js';

const meta: Meta<typeof AvatarErrorBoundary> = {
  title: 'Components/AvatarErrorBoundary',
  component: AvatarErrorBoundary,
  parameters: { docs: { subtitle: 'What takes the place of crashed components is an alert, with a button to try again.' } },
};
export default meta;

function Broken({ error }: { readonly error: Error }): ReactElement {
  throw error;
}

const code = `<AvatarErrorBoundary resetKeys={[avatarId]} onError={report}>
  <Avatar grant="/api/avatar" />
</AvatarErrorBoundary>`;

export const OfTheLibrary: StoryObj = {
  parameters: { docs: { source: { code } } },
  render: () => (
    <div style={{ maxInlineSize: '28rem' }}>
      <AvatarErrorBoundary>
        <Broken error={new AvatarError('invalid-options', { message: 'This <Avatar> has no session. Give it grant (the URL of your session route) or session, or put it inside <AvatarProvider>.' })} />
      </AvatarErrorBoundary>
    </div>
  ),
  async play({ canvas }) {
    await expect(canvas.getByRole('alert')).toHaveTextContent(defaultLabels.crash);
    await expect(canvas.getByRole('button', { name: defaultLabels.retry })).toBeInTheDocument();
  },
};

export const OfTheApplication: StoryObj = {
  parameters: { docs: { source: { code } } },
  render: () => (
    <div style={{ maxInlineSize: '28rem' }}>
      <AvatarErrorBoundary>
        <Broken error={new TypeError('Cannot read properties of undefined')} />
      </AvatarErrorBoundary>
    </div>
  ),
  async play({ canvas }) {
    await expect(canvas.getByRole('alert')).toHaveTextContent(defaultLabels.crashMessage);
  },
};
