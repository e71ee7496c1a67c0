import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Avatar } from 'visavis';
import 'visavis/styles.css';

createRoot(document.getElementById('root')).render(
  <StrictMode>
    <Avatar grant="/api/avatar" />
  </StrictMode>,
);
