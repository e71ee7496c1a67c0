import { englishCatalogue } from '../labels/CatalogueLabels.js';
import { englishFailures } from '../labels/FailureLabels.js';
import { englishSession } from '../labels/SessionLabels.js';

/** What a picker says in English: a list that cannot be loaded is a failure that a person can try again. */
export const pickerWords = { ...englishSession, ...englishFailures, ...englishCatalogue };

export type PickerWords = typeof pickerWords;
