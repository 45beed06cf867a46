export const openApi = { info: { title: "x" } };
