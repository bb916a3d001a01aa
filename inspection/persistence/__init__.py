"""The only room that speaks to the database: queries go in, structs come out."""
