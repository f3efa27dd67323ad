"""The pages of the audit log, by endpoint, and who may open them."""

from api.principals import OFFICE

READ = {"pages.audit_log": ("/audit", OFFICE), "pages.audit_table": ("/audit.csv", OFFICE)}
ENDPOINTS = READ.keys()
