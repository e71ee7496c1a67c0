import { forwardRef, useEffect, useRef, type ComponentPropsWithoutRef, type ReactElement, type ReactNode } from 'react';
import type { UseAvatarSelectorResult } from '../hooks/useAvatarSelector.js';
import { FailureCard } from '../parts/FailureCard.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { PickerWords } from './pickerWords.js';
import { withClass } from '../parts/withClass.js';

interface PickerFrameProps extends ComponentPropsWithoutRef<'div'> {
  readonly slot: string;
  readonly selector: Omit<UseAvatarSelectorResult<unknown>, 'getRadioProps'>;
  readonly labels: PickerWords;
  readonly groupLabel: string;
  readonly searchLabel: string;
  readonly emptyLabel: string;
  readonly searchable: boolean;
  /** Beside the search. */
  readonly tools?: ReactNode;
  /** One of the grey shapes that are seen while the list loads. */
  readonly skeleton: ReactElement;
}

const SKELETONS = [0, 1, 2, 3, 4, 5] as const;

/** What the pickers have in common: the search, the list in each of its states, and the button that asks for more. */
export const PickerFrame = forwardRef<HTMLDivElement, PickerFrameProps>(function PickerFrame(
  { slot, selector, labels, groupLabel, searchLabel, emptyLabel, searchable, tools, skeleton, className, children, ...props },
  ref,
) {
  const { state, items, error, hasMore, loadingMore, search } = selector;
  const group = useRef<HTMLDivElement>(null);
  const more = useRef<HTMLButtonElement>(null);
  /** How many items there were when the focused button was asked for more. */
  const before = useRef<number | null>(null);

  useEffect(() => {
    if (before.current === null || loadingMore) return;
    // The button was there for the last page alone: the first new item takes its place.
    if (!hasMore) group.current?.querySelectorAll<HTMLElement>('input[type="radio"]')[before.current]?.focus();
    before.current = null;
  }, [items, hasMore, loadingMore]);

  const askForMore = (): void => {
    if (loadingMore) return;
    before.current = document.activeElement === more.current ? items.length : null;
    if (error === null) selector.loadMore();
    else selector.retry();
  };
  const tryAgain = (): void => {
    // The button vanishes; without this the keyboard's focus would go to the top of the page.
    group.current?.focus({ preventScroll: true });
    selector.retry();
  };
  // An error of the application's own says what the application wants said.
  const known = AvatarError.isInstance(error) ? error : null;
  const whatToDo = known === null ? (error?.message ?? '') : labels.failureMessage[known.reason];
  const hasTools = state !== 'failed' && state !== 'empty';

  return (
    <div {...props} ref={ref} className={withClass('visavis-picker', className)} data-visavis="" data-slot={slot} data-state={state}>
      {hasTools && (searchable || tools !== undefined) && (
        <div className="visavis-picker-tools">
          {searchable && <input {...selector.searchProps} className="visavis-picker-field" aria-label={searchLabel} placeholder={searchLabel} />}
          {tools}
        </div>
      )}
      <div {...selector.groupProps} ref={group} className="visavis-picker-list" aria-label={groupLabel} tabIndex={-1}>
        {state === 'loading' ? SKELETONS.map((index) => <div key={index} className="visavis-picker-skeleton" aria-hidden="true">{skeleton}</div>) : children}
      </div>
      {state === 'empty' && <div className="visavis-picker-note">{emptyLabel}</div>}
      {state === 'no-match' && <div className="visavis-picker-note">{labels.listNoMatch}</div>}
      {state === 'failed' && (
        <div className="visavis-picker-note">
          <FailureCard title={labels.listFailed} message={whatToDo} details={known?.message ?? ''} reason={known?.reason ?? ''} labels={labels}>
            <button type="button" className="visavis-button visavis-button-primary" onClick={tryAgain}>
              {labels.retry}
            </button>
          </FailureCard>
        </div>
      )}
      {hasMore && state !== 'failed' && state !== 'loading' && (
        <div className="visavis-picker-more">
          {error !== null && !loadingMore && <div role="alert">{whatToDo}</div>}
          <button ref={more} type="button" className="visavis-button visavis-picker-button" aria-disabled={loadingMore ? true : undefined} onClick={askForMore}>
            {loadingMore ? labels.listLoading : error === null ? labels.listMore : labels.retry}
          </button>
        </div>
      )}
      <div className="visavis-hidden" role="status">
        {state === 'loading' ? labels.listLoading : state === 'no-match' ? labels.listNoMatch : state === 'ready' && search.trim() !== '' ? labels.listFound(items.length) : ''}
      </div>
    </div>
  );
});
