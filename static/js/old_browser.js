// Runs only where modules do not: says so instead of showing nothing.
const coming = document.getElementById("app");
if (coming) coming.hidden = true;
const note = document.getElementById("too-old");
if (note) note.hidden = false;
