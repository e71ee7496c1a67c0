import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import './page.css';
import { Providers } from './Providers';

export const metadata: Metadata = { title: 'visavis with Next.js', icons: { icon: 'data:,' } };

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
