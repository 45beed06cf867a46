declare module 'nhs-number-validator' {
  const validator: { validate(nhsNumber: string): boolean };
  export default validator;
}

declare module '@guidepup/virtual-screen-reader/browser.js' {
  export { virtual } from '@guidepup/virtual-screen-reader';
}
