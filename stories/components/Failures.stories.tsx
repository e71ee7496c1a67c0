import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, within } from 'storybook/test';
import { Avatar, defaultLabels, FailureMessage, failureGroup, type AvatarErrorReason } from '../../src/index.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';
import { everySampleError, sampleError } from '../support/sampleErrors.js';
import { scriptedStory } from '../support/scriptedStory.js';

const meta: Meta<typeof FailureMessage> = { title: 'Components/Failures', component: FailureMessage };
export default meta;

function failure(reason: AvatarErrorReason): StoryObj {
  return scriptedStory({
    ui: <Avatar />,
    code: `<Avatar grant="/api/avatar" />`,
    state: { status: 'failed', error: sampleError(reason) },
    async play({ canvas, userEvent, session }) {
      await expect(canvas.getByRole('alert')).toHaveTextContent(defaultLabels.failure[failureGroup(reason)]);
      await expect(canvas.getByRole('alert')).toHaveTextContent(defaultLabels.failureMessage[reason]);
      // For those who mend it: folded away, and there with the keyboard too.
      const words = canvas.getByText(`${reason}: ${sampleError(reason).message}`).closest('details');
      await expect(words).not.toHaveAttribute('open');
      await userEvent.click(canvas.getByText(defaultLabels.failureDetails));
      await expect(words).toHaveAttribute('open');
      await userEvent.click(canvas.getByText(defaultLabels.failureDetails));
      await userEvent.click(canvas.getByRole('button', { name: defaultLabels.retry }));
      await expect(session.calls).toEqual([{ method: 'start', args: [] }]);
    },
  });
}

export const MicrophoneBlocked = failure('microphone-denied');
export const NoMicrophone = failure('microphone-missing');
export const MicrophoneInUse = failure('microphone-busy');
export const InsecurePage = failure('insecure-origin');
export const NoAvatarFree = failure('no-avatar-available');
export const ConnectionLost = failure('connection-lost');
export const TicketExpired = failure('ticket-expired');
export const NotAuthorized = failure('not-authorized');
export const KeyRejected = failure('key-rejected');
export const AvatarError = failure('avatar-error');

export const Narrow = scriptedStory({
  ui: (
    <div style={{ inlineSize: '200px' }}>
      {/* What a page says of bare elements wins over a cascade layer; Vite's own template does this to `code`. */}
      <style>{'code, p { display: inline-flex }'}</style>
      <Avatar />
    </div>
  ),
  code: `<div style={{ inlineSize: '200px' }}><Avatar grant="/api/avatar" /></div>`,
  state: { status: 'failed', error: sampleError('grant-failed') },
  async play({ canvas }) {
    const title = canvas.getByText(defaultLabels.failure.connection, { selector: '.visavis-failure-title' });
    const { left, top, width } = title.getBoundingClientRect();
    await expect(document.elementFromPoint(left + width / 2, top + 4)).toBe(title);
    // All of it is seen at once: nothing waits below the edge for somebody to scroll.
    const box = canvas.getByRole('group', { name: defaultLabels.avatar }).getBoundingClientRect();
    await expect(canvas.getByRole('button', { name: defaultLabels.retry }).getBoundingClientRect().bottom).toBeLessThanOrEqual(box.bottom);
    await expect(getComputedStyle(canvas.getByRole('group', { name: defaultLabels.avatar }).querySelector('details') ?? document.body).display).toBe('none');
    await expect(canvas.getByRole('status')).toHaveTextContent(defaultLabels.failure.connection);
  },
});

export const EveryReason: StoryObj = {
  parameters: { docs: { disable: true } },
  render: () => (
    <div className="story-grid">
      {everySampleError().map((error) => (
        <Avatar key={error.reason} session={createScriptedSession({ state: { status: 'failed', error } })} labels={{ avatar: error.reason }} />
      ))}
    </div>
  ),
  async play({ canvas }) {
    for (const error of everySampleError()) {
      const avatar = within(canvas.getByRole('group', { name: error.reason }));
      await expect(avatar.getByRole('alert')).toHaveTextContent(defaultLabels.failureMessage[error.reason]);
      await expect(avatar.getByRole('button', { name: defaultLabels.retry })).toBeInTheDocument();
    }
  },
};
