"""Rectification notices (整改通知书): drafting, numbers, signing, delivery, receipts."""
