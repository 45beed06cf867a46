import { css } from 'lit';

/**
 * Colours: the host's, then those of nhsuk-frontend 10, then ours. A default has a dark twin for a page whose
 * `color-scheme` is dark; a browser without `light-dark()` keeps the light one.
 */
export const colours = css`
  .banner {
    --text-default: #212b32;
    --secondary-default: #4c6272;
    --link-default: #005eb8;
    --link-hover-default: #7c2855;
    --rule-default: #d8dde0;
    --paper-default: #fff;
    --shade-default: #f0f4f5;
    --failed-default: #fbe6e4;
    --tag-default: #cfe3f5;
    --tag-text-default: #002f5c;
    --edge-default: #768692;
    --alert-edge-default: #212b32;
    --care-line-default: #8a5a00;
    --ended-edge-default: #4c6272;
    --failed-edge-default: #d5281b;

    --text: var(--cp-is-text, var(--nhsuk-text-color, var(--text-default)));
    --secondary: var(--cp-is-secondary, var(--nhsuk-secondary-text-color, var(--secondary-default)));
    --link: var(--cp-is-link, var(--nhsuk-link-color, var(--link-default)));
    --link-hover: var(--cp-is-link-hover, var(--nhsuk-link-hover-color, var(--link-hover-default)));
    --rule: var(--cp-is-rule, var(--nhsuk-border-color, var(--rule-default)));
    --paper: var(--cp-is-background, var(--paper-default));
    --shade: var(--cp-is-ended, var(--shade-default));
    --focus: var(--cp-is-focus, var(--nhsuk-focus-color, #ffeb3b));
    --focus-text: var(--cp-is-focus-text, var(--nhsuk-focus-text-color, #212b32));
    --tag: var(--cp-is-tag, var(--tag-default));
    --tag-text: var(--cp-is-tag-text, var(--tag-text-default));
    --edge: var(--cp-is-edge, var(--edge-default));
    --edge-line: var(--edge);
    --head: var(--paper);
  }
  .banner.alert {
    --head: var(--cp-is-alert, #ffeb3b);
    --edge: var(--cp-is-alert-edge, var(--alert-edge-default));
  }
  .banner.care {
    --head: var(--cp-is-care, #fff9c4);
    --edge: var(--cp-is-care-edge, #ffb81c);
    /* Amber alone does not stand out from white by 3:1; its outer line does. */
    --edge-line: var(--cp-is-care-edge-line, var(--care-line-default));
  }
  .banner.ended,
  .banner.veiled {
    --edge: var(--cp-is-ended-edge, var(--ended-edge-default));
  }
  .banner.ended {
    --head: var(--shade);
  }
  .banner.silent {
    --head: var(--paper);
  }
  .banner.failed,
  .sync {
    --head: var(--cp-is-failed, var(--failed-default));
    --edge: var(--cp-is-failed-edge, var(--failed-edge-default));
  }

  @supports (color: light-dark(#000, #fff)) {
    .banner {
      --text-default: light-dark(#212b32, #f0f4f5);
      --secondary-default: light-dark(#4c6272, #b9c4cc);
      --link-default: light-dark(#005eb8, #8ec5ff);
      --link-hover-default: light-dark(#7c2855, #ffb3d1);
      --rule-default: light-dark(#d8dde0, #78868f);
      --paper-default: light-dark(#fff, #171c20);
      --shade-default: light-dark(#f0f4f5, #272f35);
      --failed-default: light-dark(#fbe6e4, #4a1310);
      --tag-default: light-dark(#cfe3f5, #123a5e);
      --tag-text-default: light-dark(#002f5c, #dcecfb);
      --edge-default: light-dark(#768692, #aeb7bd);
      --alert-edge-default: light-dark(#212b32, #ffeb3b);
      --care-line-default: light-dark(#8a5a00, #ffb81c);
      --ended-edge-default: light-dark(#4c6272, #aeb7bd);
      --failed-edge-default: light-dark(#d5281b, #ff8a80);
    }
    /* Yellow stays yellow, and its text dark. */
    .alert:not(.silent) .heading:not(.sync),
    .care:not(.silent) .heading:not(.sync) {
      color-scheme: light;
    }
  }
  @media (prefers-contrast: more) {
    .banner {
      --secondary-default: var(--text);
      --rule-default: var(--text);
      --link-default: #003087;
    }
    @supports (color: light-dark(#000, #fff)) {
      .banner {
        --link-default: light-dark(#003087, #b5dbff);
      }
    }
  }
`;
