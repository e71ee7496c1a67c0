import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { USER_COOKIE } from '../../userCookie.mjs';

export default function SignIn() {
  return (
    <main>
      <h1>Sign in</h1>
      <form action={signIn}>
        <label>
          Your name <input name="name" required maxLength={64} />
        </label>{' '}
        <button>Sign in</button>
      </form>
    </main>
  );
}

async function signIn(form: FormData) {
  'use server';
  (await cookies()).set(USER_COOKIE, String(form.get('name')), { httpOnly: true, sameSite: 'lax' });
  redirect('/');
}
