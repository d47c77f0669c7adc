"""What is written: workbooks, report, page, JSON, manifest; every file is written beside and renamed."""
