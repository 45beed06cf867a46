import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (name) => name === 'cp-is-banner' } } })],
  // Vue says in what its server and its browser differ only when it is asked to.
  define: { __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true' },
});
