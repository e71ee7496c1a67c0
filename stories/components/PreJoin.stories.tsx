import type { Meta } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { Avatar, defaultLabels, PreJoin } from '../../src/index.js';
import { desk, hiddenDesk } from '../support/fakeDevices.js';
import { Humming } from '../support/Humming.js';
import { sampleError } from '../support/sampleErrors.js';
import { scriptedStory } from '../support/scriptedStory.js';
import { withDevices } from '../support/withDevices.js';

const meta: Meta<typeof PreJoin> = { title: 'Components/PreJoin', component: PreJoin };
export default meta;

const ui = <PreJoin><Avatar /></PreJoin>;
const code = `<AvatarProvider grant="/api/avatar">
  <PreJoin>
    <Avatar />
  </PreJoin>
</AvatarProvider>`;

/** The microphone was allowed earlier: it is opened at once, and the level moves. Start hands the focus to what comes next. */
export const Ready = withDevices(
  scriptedStory({
    ui: <Humming who="user">{ui}</Humming>,
    code,
    onStart: (session) => session.push({ status: 'connecting' }),
    async play({ canvas, userEvent, session }) {
      await canvas.findByText(defaultLabels.heard);
      await userEvent.click(canvas.getByRole('button', { name: defaultLabels.start }));
      await expect(session.calls).toContainEqual({ method: 'start', args: [] });
      await expect(canvas.getByRole('group', { name: defaultLabels.avatar }).contains(document.activeElement)).toBe(true);
    },
  }),
);

export const Speaking = withDevices(scriptedStory({ ui: <Humming who="user">{ui}</Humming>, code }));

/** Nothing is asked for before the user turns the microphone on or starts. */
export const FirstVisit = withDevices(
  scriptedStory({
    ui,
    code,
    async play({ canvas, session }) {
      await canvas.findByText(defaultLabels.tryMicrophone);
      await expect(session.calls.some(({ method }) => method === 'microphone.start')).toBe(false);
    },
  }),
  hiddenDesk,
  'prompt',
);

export const Blocked = withDevices(
  scriptedStory({
    ui,
    code,
    onStart: (session) => session.push({ status: 'connecting' }),
    async play({ canvas }) {
      const help = await canvas.findByRole('group', { name: defaultLabels.micHelpTitle.blocked });
      await waitFor(() => expect(help).toBeVisible());
    },
  }),
  hiddenDesk,
  'denied',
);

export const NoMicrophone = withDevices(
  scriptedStory({ ui, code, state: { microphone: { status: 'failed', muted: false, error: sampleError('microphone-missing'), deviceId: null, interrupted: false } } }),
  desk.filter(({ kind }) => kind !== 'audioinput'),
);

/** Listen only: the session starts without a microphone, and nobody is asked for one. */
export const ListenOnly = withDevices(
  scriptedStory({
    ui,
    code,
    onStart: (session) => session.push({ status: 'connecting' }),
    async play({ canvas, userEvent, session }) {
      await userEvent.click(await canvas.findByRole('button', { name: defaultLabels.listenOnly }));
      await expect(session.calls).toContainEqual({ method: 'start', args: [{ microphone: false }] });
    },
  }),
);

export const WithoutMicrophone = withDevices(scriptedStory({ ui, code, usesMicrophone: false }));

export const Narrow = withDevices(scriptedStory({ ui: <div style={{ inlineSize: '260px' }}>{ui}</div>, code }));

export const RightToLeft = withDevices(scriptedStory({ ui: <div dir="rtl"><Humming who="user">{ui}</Humming></div>, code: `<div dir="rtl">…</div>` }));
