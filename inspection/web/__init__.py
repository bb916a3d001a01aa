"""The only room that speaks HTTP: decode, authorise, call one service, encode."""
