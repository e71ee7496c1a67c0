/** The words of choosing an avatar and a voice. */
export interface CatalogueLabels {
  /** Accessible name of the avatars to choose from. */
  readonly avatarPicker: string;
  readonly avatarSearch: string;
  readonly avatarsEmpty: string;
  /** On an avatar of the account's own. */
  readonly avatarOwn: string;
  /** On an avatar that the vendor still makes. */
  readonly avatarPreparing: string;
  /** On an avatar that no session can be had with. */
  readonly avatarUnavailable: string;
  /** Accessible name of the voices to choose from. */
  readonly voicePicker: string;
  readonly voiceSearch: string;
  readonly voicesEmpty: string;
  readonly voiceLanguage: string;
  readonly voiceGender: string;
  /** The first choice of a filter: all languages, all genders. */
  readonly voiceAny: Readonly<Record<'language' | 'gender', string>>;
  /** The vendor's words for genders; others are shown as they come. */
  readonly voiceGenders: Readonly<Record<'female' | 'male', string>>;
  /** Plays a voice's sample. @param voice its name */
  readonly voicePlay: (voice: string) => string;
  /** Ends a voice's sample. @param voice its name */
  readonly voiceStop: (voice: string) => string;
  readonly voiceFailed: string;
  readonly listLoading: string;
  readonly listFailed: string;
  readonly listMore: string;
  /** Said when a search has found something. */
  readonly listFound: (count: number) => string;
  readonly listNoMatch: string;
}

/** In English. */
export const englishCatalogue: CatalogueLabels = {
  avatarPicker: 'Avatars',
  avatarSearch: 'Search avatars',
  avatarsEmpty: 'There are no avatars to choose from yet.',
  avatarOwn: 'Yours',
  avatarPreparing: 'In preparation',
  avatarUnavailable: 'Not available',
  voicePicker: 'Voices',
  voiceSearch: 'Search voices',
  voicesEmpty: 'There are no voices to choose from yet.',
  voiceLanguage: 'Language',
  voiceGender: 'Gender',
  voiceAny: { language: 'All languages', gender: 'All genders' },
  voiceGenders: { female: 'Female', male: 'Male' },
  voicePlay: (voice) => `Play ${voice}`,
  voiceStop: (voice) => `Stop ${voice}`,
  voiceFailed: 'The sample could not be played.',
  listLoading: 'Loading',
  listFailed: 'The list could not be loaded',
  listMore: 'Show more',
  listFound: (count) => (count === 1 ? '1 found' : `${count} found`),
  listNoMatch: 'Nothing matches.',
};
