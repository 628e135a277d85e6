"""One file a path family. A route builds one select and hands it to the reader."""
