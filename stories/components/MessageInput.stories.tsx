import type { Meta } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { AvatarError, defaultLabels, MessageInput } from '../../src/index.js';
import { scriptedStory } from '../support/scriptedStory.js';

const meta: Meta<typeof MessageInput> = {
  title: 'Components/MessageInput',
  component: MessageInput,
  parameters: { docs: { subtitle: 'The focus stays in the field while a message is sent. Why it cannot be sent is announced politely, and describes the field.' } },
};
export default meta;

const ui = (
  <div style={{ maxInlineSize: '26rem' }}>
    <MessageInput />
  </div>
);
const code = `<MessageInput />`;

export const Ready = scriptedStory({
  ui,
  code,
  state: { status: 'live' },
  async play({ canvas, userEvent, session }) {
    const field = canvas.getByRole('textbox', { name: defaultLabels.message });
    await userEvent.type(field, 'Move it to Thursday{Shift>}{Enter}{/Shift}please.');
    await expect(field).toHaveValue('Move it to Thursday\nplease.');
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(field).toHaveValue(''));
    await expect(field).toHaveFocus();
    await expect(session.calls).toEqual([{ method: 'sendText', args: ['Move it to Thursday\nplease.'] }]);
  },
});

export const LongText = scriptedStory({
  ui: (
    <div style={{ maxInlineSize: '26rem' }}>
      <MessageInput defaultValue={'I would like to move my appointment.\nThursday would be best for me, at eleven thirty if that is still free.\nOtherwise Friday.'} />
    </div>
  ),
  code,
  state: { status: 'live' },
});

export const Sending = scriptedStory({
  ui,
  code,
  state: { status: 'live' },
  onSendText: () => new Promise<void>(() => undefined),
  async play({ canvas, userEvent }) {
    await userEvent.type(canvas.getByRole('textbox'), 'Is Thursday free?{Enter}');
    await expect(canvas.getByRole('button', { name: defaultLabels.send })).toHaveAttribute('aria-busy', 'true');
  },
});

export const Failed = scriptedStory({
  ui,
  code,
  state: { status: 'live' },
  onSendText: () => Promise.reject(new AvatarError('connection-lost', { message: 'The connection was lost.' })),
  async play({ canvas, userEvent }) {
    const field = canvas.getByRole('textbox');
    await userEvent.type(field, 'Is Thursday free?{Enter}');
    await expect(await canvas.findByText(defaultLabels.messageFailed)).toBeVisible();
    await expect(field).toHaveValue('Is Thursday free?');
  },
});

export const NotLiveYet = scriptedStory({
  ui,
  code,
  state: { status: 'connecting' },
  async play({ canvas, userEvent, session }) {
    await userEvent.type(canvas.getByRole('textbox'), 'Hello{Enter}');
    await expect(canvas.getByText(defaultLabels.messageWaits)).toBeVisible();
    await expect(session.calls).toEqual([]);
  },
});

export const Unavailable = scriptedStory({ ui, code, takesText: false, state: { status: 'live' } });

export const RightToLeft = scriptedStory({
  ui: (
    <div dir="rtl" style={{ maxInlineSize: '26rem' }}>
      <MessageInput defaultValue="أريد تغيير موعدي." />
    </div>
  ),
  code,
  state: { status: 'live' },
});
