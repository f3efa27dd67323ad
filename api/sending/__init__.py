"""Sending what the outbox holds: e-mails through SMTP, events to webhooks."""
