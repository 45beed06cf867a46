// @ts-check
/** This must not compile: `npm run types:misspelt`. */
/** @import {} from 'cp-is-banner/define.js' */
const banner = document.createElement('cp-is-banner');
banner.nhsNubmer = '9995124467';
banner.addEventListener('cp-is-change', ({ statsu }) => statsu);
