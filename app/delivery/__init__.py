"""Join links handed over to their people: messages, WhatsApp, e-mail, QR codes, calendar files, and who has theirs."""
