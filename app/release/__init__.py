"""The release: all notices as files that anybody can take away, made of the API's own answers."""
