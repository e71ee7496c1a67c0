import { createRoot } from 'react-dom/client';
import { Avatar } from 'visavis';
import 'visavis/styles.css';

// The README's page, and nothing else.
const App = () => <Avatar grant="/api/avatar" />;

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
