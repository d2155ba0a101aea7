"""The first page: how the year goes, as pictures with the number behind each."""
