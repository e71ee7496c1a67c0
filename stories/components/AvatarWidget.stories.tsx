import type { Meta } from '@storybook/react-vite';
import type { ReactElement, ReactNode } from 'react';
import { expect, waitFor } from 'storybook/test';
import { Avatar, AvatarWidget, defaultLabels, MessageInput } from '../../src/index.js';
import { Humming } from '../support/Humming.js';
import { scriptedStory } from '../support/scriptedStory.js';
import { on } from '../support/states.js';

const meta: Meta<typeof AvatarWidget> = {
  title: 'Components/AvatarWidget',
  component: AvatarWidget,
  parameters: {
    docs: {
      subtitle: 'A dialog that is not modal. Escape minimises it and the focus follows; the arrow keys, or clicks, on its handle move it; it gives way to what the page has the focus on.',
      story: { inline: false, height: '36rem' },
    },
  },
};
export default meta;

function Page({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <div style={{ minBlockSize: '32rem' }}>
      <p style={{ maxInlineSize: '30rem', margin: 0 }}>A page of an application, with a floating avatar in one of its corners.</p>
      {children}
    </div>
  );
}

export const Minimized = scriptedStory({
  ui: <Page><AvatarWidget storageKey={null} /></Page>,
  code: `<AvatarWidget grant="/api/avatar" />`,
  async play({ canvas, canvasElement, userEvent }) {
    const bubble = canvas.getByRole('button', { name: defaultLabels.widgetOpen });
    await userEvent.click(bubble);
    await expect(canvas.getByRole('dialog', { name: defaultLabels.widget })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect(bubble).toHaveFocus();
    await expect(canvasElement.querySelector('[data-slot="avatar-widget"]')).toHaveAttribute('data-state', 'minimized');
  },
});

export const Speaking = scriptedStory({
  ui: <Page><Humming who="assistant"><AvatarWidget storageKey={null} /></Humming></Page>,
  code: `<AvatarWidget grant="/api/avatar" />`,
  picture: true,
  state: { status: 'live', microphone: on },
  async play({ canvas }) {
    await expect(await canvas.findByRole('button', { name: new RegExp(defaultLabels.widgetSpeaking) })).toBeVisible();
  },
});

export const Open = scriptedStory({
  ui: <Page><AvatarWidget storageKey={null} defaultOpen /></Page>,
  code: `<AvatarWidget grant="/api/avatar" defaultOpen />`,
  picture: true,
  state: { status: 'live', microphone: on },
  async play({ canvas, canvasElement, userEvent }) {
    const widget = canvasElement.querySelector<HTMLElement>('[data-slot="avatar-widget"]');
    canvas.getByRole('button', { name: defaultLabels.widgetMove }).focus();
    await userEvent.keyboard('{ArrowUp}{ArrowLeft}');
    await expect(widget).toHaveAttribute('data-corner', 'start-start');
    await waitFor(() => expect(widget?.getBoundingClientRect().left).toBeLessThan(40));
    await userEvent.keyboard('{ArrowDown}{ArrowRight}');
    await expect(widget).toHaveAttribute('data-corner', 'end-end');
  },
});

export const WithMessages = scriptedStory({
  ui: (
    <Page>
      <AvatarWidget storageKey={null} defaultOpen>
        <Avatar />
        <div style={{ padding: '0.75rem' }}><MessageInput /></div>
      </AvatarWidget>
    </Page>
  ),
  code: `<AvatarWidget grant="/api/avatar"><Avatar /><MessageInput /></AvatarWidget>`,
  picture: true,
  state: { status: 'live', microphone: on },
});

export const RightToLeft = scriptedStory({
  ui: <div dir="rtl"><Page><AvatarWidget storageKey={null} defaultOpen /></Page></div>,
  code: `<AvatarWidget grant="/api/avatar" />`,
  state: { status: 'idle' },
  async play({ canvasElement }) {
    const widget = canvasElement.querySelector('[data-slot="avatar-widget"]');
    await waitFor(() => expect(widget?.getBoundingClientRect().left).toBeLessThan(40));
  },
});
