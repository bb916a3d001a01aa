"""What people do: one public async function per intention, owning its transaction and asking for permission."""
