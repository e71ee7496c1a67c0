import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createRef, StrictMode, useState, type ReactElement } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AvatarPicker, defaultLabels, VoicePicker, type AvatarPickerProps, type ListSource, type VoicePickerProps } from '../../src/index.js';
import { fakeAvatar, fakeVoice } from './support/createFakeCatalogue.js';

afterEach(cleanup);
afterEach(() => vi.restoreAllMocks());

const avatars = [fakeAvatar(1), fakeAvatar(2, { usable: false, status: 'processing' }), fakeAvatar(3, { name: 'Élodie', origin: 'own' })];
const strict = (ui: ReactElement) => render(<StrictMode>{ui}</StrictMode>);
const radio = (name: string | RegExp) => screen.getByRole<HTMLInputElement>('radio', { name });
const names = () => screen.queryAllByRole('radio').map((input) => (input as HTMLInputElement).value);

describe('AvatarPicker', () => {
  it('chooses by itself, and tells which', async () => {
    const onValueChange = vi.fn();
    strict(<AvatarPicker items={avatars} onValueChange={onValueChange} />);
    await userEvent.click(radio('Avatar 1'));
    await userEvent.click(radio('Avatar 1'));

    expect(radio('Avatar 1').checked).toBe(true);
    expect(onValueChange.mock.calls).toEqual([['avatar-1', avatars[0]]]);
  });

  it('leaves the choice to an application that keeps it', async () => {
    const onValueChange = vi.fn();
    strict(<AvatarPicker items={avatars} value={null} onValueChange={onValueChange} />);
    await userEvent.click(radio('Avatar 1'));

    expect(onValueChange).toHaveBeenCalledOnce();
    expect(radio('Avatar 1').checked).toBe(false);
  });

  it('shows what cannot be chosen, why, and what is one’s own', async () => {
    const onValueChange = vi.fn();
    strict(<AvatarPicker items={avatars} onValueChange={onValueChange} />);
    await userEvent.click(screen.getByText('Avatar 2'));

    expect(radio(new RegExp(defaultLabels.avatarPreparing)).disabled).toBe(true);
    expect(radio(new RegExp(defaultLabels.avatarOwn)).value).toBe('avatar-3');
    expect(onValueChange).not.toHaveBeenCalled();
  });

  it('finds without regard to case and accents, and says how many', async () => {
    strict(<AvatarPicker items={avatars} />);
    await userEvent.type(screen.getByRole('searchbox'), 'ELO');
    expect(names()).toEqual(['avatar-3']);
    expect(screen.getByRole('status').textContent).toBe(defaultLabels.listFound(1));

    await userEvent.type(screen.getByRole('searchbox'), 'xyz');
    expect(names()).toEqual([]);
    expect(screen.getByRole('status').textContent).toBe(defaultLabels.listNoMatch);
  });

  it('shows an item once, though two pages bring it', () => {
    strict(<AvatarPicker items={[...avatars, fakeAvatar(1, { name: 'Again' })]} />);

    expect(names()).toEqual(['avatar-1', 'avatar-2', 'avatar-3']);
    expect(screen.queryByText('Again')).toBeNull();
  });

  it('loads a film for as long as the pointer or the focus is on its card', async () => {
    const url = 'https://media.test/ada.mp4';
    const { container } = strict(<AvatarPicker items={[fakeAvatar(1, { url })]} />);
    expect(container.querySelector('video')).toBeNull();
    await userEvent.hover(radio('Avatar 1'));
    expect(container.querySelector('video')?.getAttribute('src')).toBe(url);
    await userEvent.unhover(radio('Avatar 1'));
    expect(container.querySelector('video')).toBeNull();

    act(() => radio('Avatar 1').focus());
    expect(container.querySelector('video')).not.toBeNull();
  });

  it('loads no film where less motion is asked for', async () => {
    vi.spyOn(window, 'matchMedia').mockImplementation((query) => Object.assign(new EventTarget(), { matches: true, media: query }) as unknown as MediaQueryList);
    const { container } = strict(<AvatarPicker items={[fakeAvatar(1, { url: 'https://media.test/ada.mp4' })]} />);
    await userEvent.hover(radio('Avatar 1'));

    expect(container.querySelector('video')).toBeNull();
  });

  it('shows the silhouette alone where the picture cannot be had', () => {
    const { container } = strict(<AvatarPicker items={[fakeAvatar(1, { thumbnailUrl: 'https://media.test/gone.jpg' })]} />);
    const picture = container.querySelector('img');
    if (picture) fireEvent.error(picture);

    expect(container.querySelector('img')).toBeNull();
    expect(container.querySelector('.visavis-poster')).not.toBeNull();
  });

  it('gives its ref, class, slot and state to the outermost element, and draws the cards that it is given', () => {
    const ref = createRef<HTMLDivElement>();
    const props: AvatarPickerProps = { items: avatars, defaultValue: 'avatar-1', className: 'mine', children: ({ name }, { selected }) => `${name ?? ''} ${selected ? 'yes' : 'no'}` };
    strict(<AvatarPicker {...props} ref={ref} />);

    expect(ref.current?.className).toBe('visavis-picker mine');
    expect(ref.current?.dataset).toMatchObject({ slot: 'avatar-picker', state: 'ready' });
    expect(radio('Avatar 1 yes').checked).toBe(true);
  });

  it('renders the same on a server, without a provider', () => {
    expect(renderToString(<AvatarPicker items={avatars} />)).toContain('Élodie');
    expect(renderToString(<AvatarPicker items={undefined} />)).toContain('data-state="loading"');
    expect(renderToString(<VoicePicker items={[fakeVoice(1)]} />)).toContain('Voice 1');
  });
});

describe('a picker’s pages', () => {
  function Paged({ onMore }: { readonly onMore: () => void }) {
    const [pages, setPages] = useState(1);
    const items = Array.from({ length: 2 * pages }, (_, index) => fakeAvatar(index + 1));
    const source: ListSource<(typeof items)[number]> = {
      items,
      hasMore: pages < 3,
      loadMore: () => {
        onMore();
        setPages(pages + 1);
      },
    };
    return <AvatarPicker source={source} />;
  }

  it('keep the focus on the button, and put it on the first new item after the last page', async () => {
    const onMore = vi.fn();
    strict(<Paged onMore={onMore} />);
    const more = screen.getByRole('button', { name: defaultLabels.listMore });
    await userEvent.click(more);
    expect(document.activeElement).toBe(more);
    await userEvent.click(more);

    expect(onMore).toHaveBeenCalledTimes(2);
    expect(screen.queryByRole('button')).toBeNull();
    expect(document.activeElement).toBe(radio('Avatar 5'));
    expect(radio('Avatar 5').checked).toBe(false);
  });

  it('are not asked for twice at a time', async () => {
    const loadMore = vi.fn();
    strict(<AvatarPicker source={{ items: avatars, hasMore: true, loading: true, loadMore }} />);
    await userEvent.click(screen.getByRole('button', { name: defaultLabels.listLoading }));

    expect(loadMore).not.toHaveBeenCalled();
  });

  it('that could not be had are asked for again, and what has come stays', async () => {
    const retry = vi.fn();
    strict(<AvatarPicker source={{ items: avatars, hasMore: true, error: new Error('Too often.'), retry }} />);
    expect(screen.getByRole('alert').textContent).toBe('Too often.');
    await userEvent.click(screen.getByRole('button', { name: defaultLabels.retry }));

    expect(retry).toHaveBeenCalledOnce();
    expect(names()).toHaveLength(3);
  });
});

describe('VoicePicker', () => {
  const voices = [fakeVoice(1), fakeVoice(2, { gender: 'male', language: 'Deutsch' }), fakeVoice(3, { streams: false }), fakeVoice(4, { previewUrl: null })];
  const setUp = (props: VoicePickerProps = {}) => {
    const played: string[] = [];
    const paused = vi.spyOn(HTMLMediaElement.prototype, 'pause').mockImplementation(() => undefined);
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(function play(this: HTMLMediaElement) {
      played.push(this.src);
      return this.src.includes('voice-2') ? Promise.reject(new DOMException('No.', 'NotSupportedError')) : Promise.resolve();
    });
    return { played, paused, ...strict(<VoicePicker items={voices} {...props} />) };
  };
  const button = (name: string) => screen.getByRole('button', { name });

  it('plays one sample at a time, and chooses nothing by that', async () => {
    const onValueChange = vi.fn();
    const { played, paused } = setUp({ onValueChange });
    await userEvent.click(button(defaultLabels.voicePlay('Voice 1')));
    expect(button(defaultLabels.voiceStop('Voice 1')).dataset['state']).toBe('playing');
    await userEvent.click(button(defaultLabels.voicePlay('Voice 3')));

    expect(played).toEqual(['https://media.test/voice-1.mp3', 'https://media.test/voice-3.mp3']);
    expect(paused).toHaveBeenCalledOnce();
    expect(button(defaultLabels.voicePlay('Voice 1')).dataset['state']).toBe('idle');
    expect(onValueChange).not.toHaveBeenCalled();
  });

  it('falls silent when the button is pressed again, and with the component', async () => {
    const { paused, unmount } = setUp();
    await userEvent.click(button(defaultLabels.voicePlay('Voice 1')));
    await userEvent.click(button(defaultLabels.voiceStop('Voice 1')));
    expect(paused).toHaveBeenCalledTimes(1);
    await userEvent.click(button(defaultLabels.voicePlay('Voice 1')));
    unmount();

    expect(paused).toHaveBeenCalledTimes(2);
  });

  it('says that a sample cannot be had, and lets it be tried again', async () => {
    const { played } = setUp();
    await userEvent.click(button(defaultLabels.voicePlay('Voice 2')));
    expect((await screen.findByRole('alert')).textContent).toBe(defaultLabels.voiceFailed);
    await userEvent.click(button(defaultLabels.voicePlay('Voice 2')));

    expect(played).toHaveLength(2);
  });

  it('narrows down by language and gender, in the reader’s words', async () => {
    setUp();
    const gender = screen.getByRole('combobox', { name: defaultLabels.voiceGender });
    await userEvent.selectOptions(gender, defaultLabels.voiceGenders.male);
    expect(names()).toEqual(['voice-2']);
    await userEvent.selectOptions(gender, defaultLabels.voiceAny.gender);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: defaultLabels.voiceLanguage }), 'English');

    expect(names()).toEqual(['voice-1', 'voice-3', 'voice-4']);
  });

  it('leaves the filter to an application that keeps it', async () => {
    const onFilterChange = vi.fn();
    setUp({ filter: { language: 'Deutsch', gender: null }, onFilterChange });
    await userEvent.selectOptions(screen.getByRole('combobox', { name: defaultLabels.voiceLanguage }), defaultLabels.voiceAny.language);

    expect(onFilterChange.mock.calls).toEqual([[{ language: null, gender: null }]]);
    expect(names()).toEqual(['voice-2']);
  });

  it('has one tab stop for samples: that of the chosen voice, else of the first', async () => {
    setUp();
    const stops = () => screen.getAllByRole('button').flatMap((element, index) => (element.tabIndex === 0 ? [index] : []));
    expect(stops()).toEqual([0]);
    await userEvent.click(radio(/^Voice 2/));

    expect(stops()).toEqual([1]);
  });
});
