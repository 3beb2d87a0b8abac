/* Who says that a picture is their own photograph has said with what right it is used and who took it. */
export function ownAtOnce({ source, licence, credit }, sender) {
  source.addEventListener("change", () => {
    if (source.value !== "own") return;
    licence.value ||= "own";
    if (credit) credit.value ||= sender;
  });
}
