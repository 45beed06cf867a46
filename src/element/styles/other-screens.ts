import { css } from 'lit';

/** For colours that the reader chose, and for paper. */
export const otherScreens = css`
  @media (forced-colors: active) {
    .banner {
      border-left: 8px solid CanvasText;
      padding-left: 0;
    }
    .failed {
      border-left-style: double;
    }
    .ink,
    .failed .ink {
      fill: CanvasText;
    }
    .paper,
    .recent {
      fill: Canvas;
    }
    .recent {
      stroke: CanvasText;
    }
    .mark {
      fill: Canvas;
      stroke: CanvasText;
    }
    .here,
    .month {
      fill: CanvasText;
    }
    .stroke,
    .axis {
      stroke: CanvasText;
    }
    .paper-stroke {
      stroke: Canvas;
    }
    .tag {
      border: 1px solid CanvasText;
    }
    a:focus-visible,
    button:focus-visible,
    summary:focus-visible {
      /* Highlight need not stand out from the page; the text does. */
      outline-color: CanvasText;
    }
  }
  /* Details never leave the screen. */
  @media print {
    /* Held and none alike: the edge says nothing either. */
    .banner {
      padding: 0;
      border: 1px solid #4c6272;
      color: #212b32;
      background: none;
    }
    .sheet,
    .unseen {
      display: none;
    }
    .printed {
      display: block;
      background: none;
    }
  }
`;
