"""One module per channel family; a failed delivery says whether it is permanent."""
