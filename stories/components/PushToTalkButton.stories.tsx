import type { Meta } from '@storybook/react-vite';
import { expect, fireEvent } from 'storybook/test';
import { defaultLabels, PushToTalkButton } from '../../src/index.js';
import { scriptedStory } from '../support/scriptedStory.js';
import { on } from '../support/states.js';

const meta: Meta<typeof PushToTalkButton> = {
  title: 'Components/PushToTalkButton',
  component: PushToTalkButton,
  parameters: { docs: { subtitle: 'Held with Space or Enter as well as with a pointer; aria-pressed tells whether the user is heard. A screen reader, which cannot hold, switches it.' } },
};
export default meta;

const code = `<PushToTalkButton />`;

export const Ready = scriptedStory({
  ui: <PushToTalkButton />,
  code,
  state: { status: 'live', microphone: on },
  async play({ canvas, session }) {
    const button = canvas.getByRole('button', { name: defaultLabels.pushToTalk });
    button.focus();
    await fireEvent.keyDown(button, { key: ' ' });
    await expect(button).toHaveAttribute('aria-pressed', 'true');
    await fireEvent.keyUp(button, { key: ' ' });
    await expect(button).toHaveAttribute('aria-pressed', 'false');
    await expect(session.calls.filter(({ method }) => method === 'setTalking').map(({ args }) => args[0])).toEqual([true, false]);
  },
});

export const Talking = scriptedStory({
  ui: <PushToTalkButton />,
  code,
  state: { status: 'live', microphone: on },
  async play({ canvas }) {
    const button = canvas.getByRole('button', { name: defaultLabels.pushToTalk });
    await fireEvent.pointerDown(button, { button: 0, pointerId: 1 });
    await expect(canvas.getByRole('button', { name: defaultLabels.pushToTalkHeld })).toHaveAttribute('data-state', 'talking');
  },
});

export const Unavailable = scriptedStory({ ui: <PushToTalkButton />, code, state: { status: 'connecting' } });
