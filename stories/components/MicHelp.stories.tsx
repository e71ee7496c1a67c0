import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { defaultLabels, MicHelp, type MicTrouble, type Platform } from '../../src/index.js';
import { sampleError } from '../support/sampleErrors.js';
import { scriptedStory } from '../support/scriptedStory.js';

const meta: Meta<typeof MicHelp> = { title: 'Components/MicHelp', component: MicHelp };
export default meta;

const chrome: Platform = { browser: 'chrome', browserName: 'Chrome', os: 'windows', inApp: false, framed: false };
const firefox: Platform = { ...chrome, browser: 'firefox', browserName: 'Firefox', os: 'macos' };
const safari: Platform = { ...chrome, browser: 'safari', browserName: 'Safari', os: 'macos' };
const iphone: Platform = { ...safari, os: 'ios' };
const android: Platform = { ...chrome, os: 'android' };

function help(trouble: MicTrouble, platform: Platform): StoryObj {
  return scriptedStory({
    ui: <div style={{ maxInlineSize: '26rem' }}><MicHelp trouble={trouble} platform={platform} /></div>,
    code: `<MicHelp />`,
    state: { microphone: { status: 'failed', muted: false, error: sampleError('microphone-denied'), deviceId: null, interrupted: false } },
    async play({ canvas }) {
      await waitFor(() => expect(canvas.getByRole('group', { name: defaultLabels.micHelpTitle[trouble] })).toBeVisible());
      await expect(canvas.getAllByRole('listitem').length).toBeGreaterThan(0);
    },
  });
}

export const BlockedInChrome = help('blocked', chrome);
export const BlockedInFirefox = help('blocked', firefox);
export const BlockedInSafari = help('blocked', safari);
export const BlockedOnIphone = help('blocked', iphone);
export const BlockedOnAndroid = help('blocked', android);
export const BlockedBySystem = help('system', { ...chrome, os: 'macos' });
export const InAFrame = help('frame', { ...chrome, framed: true });
export const InAnotherApp = help('blocked', { ...iphone, inApp: true });
export const InsecurePage = help('insecure', chrome);
export const NoMicrophone = help('missing', chrome);
export const InUse = help('busy', chrome);

/** The button keeps its place and the focus while the browser asks. */
export const TryingAgain = scriptedStory({
  ui: <div style={{ maxInlineSize: '26rem' }}><MicHelp /></div>,
  code: `<MicHelp />`,
  state: { microphone: { status: 'failed', muted: false, error: sampleError('microphone-busy'), deviceId: null, interrupted: false } },
  async play({ canvas, userEvent, session }) {
    session.microphone.start = async () => session.microphone.push({ status: 'requesting', error: null });
    const button = await canvas.findByRole('button', { name: defaultLabels.retry });
    await userEvent.click(button);
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await expect(button).toHaveFocus();
  },
});
