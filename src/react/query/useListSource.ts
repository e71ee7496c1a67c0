import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CatalogueAvatar, AvatarsQuery } from '../../catalogue/CatalogueAvatar.js';
import type { CataloguePage } from '../../catalogue/CataloguePage.js';
import type { CatalogueVoice, VoicesQuery } from '../../catalogue/CatalogueVoice.js';
import type { AvatarError } from '../../errors/AvatarError.js';
import type { ListSource } from '../picker/ListSource.js';
import type { InfiniteSettings } from './QuerySettings.js';
import type { CatalogueOption } from './toCatalogue.js';
import { useInfiniteAvatars } from './useAvatars.js';
import { useInfiniteVoices } from './useVoices.js';

/**
 * What `AvatarPicker` and `useAvatarSelector` take as `source`: the avatars of the catalogue, page by page.
 *
 * @param catalogue the route, or a client of it; may be written inline.
 * @example
 * ```tsx
 * <AvatarPicker source={useAvatarSource('/api/avatar')} value={avatarId} onValueChange={setAvatarId} />
 * ```
 */
export function useAvatarSource(catalogue: CatalogueOption, query?: Omit<AvatarsQuery, 'page'>, settings?: InfiniteSettings<CatalogueAvatar>): ListSource<CatalogueAvatar> {
  return useListSource(useInfiniteAvatars(catalogue, query, settings));
}

/**
 * What `VoicePicker` takes as `source`: the voices of the catalogue that a session can speak with, page by page.
 *
 * @param catalogue the route, or a client of it; may be written inline.
 * @example
 * ```tsx
 * <VoicePicker source={useVoiceSource('/api/avatar')} value={voiceId} onValueChange={setVoiceId} />
 * ```
 */
export function useVoiceSource(catalogue: CatalogueOption, query?: Omit<VoicesQuery, 'page'>, settings?: InfiniteSettings<CatalogueVoice>): ListSource<CatalogueVoice> {
  return useListSource(useInfiniteVoices(catalogue, { streams: true, ...query }, settings));
}

type Pages<Item> = UseInfiniteQueryResult<InfiniteData<CataloguePage<Item>, number>, AvatarError>;

function useListSource<Item>({ data, error, isFetching, isFetchingNextPage, isFetchNextPageError, hasNextPage, fetchNextPage, refetch }: Pages<Item>): ListSource<Item> {
  const items = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  return {
    items,
    // What is refreshed behind the reader's back, well or not, changes nothing for them.
    loading: items === undefined ? isFetching : isFetchingNextPage,
    error: items === undefined || isFetchNextPageError ? error : null,
    hasMore: hasNextPage,
    loadMore: () => void fetchNextPage(),
    retry: () => void (items === undefined ? refetch() : fetchNextPage()),
  };
}
