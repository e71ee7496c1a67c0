import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState, type ReactElement } from 'react';
import { expect, fn, waitFor } from 'storybook/test';
import { AvatarError, AvatarPicker, defaultLabels } from '../../src/index.js';
import { useAvatarSource, type CatalogueClient } from '../../src/query.js';
import { loadingSource, sampleAvatars } from '../support/sampleCatalogue.js';

const accessibility = `
A radio group: one tab stop, the arrow keys choose, up and down go by rows. What cannot be chosen says why and is skipped. The picture of a
card moves only while the pointer or the keyboard is on it, and never where less motion is asked for. A search says how much it has found;
when the last page has come, the focus goes from the button that asked for it to the first new card.`;

const meta: Meta<typeof AvatarPicker> = {
  title: 'Components/AvatarPicker',
  component: AvatarPicker,
  parameters: { docs: { description: { story: accessibility }, source: { code: `<AvatarPicker source={useAvatarSource('/api/avatar')} value={avatarId} onValueChange={setAvatarId} />` } } },
};
export default meta;

type Story = StoryObj<typeof AvatarPicker>;

export const Ready: Story = {
  args: { items: sampleAvatars(), defaultValue: 'avatar-3', onValueChange: fn() },
  async play({ canvas, userEvent, args }) {
    const group = canvas.getByRole('radiogroup', { name: defaultLabels.avatarPicker });
    const radio = (name: string) => canvas.getByRole<HTMLInputElement>('radio', { name: new RegExp(`${name}$`) });
    await expect(radio('Chiara')).toBeChecked();
    await expect(radio('Élodie')).toBeDisabled();

    await userEvent.click(radio('Diego'));
    await expect(radio('Diego')).toBeChecked();
    await expect(args.onValueChange).toHaveBeenCalledTimes(1);

    // By rows, not by the order of reading.
    radio('Ada').focus();
    const columns = getComputedStyle(group).gridTemplateColumns.split(' ').length;
    await userEvent.keyboard('{ArrowDown}');
    const reached = group.querySelectorAll('input')[columns];
    await expect(reached).toBeInTheDocument();
    await waitFor(() => expect(reached?.disabled ? document.activeElement : reached).toHaveFocus());
  },
};

export const Searching: Story = {
  args: { items: sampleAvatars() },
  async play({ canvas, userEvent }) {
    const search = canvas.getByRole('searchbox', { name: defaultLabels.avatarSearch });
    await userEvent.type(search, 'elo');
    await expect(canvas.getAllByRole('radio')).toHaveLength(1);
    await expect(canvas.getByRole('status')).toHaveTextContent(defaultLabels.listFound(1));
    await userEvent.type(search, 'x');
    await expect(canvas.queryByRole('radio')).toBeNull();
    await expect(canvas.getByRole('status')).toHaveTextContent(defaultLabels.listNoMatch);
    await userEvent.clear(search);
    await userEvent.type(search, 'n');
  },
};

export const Loading: Story = { args: { source: loadingSource } };

export const Empty: Story = { args: { items: [] } };

export const Failed: Story = {
  args: { source: { items: undefined, error: new AvatarError('request-failed', { message: 'The server could not be reached. Check the network, then try again.' }), retry: fn() } },
  async play({ canvas, userEvent, args }) {
    await expect(canvas.getByRole('alert')).toHaveTextContent(defaultLabels.listFailed);
    await userEvent.click(canvas.getByRole('button', { name: defaultLabels.retry }));
    await expect(args.source?.retry).toHaveBeenCalledOnce();
    await expect(canvas.getByRole('radiogroup')).toHaveFocus();
  },
};

export const MoreFailed: Story = {
  args: { source: { items: sampleAvatars().slice(0, 4), hasMore: true, error: new AvatarError('rate-limited', { message: 'Too often. Wait a moment, then try again.' }) } },
};

/** Wired to `visavis/query`, page by page. */
export const PageByPage: Story = {
  render: () => <Wired />,
  async play({ canvas, userEvent }) {
    await waitFor(() => expect(canvas.getAllByRole('radio')).toHaveLength(5));
    const more = canvas.getByRole('button', { name: defaultLabels.listMore });
    await userEvent.click(more);
    await waitFor(() => expect(canvas.getAllByRole('radio')).toHaveLength(10));
    await expect(more).toHaveFocus();
    await userEvent.click(more);
    await waitFor(() => expect(canvas.getAllByRole('radio')).toHaveLength(12));
    await waitFor(() => expect(canvas.getAllByRole('radio')[10]).toHaveFocus());
  },
};

export const RightToLeft: Story = {
  render: () => (
    <div dir="rtl">
      <AvatarPicker items={sampleAvatars().slice(0, 6)} defaultValue="avatar-3" />
    </div>
  ),
};

/** The card is yours; what it does stays. */
export const OwnCards: Story = {
  args: { items: sampleAvatars().slice(0, 4), searchable: false, defaultValue: 'avatar-1', children: ({ name }, { selected }) => <strong>{`${name ?? ''}${selected ? ' ✓' : ''}`}</strong> },
};

const all = sampleAvatars();
const unused = (): Promise<never> => Promise.reject(new AvatarError('not-found', { message: 'Not in this story.' }));
const catalogue: CatalogueClient = {
  name: 'story',
  listAvatars: ({ page = 1, size = 50 } = {}) => Promise.resolve({ items: all.slice((page - 1) * size, page * size), total: all.length, page, size }),
  listVoices: unused,
  listLanguages: unused,
  listKnowledge: unused,
  listSessions: unused,
  createSession: unused,
  endSession: unused,
};

function Wired(): ReactElement {
  const [queryClient] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={queryClient}>
      <Choose />
    </QueryClientProvider>
  );
}

function Choose(): ReactElement {
  const [avatarId, setAvatarId] = useState<string | null>(null);
  return <AvatarPicker source={useAvatarSource(catalogue, { size: 5 })} value={avatarId} onValueChange={setAvatarId} />;
}
