// Says that new mail has come; the page is never changed under the reader's hands.
const notice = document.querySelector("[data-newest]");

async function look() {
  try {
    const answer = await fetch(`/api/messages?limit=1&after=${notice.dataset.newest}`);
    const page = await answer.json();
    notice.hidden = page.items.length === 0;
  } catch {
    notice.hidden = true; // the catcher is being restarted; the next look will tell
  }
}

if (notice) {
  setInterval(look, 2000);
}
