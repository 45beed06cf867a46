import { defineConfig } from 'vite';

/** React's development build, which reports its warnings, with the tag as it is shipped. */
export default defineConfig({ define: { 'process.env.NODE_ENV': '"development"' } });
