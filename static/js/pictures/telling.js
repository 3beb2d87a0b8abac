/* What the strip beside the story says of photos that are being sent, have come or were refused. */
const nameIn = (row) => row.querySelector(".uploads__name").textContent;

/* ``rows`` are those of the files, ``words`` what the desk has to say; ``isHeld``: the story was to be saved meanwhile.
   Returns {text, share, isSending}. */
export function told(rows, words, isHeld) {
  const bars = rows.filter((row) => row.querySelector("progress:not([hidden])"));
  const failed = rows.filter((row) => row.querySelector("progress[hidden]"));
  const come = rows.filter((row) => !row.querySelector("progress"));
  const { one, several, broke, failed: refused, failedSeveral: refusedSeveral, arrivedOne, arrivedSeveral, held: holding, unsaved } = words;
  const said = (lines, single, many) =>
    lines.length > 1 ? many.replace("{count}", lines.length) : single.replace("{name}", nameIn(lines[0]));
  const values = bars.map((row) => row.querySelector("progress").value);
  const share = bars.length ? `${Math.round(values.reduce((sum, value) => sum + value, 0) / bars.length)}%` : "";
  const isBroken = bars.some((row) => row.querySelector(".uploads__status--failed"));
  const parts = bars.length ? [said(bars, one, several), isBroken && broke, isHeld && holding] : [come.length && said(come, arrivedOne, arrivedSeveral), isHeld && unsaved];
  parts.push(failed.length && said(failed, refused, refusedSeveral));
  return { text: parts.filter(Boolean).join(" "), share, isSending: bars.length > 0 };
}
