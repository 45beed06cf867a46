import { defineConfig } from 'vite';

/** React as in development, where it says what it does not like; the tag as it is shipped. */
export default defineConfig({ define: { 'process.env.NODE_ENV': '"development"' } });
