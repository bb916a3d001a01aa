"""Spreadsheets in and out; the only room that knows python-calamine and XlsxWriter."""
