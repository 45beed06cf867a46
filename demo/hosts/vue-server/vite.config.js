import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (name) => name === 'cp-is-banner' } } })],
  // Without this, Vue does not say how the server's page and the browser's differ.
  define: { __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true' },
});
