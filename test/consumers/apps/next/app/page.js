import { version } from 'react';
import { Avatar } from 'visavis';

// A server component: `visavis` says by itself that it is client code.
export default function Page() {
  return (
    <main data-react={version}>
      <Avatar grant={process.env.NEXT_PUBLIC_GRANT} />
    </main>
  );
}
