import { cookies } from 'next/headers';
import { Avatar } from 'visavis';
import 'visavis/styles.css';
import { USER_COOKIE } from '../userCookie.mjs';

export default async function Page() {
  const name = (await cookies()).get(USER_COOKIE)?.value;
  return (
    <main>
      <h1>Hello {name}</h1>
      <Avatar grant="/api/avatar" />
    </main>
  );
}
