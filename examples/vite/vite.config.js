import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const { PORT = '5173', SERVER_PORT = '8080' } = process.env;

export default defineConfig({
  plugins: [react()],
  server: {
    port: Number(PORT),
    strictPort: true,
    // The session route, and the relay's WebSocket beside it. `vite preview` takes these as well.
    proxy: { '/api/avatar': { target: `http://127.0.0.1:${SERVER_PORT}`, ws: true } },
  },
  preview: { port: Number(PORT), strictPort: true },
});
