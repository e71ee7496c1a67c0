import Head from 'next/head';
import { version } from 'react';
import { Avatar } from 'visavis';

export default function Classic() {
  return (
    <main data-react={version}>
      <Head>
        <link rel="icon" href="data:," />
      </Head>
      <Avatar grant={process.env.NEXT_PUBLIC_GRANT} />
    </main>
  );
}
