"""The one place for files that people send: checked by content, images written anew, served apart."""
