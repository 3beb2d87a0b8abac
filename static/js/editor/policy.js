/* Lets CKEditor 4.22.1 run under a policy that allows neither 'unsafe-inline' nor 'unsafe-eval' for scripts.

   Two things of it are inline: the script by which the frame with the text tells that it has loaded, and the style
   sheets of its plugins. The first is left out of the frame's HTML, and the function whose number it names is called
   from here; the others become constructed style sheets. Nothing is ever evaluated, and nothing of a story is read:
   only what CKEditor itself writes before the text begins. The toolbar and the dialogs with their inline handlers are
   not used at all (toolbar.js, dialogs.js). */
(() => {
  delete document.createStyleSheet; // of loading.js
  const documents = window.CKEDITOR.dom.document.prototype;
  const write = documents.write;
  const STARTER = /<script id="cke_actscrpt"[^>]*>[^<]*callFunction\((\d+),window\)[^<]*<\/script>/;

  const SHEET = /<style data-cke-temp="1">([^<]*)<\/style>/;

  documents.write = function (html) {
    const start = html.indexOf("<body");
    const head = start < 0 ? html : html.slice(0, start);
    const starter = head.match(STARTER);
    const sheet = head.match(SHEET);
    write.call(this, head.replace(STARTER, "").replace(SHEET, "") + html.slice(head.length));
    if (sheet) this.appendStyleText(sheet[1]);
    if (!starter) return;
    const loaded = () => window.CKEDITOR.tools.callFunction(Number(starter[1]), this.$.defaultView);
    if (this.$.readyState === "loading") this.$.addEventListener("DOMContentLoaded", loaded, { once: true });
    else loaded();
  };

  documents.appendStyleText = function (css) {
    const sheet = new this.$.defaultView.CSSStyleSheet();
    sheet.replaceSync(css);
    this.$.adoptedStyleSheets = [...this.$.adoptedStyleSheets, sheet];
    // CKEditor keeps the element of a sheet; this one stands nowhere.
    return { ownerNode: this.$.createElement("style") };
  };
})();
