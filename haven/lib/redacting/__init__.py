"""Taking words and pictures out of a file so that they are not there any more (TR-13). Pure: bytes in, bytes out."""
