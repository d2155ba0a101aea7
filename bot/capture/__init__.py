"""The face check behind a link: ticket, consent, proof required, check, verdict. It knows nothing of HTTP."""
