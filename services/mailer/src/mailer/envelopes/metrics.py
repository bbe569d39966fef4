"""The numbers of sending. Labels are words of ours, never addresses or ids."""

from prometheus_client import Counter, Gauge

OUTCOMES = Counter("mailer_envelope_outcomes", "Envelopes by what became of them.", ["state", "bounce_class"])
REPLIES = Counter("mailer_smtp_replies", "Answers of the gateway by verb and first digit.", ["verb", "class"])
IN_HAND = Gauge("mailer_envelopes_in_hand", "Envelopes in open transactions of this process.")
INTENTS = Counter("mailer_intents", "Questions to the gate by its answer.", ["granted"])
GATE_SECONDS = Counter("mailer_gate_seconds", "Time spent in gate statements.")
