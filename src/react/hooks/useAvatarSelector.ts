import { useId, useMemo, type ComponentPropsWithoutRef } from 'react';
import type { ListSource } from '../picker/ListSource.js';
import { moveByRow } from '../picker/moveByRow.js';
import { useControllable } from '../useControllable.js';

export interface UseAvatarSelectorOptions<Item> {
  /** What there is to choose from, where it is all at hand; undefined: it is on its way. */
  readonly items?: readonly Item[] | undefined;
  /** The same where it has to be asked for, such as `useAvatarSource('/api/avatar')` of `visavis/query`. */
  readonly source?: ListSource<Item> | undefined;
  /** Tells an item from the others. Of two with the same id the first one counts. */
  readonly getId: (item: Item) => string;
  /** What a search looks through. Default: the id. */
  readonly getText?: ((item: Item) => string) | undefined;
  /** True for an item that is seen and cannot be chosen. */
  readonly isDisabled?: ((item: Item) => boolean) | undefined;
  /** False for an item that is left out. */
  readonly filter?: ((item: Item) => boolean) | undefined;
  /** Id of what is chosen, where the application keeps that; null: nothing is. */
  readonly value?: string | null | undefined;
  readonly defaultValue?: string | null | undefined;
  readonly onValueChange?: ((value: string, item: Item) => void) | undefined;
  /** What is searched for, where the application keeps that. */
  readonly search?: string | undefined;
  readonly defaultSearch?: string | undefined;
  readonly onSearchChange?: ((search: string) => void) | undefined;
}

export interface UseAvatarSelectorResult<Item> {
  /** `no-match`: there is something, and the search or the filter leaves none of it. */
  readonly state: 'loading' | 'ready' | 'empty' | 'no-match' | 'failed';
  /** What is to be seen. */
  readonly items: readonly Item[];
  readonly value: string | null;
  /** What is chosen; null when nothing is, or when it has not come yet. */
  readonly selected: Item | null;
  readonly select: (id: string) => void;
  readonly search: string;
  readonly setSearch: (search: string) => void;
  /** Why the list, or more of it, could not be had. */
  readonly error: Error | null;
  /** True when there is more to ask for. */
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
  readonly groupProps: ComponentPropsWithoutRef<'div'>;
  readonly searchProps: ComponentPropsWithoutRef<'input'>;
  /** For the `<input>` of an item. Arrow keys choose; in several columns, up and down go by rows. */
  readonly getRadioProps: (item: Item) => ComponentPropsWithoutRef<'input'>;
}

/**
 * Choosing one of a list: radio buttons, a search, and pages that are asked for. What `AvatarPicker` and `VoicePicker` are made of, for any
 * list and any look. Needs no provider.
 *
 * @example
 * ```tsx
 * const { items, groupProps, getRadioProps } = useAvatarSelector({ items: avatars, getId: ({ avatarId }) => avatarId });
 * return (
 *   <div {...groupProps} aria-label="Avatars">
 *     {items.map((avatar) => <label key={avatar.avatarId}><input {...getRadioProps(avatar)} />{avatar.name}</label>)}
 *   </div>
 * );
 * ```
 */
export function useAvatarSelector<Item>(options: UseAvatarSelectorOptions<Item>): UseAvatarSelectorResult<Item> {
  const { source, getId, getText = getId, isDisabled, filter } = options;
  const name = useId();
  const listed = source === undefined ? options.items : source.items;
  // Pages that move while they are read bring the same item twice.
  const all = useMemo(() => firstOfEach(listed ?? [], getId), [listed, getId]);
  const report = (next: string | null): void => {
    const item = all.find((known) => getId(known) === next);
    if (next !== null && item !== undefined) options.onValueChange?.(next, item);
  };
  const [value, select] = useControllable<string | null>(options.value, options.defaultValue ?? null, report);
  const [search, setSearch] = useControllable(options.search, options.defaultSearch ?? '', options.onSearchChange);

  const words = fold(search).split(/\s+/).filter(Boolean);
  const isMatch = (item: Item): boolean => {
    const text = fold(getText(item));
    return words.every((word) => text.includes(word));
  };
  const items = all.filter((item) => (filter?.(item) ?? true) && isMatch(item));
  const error = source?.error ?? null;
  return {
    state: listed === undefined ? (error !== null && source?.loading !== true ? 'failed' : 'loading') : all.length === 0 ? 'empty' : items.length === 0 ? 'no-match' : 'ready',
    items,
    value,
    selected: all.find((item) => getId(item) === value) ?? null,
    select,
    search,
    setSearch,
    error,
    hasMore: source?.hasMore ?? false,
    loadingMore: listed !== undefined && source?.loading === true,
    loadMore: () => source?.loadMore?.(),
    retry: () => source?.retry?.(),
    groupProps: { role: 'radiogroup', 'aria-busy': listed === undefined && error === null ? true : undefined },
    searchProps: { type: 'search', value: search, onChange: (event) => setSearch(event.currentTarget.value) },
    getRadioProps: (item) => ({
      type: 'radio',
      name,
      value: getId(item),
      checked: getId(item) === value,
      disabled: isDisabled?.(item) ?? false,
      onChange: () => select(getId(item)),
      onKeyDown: moveByRow,
    }),
  };
}

function firstOfEach<Item>(items: readonly Item[], getId: (item: Item) => string): readonly Item[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const isNew = !seen.has(getId(item));
    seen.add(getId(item));
    return isNew;
  });
}

/** As people compare words: without case and accents. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
