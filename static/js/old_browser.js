// Runs only where modules do not: says so instead of showing nothing.
const note = document.getElementById("too-old");
if (note) note.hidden = false;
