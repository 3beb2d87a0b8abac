/* Signed in beside a story: the window goes, the story goes on. */
window.close();
