// Make elements. Text is only ever set as text.

export const find = (id) => document.getElementById(id);

export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "data") Object.assign(element.dataset, value);
    else if (key in element && !key.includes("-")) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => (child ?? false) !== false));
  return element;
}

// What the paper printed is in the paper's language, whatever the desk speaks.
export function printed(name, properties, ...children) {
  return make(name, { lang: document.documentElement.dataset.paper, ...properties }, ...children);
}
