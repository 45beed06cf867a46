import { css } from 'lit';

/** Colours: the host's, then those of nhsuk-frontend 10, then ours; dark where the page is. */
export const colours = css`
  .banner {
    --text: var(--cp-is-text, var(--nhsuk-text-color, #212b32));
    --secondary: var(--cp-is-secondary, var(--nhsuk-secondary-text-color, #4c6272));
    --link: var(--cp-is-link, var(--nhsuk-link-color, #005eb8));
    --link-hover: var(--cp-is-link-hover, var(--nhsuk-link-hover-color, #7c2855));
    --rule: var(--cp-is-rule, var(--nhsuk-border-color, #d8dde0));
    --paper: var(--cp-is-background, #fff);
    --shade: var(--cp-is-ended, #f0f4f5);
    --focus: var(--cp-is-focus, var(--nhsuk-focus-color, #ffeb3b));
    --focus-text: var(--cp-is-focus-text, var(--nhsuk-focus-text-color, #212b32));
    --tag: var(--cp-is-tag, #cfe3f5);
    --tag-text: var(--cp-is-tag-text, #002f5c);
    --edge: var(--cp-is-edge, #768692);
    --edge-line: var(--edge);
    --head: var(--paper);
  }
  .alert {
    --head: var(--cp-is-alert, #ffeb3b);
    --edge: var(--cp-is-alert-edge, #212b32);
  }
  .care {
    --head: var(--cp-is-care, #fff9c4);
    --edge: var(--cp-is-care-edge, #ffb81c);
    /* Amber alone does not stand out from white by 3:1; its outer line does. */
    --edge-line: var(--cp-is-care-edge-line, #8a5a00);
  }
  .ended {
    --head: var(--shade);
    --edge: var(--cp-is-ended-edge, #4c6272);
  }
  .failed {
    --head: var(--cp-is-failed, #fbe6e4);
    --edge: var(--cp-is-failed-edge, #d5281b);
  }
  .veiled {
    --edge: var(--cp-is-ended-edge, #4c6272);
  }
  .silent:not(.failed) {
    --head: var(--paper);
  }

  @supports (color: light-dark(#000, #fff)) {
    .banner {
      --text: var(--cp-is-text, var(--nhsuk-text-color, light-dark(#212b32, #f0f4f5)));
      --secondary: var(--cp-is-secondary, var(--nhsuk-secondary-text-color, light-dark(#4c6272, #b9c4cc)));
      --link: var(--cp-is-link, var(--nhsuk-link-color, light-dark(#005eb8, #8ec5ff)));
      --link-hover: var(--cp-is-link-hover, var(--nhsuk-link-hover-color, light-dark(#7c2855, #ffb3d1)));
      --rule: var(--cp-is-rule, var(--nhsuk-border-color, light-dark(#d8dde0, #78868f)));
      --paper: var(--cp-is-background, light-dark(#fff, #171c20));
      --shade: var(--cp-is-ended, light-dark(#f0f4f5, #272f35));
      --edge: var(--cp-is-edge, light-dark(#768692, #aeb7bd));
      --tag: var(--cp-is-tag, light-dark(#cfe3f5, #123a5e));
      --tag-text: var(--cp-is-tag-text, light-dark(#002f5c, #dcecfb));
    }
    .alert {
      --edge: var(--cp-is-alert-edge, light-dark(#212b32, #ffeb3b));
    }
    .care {
      --edge-line: var(--cp-is-care-edge-line, light-dark(#8a5a00, #ffb81c));
    }
    .ended,
    .veiled {
      --edge: var(--cp-is-ended-edge, light-dark(#4c6272, #aeb7bd));
    }
    .failed {
      --head: var(--cp-is-failed, light-dark(#fbe6e4, #4a1310));
      --edge: var(--cp-is-failed-edge, light-dark(#d5281b, #ff8a80));
    }
    /* Yellow stays yellow, and its text dark. */
    .alert:not(.silent) .heading,
    .care:not(.silent) .heading {
      color-scheme: light;
    }
  }
  @media (prefers-contrast: more) {
    .banner {
      --secondary: var(--text);
      --rule: var(--text);
      --link: var(--cp-is-link, #003087);
    }
    @supports (color: light-dark(#000, #fff)) {
      .banner {
        --link: var(--cp-is-link, light-dark(#003087, #b5dbff));
      }
    }
  }
`;
