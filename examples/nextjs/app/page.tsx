import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import { cookies } from 'next/headers';
import { infiniteAvatarsQuery, infiniteVoicesQuery } from 'visavis/query';
import { APP_ORIGIN } from '../appOrigin.mjs';
import { USER_COOKIE } from '../userCookie.mjs';
import { Conversation } from './Conversation';
import { AVATARS, VOICES } from './lists';

export default async function Page() {
  const visitor = await cookies();
  const queryClient = new QueryClient();
  // As the visitor, by the route that the page asks: it shows what this user may see, and nothing of a key. What fails here is asked for there.
  const route = { url: `${APP_ORIGIN}/api/avatar`, headers: { cookie: visitor.toString() } };
  await Promise.all([
    queryClient.prefetchInfiniteQuery(infiniteAvatarsQuery(route, AVATARS)),
    queryClient.prefetchInfiniteQuery(infiniteVoicesQuery(route, VOICES)),
  ]);
  return (
    <main>
      <h1>Hello {visitor.get(USER_COOKIE)?.value}</h1>
      <HydrationBoundary state={dehydrate(queryClient)}>
        <Conversation />
      </HydrationBoundary>
    </main>
  );
}
