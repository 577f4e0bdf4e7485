"use strict";
(() => {
  const at = (id) => document.getElementById(id);
  const open = () => /^#c\d+-\d+$/.test(location.hash) ? location.hash.slice(1) : null;
  const markOf = (panel) => at("m" + panel.slice(1));
  const go = (id) => location.replace("#" + id);
  const shown = () => {
    const only = document.querySelector("input[name=verdict]:checked");
    const of = only && only.value !== "all" ? "." + only.value : "";
    return [...document.querySelectorAll("a.mark" + of)];
  };

  const step = (by) => {
    const marks = shown();
    if (marks.length === 0) return;
    const panel = open();
    const here = document.activeElement.closest("a.mark") || (panel && markOf(panel));
    let next = by > 0 ? marks[0] : marks[marks.length - 1];
    if (here) {
      const after = (mark) => here.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING;
      const before = (mark) => here.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_PRECEDING;
      next = by > 0 ? marks.find(after) : marks.findLast(before);
    }
    if (!next) return;
    if (panel) go(next.hash.slice(1));
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const panel = open();
    if (event.key === "n" || event.key === "j") step(1);
    else if (event.key === "p" || event.key === "k") step(-1);
    else if (event.key === "Escape" && panel) {
      const mark = markOf(panel);
      go(mark.id);
      mark.focus();
    } else return;
    event.preventDefault();
  });

  // Beside the text, a panel that is opened shows its place there.
  const show = () => {
    const panel = open();
    for (const mark of document.querySelectorAll("a.current")) mark.classList.remove("current");
    const mark = panel && markOf(panel);
    if (!mark) return;
    mark.classList.add("current");
    if (matchMedia("(min-width: 64rem)").matches) mark.scrollIntoView({ block: "nearest" });
  };
  addEventListener("hashchange", show);
  show();

  addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll("details")) part.open = true;
  });
})();
