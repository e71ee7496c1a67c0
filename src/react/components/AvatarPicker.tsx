import { forwardRef, useState, type ComponentPropsWithoutRef, type ReactNode } from 'react';
import type { CatalogueAvatar } from '../../catalogue/CatalogueAvatar.js';
import { useAvatarSelector, type UseAvatarSelectorOptions } from '../hooks/useAvatarSelector.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { useWords } from '../labels/useWords.js';
import { pickerWords } from '../picker/pickerWords.js';
import { AvatarCard } from '../picker/AvatarCard.js';
import { PickerFrame } from '../picker/PickerFrame.js';

/** How an item of a picker is at this moment. */
export interface PickerItemState {
  readonly selected: boolean;
  readonly disabled: boolean;
  /** True while the pointer or the keyboard is on it. */
  readonly active: boolean;
}

type Selecting = Omit<UseAvatarSelectorOptions<CatalogueAvatar>, 'getId' | 'getText' | 'isDisabled'>;

export interface AvatarPickerProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children' | 'defaultValue' | 'onChange'>, Selecting {
  /** Whether there is a search. Default true. */
  readonly searchable?: boolean;
  /** Draws what is in a card. Default: picture, name, and what keeps it from being chosen. */
  readonly children?: (avatar: CatalogueAvatar, state: PickerItemState) => ReactNode;
  /** Words that replace those of the provider, or the English ones where there is none. */
  readonly labels?: AvatarLabelOverrides;
}

const idOf = ({ avatarId }: CatalogueAvatar): string => avatarId;
const textOf = ({ avatarId, name }: CatalogueAvatar): string => name ?? avatarId;

/**
 * Avatars to choose from, as cards whose picture moves while one looks at them. One tab stop; the arrow keys choose. Avatars that no session
 * can be had with are seen and cannot be chosen. `data-state` is `loading`, `ready`, `empty`, `no-match` or `failed`. Needs no provider.
 *
 * @example
 * ```tsx
 * const [avatarId, setAvatarId] = useState<string | null>(null);
 * const avatars = useAvatarSource('/api/avatar'); // of visavis/query; or give `items`
 * return <AvatarPicker source={avatars} value={avatarId} onValueChange={setAvatarId} />;
 * ```
 */
export const AvatarPicker = forwardRef<HTMLDivElement, AvatarPickerProps>(function AvatarPicker(
  { items, source, filter, value, defaultValue, onValueChange, search, defaultSearch, onSearchChange, searchable = true, children, labels: overrides, ...props },
  ref,
) {
  const labels = useWords(pickerWords, overrides);
  const [active, setActive] = useState<string | null>(null);
  const isDisabled = ({ usable }: CatalogueAvatar): boolean => !usable;
  const selecting = { items, source, filter, value, defaultValue, onValueChange, search, defaultSearch, onSearchChange };
  const selector = useAvatarSelector({ ...selecting, getId: idOf, getText: textOf, isDisabled });
  const leave = (id: string) => (): void => setActive((current) => (current === id ? null : current));
  return (
    <PickerFrame
      {...props}
      ref={ref}
      slot="avatar-picker"
      selector={selector}
      labels={labels}
      groupLabel={labels.avatarPicker}
      searchLabel={labels.avatarSearch}
      emptyLabel={labels.avatarsEmpty}
      searchable={searchable}
      skeleton={<span className="visavis-card-media" />}
    >
      {selector.items.map((avatar) => {
        const id = avatar.avatarId;
        const state: PickerItemState = { selected: id === selector.value, disabled: !avatar.usable, active: id === active };
        return (
          <label
            key={id}
            className="visavis-card"
            data-slot="avatar-picker-item"
            data-state={state.disabled ? 'disabled' : state.selected ? 'selected' : 'idle'}
            onPointerEnter={() => setActive(id)}
            onPointerLeave={leave(id)}
            onFocus={() => setActive(id)}
            onBlur={leave(id)}
          >
            <input {...selector.getRadioProps(avatar)} />
            {children?.(avatar, state) ?? <AvatarCard avatar={avatar} labels={labels} active={state.active} />}
          </label>
        );
      })}
    </PickerFrame>
  );
});
