"""What people do: one public async function per intention, in one transaction, with permission."""
