import { forwardRef, type ComponentPropsWithoutRef, type ReactNode } from 'react';
import type { CatalogueVoice } from '../../catalogue/CatalogueVoice.js';
import { useAvatarSelector, type UseAvatarSelectorOptions } from '../hooks/useAvatarSelector.js';
import { useVoicePreview } from '../hooks/useVoicePreview.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { useWords } from '../labels/useWords.js';
import { pickerWords } from '../picker/pickerWords.js';
import { PickerFrame } from '../picker/PickerFrame.js';
import { genderWord, useVoiceFilter, type VoiceFilter } from '../picker/useVoiceFilter.js';
import { VoicePreviewButton } from '../picker/VoicePreviewButton.js';

type Selecting = Omit<UseAvatarSelectorOptions<CatalogueVoice>, 'getId' | 'getText' | 'isDisabled' | 'filter'>;

export interface VoicePickerProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children' | 'defaultValue' | 'onChange'>, Selecting {
  /** Which voices are looked at, where the application keeps that. It narrows down what has come; for what has not, ask the server. */
  readonly filter?: VoiceFilter;
  readonly defaultFilter?: VoiceFilter;
  readonly onFilterChange?: (filter: VoiceFilter) => void;
  /** Whether there is a search. Default true. */
  readonly searchable?: boolean;
  /** Draws what is said of a voice. Default: name, language, gender and styles. */
  readonly children?: (voice: CatalogueVoice, state: { readonly selected: boolean; readonly disabled: boolean }) => ReactNode;
  /** Words that replace those of the provider, or the English ones where there is none. */
  readonly labels?: AvatarLabelOverrides;
}

const idOf = ({ voiceId }: CatalogueVoice): string => voiceId;
const nameOf = ({ voiceId, name }: CatalogueVoice): string => name ?? voiceId;
const textOf = (voice: CatalogueVoice): string => [nameOf(voice), voice.language, voice.locale, ...voice.styles].join(' ');
const isDisabled = ({ streams }: CatalogueVoice): boolean => !streams;

/**
 * Voices to choose from, each with a sample to hear, one at a time. The arrow keys choose, Tab goes on to the sample. Voices that no session
 * can speak with are seen and cannot be chosen. `data-state` is `loading`, `ready`, `empty`, `no-match` or `failed`. Needs no provider.
 *
 * @example
 * ```tsx
 * const [voiceId, setVoiceId] = useState<string | null>(null);
 * const voices = useVoiceSource('/api/avatar'); // of visavis/query; or give `items`
 * return <VoicePicker source={voices} value={voiceId} onValueChange={setVoiceId} />;
 * ```
 */
export const VoicePicker = forwardRef<HTMLDivElement, VoicePickerProps>(function VoicePicker(
  { items, source, filter, defaultFilter, onFilterChange, value, defaultValue, onValueChange, search, defaultSearch, onSearchChange, searchable = true, children, labels: overrides, ...props },
  ref,
) {
  const labels = useWords(pickerWords, overrides);
  const preview = useVoicePreview();
  const voices = (source === undefined ? items : source.items) ?? [];
  const { isWanted, selects } = useVoiceFilter({ voices, labels, filter, defaultFilter, onFilterChange });
  const selecting = { items, source, value, defaultValue, onValueChange, search, defaultSearch, onSearchChange };
  const selector = useAvatarSelector({ ...selecting, getId: idOf, getText: textOf, isDisabled, filter: isWanted });
  const isChosenSeen = selector.items.some((voice) => idOf(voice) === selector.value);
  const tabStop = isChosenSeen ? selector.value : selector.items.find((voice) => !isDisabled(voice))?.voiceId;
  return (
    <PickerFrame
      {...props}
      ref={ref}
      slot="voice-picker"
      selector={selector}
      labels={labels}
      groupLabel={labels.voicePicker}
      searchLabel={labels.voiceSearch}
      emptyLabel={labels.voicesEmpty}
      searchable={searchable}
      tools={selects.length === 0 ? undefined : selects}
      skeleton={<span className="visavis-voice-bar" />}
    >
      {selector.items.map((voice) => {
        const { voiceId, previewUrl } = voice;
        const state = { selected: voiceId === selector.value, disabled: isDisabled(voice) };
        const facts = [voice.language ?? voice.locale, voice.gender === null ? null : genderWord(voice.gender, labels), ...voice.styles].filter((fact) => fact !== null);
        return (
          <div key={voiceId} className="visavis-voice" data-slot="voice-picker-item" data-state={state.disabled ? 'disabled' : state.selected ? 'selected' : 'idle'}>
            <label className="visavis-voice-choice">
              <input {...selector.getRadioProps(voice)} />
              {children?.(voice, state) ?? (
                <>
                  <span className="visavis-card-name">{nameOf(voice)}</span>
                  <span className="visavis-voice-facts">{facts.join(' · ')}</span>
                </>
              )}
            </label>
            {preview.id === voiceId && preview.status === 'failed' && (
              <span className="visavis-voice-failed" role="alert">
                {labels.voiceFailed}
              </span>
            )}
            {previewUrl !== null && <VoicePreviewButton id={voiceId} name={nameOf(voice)} url={previewUrl} preview={preview} labels={labels} tabbable={voiceId === tabStop} />}
          </div>
        );
      })}
    </PickerFrame>
  );
});
