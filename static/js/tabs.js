/* Tabs that do not fit scroll sideways: the one that is open is brought into sight. */
const open = document.querySelector(".state-tabs [aria-current]");
const tabs = open?.parentElement;
if (tabs) tabs.scrollLeft = open.offsetLeft - (tabs.clientWidth - open.offsetWidth) / 2;
